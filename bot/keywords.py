"""The keyword grammar: one word first, nothing but its arguments after it.

`BILL 9010 1000 0123` is a keyword; `bill kitna hai` is a sentence, and not for us.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.arguments import Takes, read_arguments
from bot.nlu.result import NluResult
from bot.options import Wish
from models.message import ENGLISH, HINDI, HINGLISH, ChannelName, Tag

_COMMAND = re.compile(
    r"/?(e-?mail|ई-?मेल|[^\W\d_][^\s\d:,;.@-]*)(?:@\w+)?[\s:,;.\-]*", re.IGNORECASE
)
_NUKTA, _CHANDRABINDU, _ANUSVARA = "\u093c", "\u0901", "\u0902"
_WHICH = Takes.K_NUMBERS | Takes.PLACES
_NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword: its words in each language, the intent behind it, and what may follow it."""

    intent: str
    english: str
    hindi: str = ""
    hinglish: str = ""
    takes: Takes = Takes.NOTHING
    facts: Mapping[str, str] = field(default_factory=lambda: _NO_FACTS)
    answers: bool = False  # also an answer: it rules only where nothing was asked
    sms: Wish | None = None  # what it is on SMS instead

    @property
    def name(self) -> str:
        """The word by which it is told to people: English, where there is one."""
        return (self.english or self.hinglish).split()[0]


_STOP_AND_LEAVE = Wish("unsubscribe", facts={"cancel": "yes"})

KEYWORDS = (
    Keyword("bill_view", "bill", "बिल", "bil", _WHICH | Takes.ALL),
    Keyword(
        "bill_pay",
        "pay",
        "भुगतान जमा भरें भरो",
        "bhugtan jama bharo bharein",
        _WHICH | Takes.ALL | Takes.AMOUNT,
    ),
    Keyword("bill_due_date", "due", "तारीख तिथि", "tarikh tareekh", _WHICH | Takes.ALL),
    Keyword("payment_receipt", "receipt", "रसीद", "rasid raseed", _WHICH),
    Keyword("bill_copy", "copy", "कॉपी प्रति", "", _WHICH),
    Keyword("outage_report", "out nolight light", "बिजली लाइट", "bijli bijlee", _WHICH),
    Keyword(
        "outage_report",
        "no",
        "नहीं नही",
        "nahi nahin",
        _WHICH,
        facts={"still": "yes"},
        answers=True,
    ),
    Keyword(
        "complaint_new",
        "comp complaint",
        "शिकायत",
        "shikayat",
        Takes.K_NUMBERS | Takes.WORDS,
    ),
    Keyword(
        "complaint_status",
        "status",
        "स्थिति",
        "sthiti",
        Takes.REFERENCE | Takes.K_NUMBERS,
    ),
    Keyword("connection_new", "new", "नया", "naya"),
    Keyword("meter_reading_submit", "read reading", "रीडिंग", "", _WHICH | Takes.READING),
    Keyword("account_add", "add", "जोड़ें जोड़ो", "jodo joden", Takes.K_NUMBERS | Takes.NICKNAME),
    Keyword("account_remove", "del delete remove", "हटाएं हटाओ", "hatao hatayen", _WHICH),
    Keyword("account_list", "list", "सूची लिस्ट", "suchi"),
    Keyword(
        "contact_update",
        "email e-mail mail",
        "ईमेल ई-मेल मेल",
        "",
        Takes.EMAIL,
        facts={"what": "email"},
    ),
    Keyword(
        "account_remove", "wrong", "गलत", "galat", _WHICH, facts={"wrong": "yes"}, answers=True
    ),
    Keyword("subscribe", "sub subscribe", "सूचना", "suchna soochna", _WHICH | Takes.ALL),
    Keyword("subscribe", "start unstop", "", "", facts={"again": "yes"}),
    Keyword("unsubscribe", "stop stopall unsubscribe", "", ""),
    Keyword("unsubscribe", "", "बंद", "band", facts={"bare": "yes"}),
    Keyword("language_change", "hindi", "हिंदी हिन्दी", facts={"language": HINDI}),
    Keyword("language_change", "", "", "hinglish", facts={"language": HINGLISH}),
    Keyword("language_change", "english", "अंग्रेजी", "angrezi", facts={"language": ENGLISH}),
    Keyword("help", "help menu", "मदद मेनू", "madad"),
    Keyword("privacy", "privacy", "निजता", ""),
    Keyword("back", "back", "पीछे", "piche peeche"),
    Keyword("cancel", "exit", "रद्द", "radd"),
    # Twilio takes these for an opt-out and lets us send nothing more; so they are one.
    Keyword("cancel", "cancel end quit", sms=_STOP_AND_LEAVE),
)


def advertised() -> tuple[Keyword, ...]:
    """The keywords that people are told of."""
    return tuple(it for it in KEYWORDS if it.sms is None)


def _folded(word: str) -> str:
    """A word as everybody would write it: case, nukta and chandrabindu do not matter."""
    plain = unicodedata.normalize("NFC", word.casefold()).replace(_NUKTA, "")
    return plain.replace(_CHANDRABINDU, _ANUSVARA)


def _spoken() -> Iterator[tuple[str, tuple[Keyword, Tag]]]:
    for it in KEYWORDS:
        for words, tag in ((it.english, ENGLISH), (it.hindi, HINDI), (it.hinglish, HINGLISH)):
            yield from ((_folded(word), (it, tag)) for word in words.split())


_BY_WORD: Mapping[str, tuple[Keyword, Tag]] = MappingProxyType(dict(_spoken()))


@dataclass(frozen=True, slots=True)
class Matched:
    """A keyword message: the wish, and the language the keyword belongs to."""

    wish: Wish
    tag: Tag | None
    answers: bool = False  # it may be the answer to a question instead


def match(text: str, meaning: NluResult, channel: ChannelName) -> Matched | None:
    """The wish of a keyword message; None where anything but arguments follows the word."""
    found = _COMMAND.match(text)
    if found is None:
        return None
    if text.startswith("/start"):  # whatever follows is a deep link's payload
        return Matched(Wish("greet"), None)
    known = _BY_WORD.get(_folded(found.group(1)))
    if known is None:
        return None
    keyword, tag = known
    made = read_arguments(keyword.takes, text, found.end(), meaning)
    if made is None:
        return None
    if keyword.sms is not None and channel is ChannelName.SMS:
        return Matched(keyword.sms, tag)
    facts = {**keyword.facts, **made.facts}
    return Matched(Wish(keyword.intent, made.k_numbers, facts), tag, keyword.answers)
