"""What may follow a keyword: K-numbers, places in the list, sums, references, words.

Nothing else may stand beside them, or the message is a sentence and no keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Flag, auto

from bot.nlu.result import Entity, NluResult
from bot.slots import LONGEST_NAME, LONGEST_WORDS, email_in
from models.k_number import KNumber

RUPEES_FROM = 100  # a lone number from here is rupees, a smaller one a place in the list
LONGEST_NUMBER = 7  # digits of a sum or a reading; longer runs are pieces of a K-number
_OFFLINE = frozenset("offline ऑफलाइन cash counter नकद nakad".split())
_ALL = frozenset("all sab sabhi sabka saare sare सब सभी सबका सारे".split())
_UNITS = frozenset("kwh unit units यूनिट".split())
# Beside a K-number these ask for something; a name for it they are not.
_NO_NAMES = frozenset(
    "please plz pls karo karein kare kro kar kardo do dijiye jodo joden jod save register is ko ka"
    " ki ke in to the my mera meri hai please? कृपया करो करें कर दो दीजिए जोड़ो जोड़ें जोड़ है को का की"
    " में मेरा मेरी".split()
)
_FILLER = re.compile(
    r"(?<!\w)(?:k\.?\s*(?:no|number)?|के\s*नंबर|rs|and|aur|और)(?!\w)|[\s,;:&+/.₹\-]+",
    re.IGNORECASE,
)
_DECIMALS = re.compile(r"(?<=\d)\.(?=\d)")
_NUMBER = re.compile(r"\d{1,7}(?:\u2024\d{1,2})?")
_POINT = "\u2024"  # stands for the point within a number while the others fall away


class Takes(Flag):
    """What a keyword may be followed by."""

    NOTHING = 0
    K_NUMBERS = auto()
    PLACES = auto()  # of the person's list: 1, or 1 3
    ALL = auto()
    AMOUNT = auto()  # rupees, or OFFLINE
    READING = auto()  # of a meter
    REFERENCE = auto()
    EMAIL = auto()
    NICKNAME = auto()  # words after a single K-number
    WORDS = auto()  # whatever else is said


@dataclass(slots=True)
class Arguments:
    """What followed a keyword: K-numbers, and facts of the wish."""

    k_numbers: tuple[KNumber, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


def read_arguments(takes: Takes, text: str, begin: int, meaning: NluResult) -> Arguments | None:
    """What stands in a message from `begin` on; None where anything else stands there too."""
    values = [it for it in meaning.entities if it.start >= begin]
    named = [KNumber(str(it.value)) for it in values if it.entity == "k_number"]
    if named and Takes.K_NUMBERS not in takes:
        return None
    made = Arguments(tuple(dict.fromkeys(named)))
    rest = list(text)
    rest[:begin] = " " * begin
    if Takes.EMAIL in takes and (email := email_in(text[begin:])):
        made.facts["email"] = str(email.value)
        _blank(rest, begin + email.start, begin + email.end)
    for value in values:
        if _is_taken(takes, value, made):
            _blank(rest, value.start, value.end)
    left = "".join(rest)
    if Takes.WORDS in takes or (Takes.NICKNAME in takes and len(made.k_numbers) == 1):
        return _with_words(takes, made, left)
    words = _FILLER.sub(" ", _DECIMALS.sub(_POINT, left)).split()
    return made if _take_all(takes, made, words) else None


def _blank(rest: list[str], start: int, end: int) -> None:
    rest[start:end] = " " * (end - start)


def _is_taken(takes: Takes, value: Entity, made: Arguments) -> bool:
    """Whether a value of the message is an argument as it stands; others are read as words."""
    as_k = Takes.K_NUMBERS in takes
    match value.entity:
        case "k_number":
            return True
        case "reference" if Takes.REFERENCE in takes:
            made.facts["ref"] = str(value.value)
            return True
        case "amount" if Takes.AMOUNT in takes:
            made.facts["paise"] = str(value.value)
            return True
        case "phone" if as_k and Takes.WORDS not in takes:
            made.facts["mobile"] = "yes"  # given where a K-number belongs
            return True
        case "digits" if as_k and not takes & (Takes.AMOUNT | Takes.READING | Takes.WORDS):
            return True
        case "digits" if as_k and Takes.WORDS not in takes:
            return len(str(value.value)) > LONGEST_NUMBER
        case "spreadsheet_number":
            return as_k
    return False


def _with_words(takes: Takes, made: Arguments, left: str) -> Arguments | None:
    """The rest as it was written: what the matter is, or what a connection is to be called."""
    words = " ".join(left.split())
    while (filler := _FILLER.match(words)) is not None:
        words = words[filler.end() :]
    if not words:
        return made
    if Takes.WORDS in takes:
        made.facts["words"] = words[:LONGEST_WORDS]
        return made
    name = words.rstrip(" .,;।")
    if len(name) > LONGEST_NAME or _NO_NAMES & set(name.casefold().split()):
        return None
    made.facts["nickname"] = name
    return made


def _take_all(takes: Takes, made: Arguments, words: list[str]) -> bool:
    """Take every word as an argument; False where one is none."""
    numbers: list[str] = []
    for word in words:
        said = word.casefold()
        if Takes.AMOUNT in takes and said in _OFFLINE:
            made.facts["offline"] = "yes"
        elif Takes.ALL in takes and said in _ALL:
            made.facts["all"] = "yes"
        elif Takes.READING in takes and said in _UNITS:
            continue
        elif _NUMBER.fullmatch(word):
            numbers.append(word)
        else:
            return False
    return _take_numbers(takes, made, numbers)


def _take_numbers(takes: Takes, made: Arguments, numbers: list[str]) -> bool:
    """Small numbers are places, where no K-number is named; the last may be a sum or a reading."""
    if Takes.READING in takes and numbers:
        made.facts["reading"] = _plain(numbers.pop())
    places: list[str] = []
    for number in numbers:
        rupees, _, part = number.partition(_POINT)
        if Takes.PLACES in takes and int(rupees) < RUPEES_FROM and not (part or made.k_numbers):
            places.append(str(int(rupees)))
        elif Takes.AMOUNT in takes and "paise" not in made.facts:
            made.facts["paise"] = str(int(rupees) * 100 + int(part.ljust(2, "0") or 0))
        else:
            return False
    if places:
        made.facts["places"] = ",".join(dict.fromkeys(places))
    return True


def _plain(number: str) -> str:
    return "".join(_ascii(number))


def _ascii(number: str) -> Iterator[str]:
    for letter in number:
        yield "." if letter == _POINT else str(int(letter))
