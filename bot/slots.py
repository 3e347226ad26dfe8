"""What a question of ours may be waiting for, and how an answer is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.nlu.result import Entity, NluResult
from models.message import InboundMessage, Kind
from models.money import PAISE_PER_RUPEE

YES, NO, SKIP, LATE = "yes", "no", "skip", "late"
LONGEST_WORDS = 500
LONGEST_NAME = 20
NICKNAME_ON_SMS = 6  # letters: a variable of an SMS holds 30, with the sum beside it

Read = Callable[[InboundMessage, str, NluResult], str | None]
"""The answer in a message as a fact of the wish; None where it holds none."""

_BARE_SUM = re.compile(
    r"(?:rs\.?\s*|₹\s*)?(\d{1,7})(?:\s*/-|\s*rs\.?|\s*rupa?y\w*)?", re.IGNORECASE
)
_SIX_DIGITS = re.compile(r"\D*\d{3}[ -]?\d{3}\D*")
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")
_READING = re.compile(r"(?<![\d.])\d{1,7}(?:\.\d{1,2})?(?![\d.])")
_YES = frozenset(
    "yes y ok okay haan han haa ha ji haanji bhejo bhejdo send हां हाँ हा जी भेजो भेजें ठीक".split()
)
_NO = frozenset("no n nahi nahin na mat नहीं नही ना मत".split())
_SKIP = frozenset("skip no nahi nahin chhodo छोड़ें छोड़ो नहीं नही स्किप".split())
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0900-\u097f])*")


@dataclass(frozen=True, slots=True)
class Slot:
    """One kind of answer."""

    read: Read
    hint: str = ""  # the sentence for an answer that is none
    takes_words: bool = False  # any words are the answer, whatever else they may mean


def read_yes_no(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    """`yes` or `no`."""
    words = _words(text)
    if words and words <= _YES:
        return YES
    if words and words <= _NO:
        return NO
    return {"affirm": YES, "deny": NO}.get(meaning.intent or "")


def email_in(text: str) -> Entity | None:
    """The first e-mail address in a text, its domain in small letters."""
    found = _EMAIL.search(text)
    if found is None:
        return None
    name, _, domain = found.group().rpartition("@")
    return Entity("email", f"{name}@{domain.lower()}", *found.span())


def read_email(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    """An e-mail address with its domain in small letters, or `skip`."""
    found = email_in(text)
    if found is not None:
        return str(found.value)
    if _words(text) and _words(text) <= _SKIP:
        return SKIP
    return SKIP if meaning.intent in {"deny", "cancel"} else None


def _read_sum(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    bare = _BARE_SUM.fullmatch(text)
    if bare is not None:
        return str(int(bare.group(1)) * PAISE_PER_RUPEE)
    return next((str(it.value) for it in meaning.entities if it.entity == "amount"), None)


def _read_code(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    """The keyed hash of a code; `late` for six digits that nobody waits for any more."""
    return message.code or (LATE if _SIX_DIGITS.fullmatch(text) else None)


def _read_words(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    return text[:LONGEST_WORDS] or None


def _read_place(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    """A place in words, or where the person's phone says that they are."""
    if message.kind is Kind.LOCATION and message.media:
        return message.media[0]
    return text[:LONGEST_WORDS] or None


def _read_name(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    name = " ".join(text.split())
    return name if 0 < len(name) <= LONGEST_NAME else None


def _read_mobile(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    return next((str(it.value) for it in meaning.entities if it.entity == "phone"), None)


def _read_reading(message: InboundMessage, text: str, meaning: NluResult) -> str | None:
    found = _READING.findall(text)
    return found[0] if len(found) == 1 else None


SLOTS: Mapping[str, Slot] = MappingProxyType(
    {
        "paise": Slot(_read_sum),
        "sure": Slot(read_yes_no, hint="hint-yes"),  # yes or no to what was asked last
        "send": Slot(read_yes_no, hint="hint-yes"),  # the same to a code
        "code": Slot(_read_code, hint="hint-code"),
        "email": Slot(read_email, hint="hint-email"),
        "words": Slot(_read_words, takes_words=True),
        "place": Slot(_read_place, takes_words=True),
        "nickname": Slot(_read_name, hint="hint-nickname", takes_words=True),
        "mobile": Slot(_read_mobile, hint="hint-mobile"),
        "reading": Slot(_read_reading, hint="hint-reading"),
    }
)


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
