"""The keyword grammar: one word first, nothing but its arguments after it.

`BILL 9010 1000 0123` is a keyword; `bill kitna hai` is a sentence, and not for us.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.nlu.result import Entity, NluResult
from bot.options import Wish
from models.k_number import KNumber
from models.message import ENGLISH, HINDI, HINGLISH, Tag

RUPEES_FROM = 100  # a lone number from here is rupees, a smaller one a place in the list
LONGEST_SUM = 7  # digits of rupees; longer runs are pieces of a K-number
_ARGUMENTS = frozenset({"k_number", "digits", "spreadsheet_number", "phone", "amount"})
_FILLERS = re.compile(
    r"(?:k\.?\s*(?:no|number)?\.?|के\s*नंबर|rs\.?|₹|and|aur|और|[\s,;:&+/.\-]|/-)+", re.IGNORECASE
)
_COMMAND = re.compile(r"/?([^\W\d_][^\s\d:,;.@-]*)(?:@\w+)?[\s:,;.\-]*")
_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword: the intent behind it and which arguments it takes."""

    intent: str
    facts: tuple[tuple[str, str], ...] = ()
    k_numbers: bool = False
    amount: bool = False


_BILL = Keyword("bill_view", k_numbers=True)
_PAY = Keyword("bill_pay", k_numbers=True, amount=True)
_DUE = Keyword("bill_due_date", k_numbers=True)
_RECEIPT = Keyword("payment_receipt", k_numbers=True)
_HELP = Keyword("help")
_BACK = Keyword("back")
_EXIT = Keyword("cancel")

KEYWORDS: Mapping[str, tuple[Keyword, Tag]] = {
    "bill": (_BILL, ENGLISH),
    "बिल": (_BILL, HINDI),
    "pay": (_PAY, ENGLISH),
    "भुगतान": (_PAY, HINDI),
    "जमा": (_PAY, HINDI),
    "jama": (_PAY, HINGLISH),
    "bhugtan": (_PAY, HINGLISH),
    "due": (_DUE, ENGLISH),
    "तारीख": (_DUE, HINDI),
    "tarikh": (_DUE, HINGLISH),
    "tareekh": (_DUE, HINGLISH),
    "receipt": (_RECEIPT, ENGLISH),
    "रसीद": (_RECEIPT, HINDI),
    "rasid": (_RECEIPT, HINGLISH),
    "raseed": (_RECEIPT, HINGLISH),
    "help": (_HELP, ENGLISH),
    "menu": (_HELP, ENGLISH),
    "मदद": (_HELP, HINDI),
    "मेनू": (_HELP, HINDI),
    "madad": (_HELP, HINGLISH),
    "hindi": (Keyword("language_change", (("language", HINDI),)), HINDI),
    "हिंदी": (Keyword("language_change", (("language", HINDI),)), HINDI),
    "हिन्दी": (Keyword("language_change", (("language", HINDI),)), HINDI),
    "hinglish": (Keyword("language_change", (("language", HINGLISH),)), HINGLISH),
    "english": (Keyword("language_change", (("language", ENGLISH),)), ENGLISH),
    "अंग्रेजी": (Keyword("language_change", (("language", ENGLISH),)), ENGLISH),
    "अंग्रेज़ी": (Keyword("language_change", (("language", ENGLISH),)), ENGLISH),
    "back": (_BACK, ENGLISH),
    "पीछे": (_BACK, HINDI),
    "piche": (_BACK, HINGLISH),
    "exit": (_EXIT, ENGLISH),
    "cancel": (_EXIT, ENGLISH),
    "रद्द": (_EXIT, HINDI),
    "radd": (_EXIT, HINGLISH),
    "start": (Keyword("greet"), HINDI),
}
_OFFLINE = frozenset({"offline", "ऑफलाइन", "cash", "counter", "नकद"})


@dataclass(frozen=True, slots=True)
class Matched:
    """A keyword message: the wish, and the language the keyword belongs to."""

    wish: Wish
    tag: Tag


def match(text: str, meaning: NluResult) -> Matched | None:
    """The wish of a keyword message; None where anything but arguments follows the word."""
    found = _COMMAND.match(text)
    if found is None or (known := KEYWORDS.get(found.group(1).casefold())) is None:
        return None
    keyword, tag = known
    if text.startswith("/start"):  # whatever follows is a deep link's payload
        return Matched(Wish("greet"), tag)
    begin = found.end()
    values = [it for it in meaning.entities if it.entity in _ARGUMENTS and it.start >= begin]
    if values and not keyword.k_numbers:
        return None
    numbers = [KNumber(str(it.value)) for it in values if it.entity == "k_number"]
    facts = dict(keyword.facts)
    for word in _words(text, begin, keyword, values, facts):
        if not _argument(keyword, word, facts, named=bool(numbers)):
            return None
    if facts.get("paise") and not keyword.amount:
        return None
    return Matched(Wish(keyword.intent, tuple(dict.fromkeys(numbers)), facts), tag)


def _words(
    text: str, begin: int, keyword: Keyword, values: Sequence[Entity], facts: dict[str, str]
) -> list[str]:
    """The words after the keyword that are no values; what the values say goes into the facts."""
    rest = list(text)
    rest[:begin] = " " * begin
    for value in values:
        if value.entity == "amount":
            facts["paise"] = str(value.value)
        elif value.entity == "phone":
            facts["mobile"] = "yes"  # given where a K-number belongs
        elif value.entity == "digits" and keyword.amount and len(str(value.value)) <= LONGEST_SUM:
            continue  # a sum, read as a word
        rest[value.start : value.end] = " " * (value.end - value.start)
    return _FILLERS.sub(" ", "".join(rest)).split()


def _argument(keyword: Keyword, word: str, facts: dict[str, str], *, named: bool) -> bool:
    """Take a word as an argument of the keyword; False where it is none.

    Beside a K-number any lone number is rupees.
    """
    if keyword.amount and word.casefold() in _OFFLINE:
        facts["offline"] = "yes"
        return True
    if not keyword.k_numbers or not _NUMBER.fullmatch(word):
        return False
    rupees, _, part = word.partition(".")
    if int(rupees) < RUPEES_FROM and not part and not named:
        facts.setdefault("place", rupees)
        return True
    if keyword.amount:
        facts["paise"] = str(int(rupees) * 100 + int(part.ljust(2, "0") or 0))
    return keyword.amount
