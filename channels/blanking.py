"""Secrets that people send although nobody should: blanked before anything is kept.

Card numbers, PINs, CVVs, one-time codes we did not ask for, and numbers called Aadhaar. Never a
K-number, a mobile number, a UTR or an amount: a short number is a secret only beside the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

BLANK = "••••"

# Digits are those of any script: \d holds for ४ as well as for 4.
_DIGIT = re.compile(r"\d")
_LINK = (
    r"(?:[\s:=\-–.,#()]++|\b(?:is|was|are|no|num|number|nambar|nmbr|card|my|mera|meri|mere|your|aapka"
    r"|ka|ki|hai|h|ye|yeh|the)\b|नंबर|नम्बर|संख्या|कार्ड|मेरा|मेरी|आपका|का|की|है|यह|ये)"
)
_BEFORE = rf"{_LINK}{{0,12}}"  # between the word and its number
_AFTER = (  # between a number and the word after it, which must really point back
    r"\s*(?:\b(?:is|hai|h)\b|है)?\s*(?:\b(?:my|mera|meri|your|aapka|the)\b|मेरा|मेरी|आपका)\s*"
)
_CODE = r"(?<!\d)(?P<secret>\d{4,8}|\d{3}[ -]\d{3}|\d{4}[ -]\d{4}|\d{2}[ -]\d{2}[ -]\d{2})(?!\d)"
_SHORT = r"(?<!\d)(?P<secret>\d{3,6})(?!\d)"
_TWELVE = r"(?<!\d)(?P<secret>\d{4}[ -]?\d{4}[ -]?\d{4}(?:[ -]?\d{4})?)(?!\d)"

_OTP = (
    r"(?:\bo\.?t\.?p\b\.?|ओ\.?\s?टी\.?\s?पी\.?|\bone[ -]time[ -](?:password|code|pin)"
    r"|\b(?:verification|security|login)[ -]code|सत्यापन कोड|\bpassword\b|पासवर्ड)"
)
_PIN = (
    r"(?:\b(?:m-?pin|pin(?![ -]?code)|cvv2?|cvc2?)\b|(?:एम)?पिन(?!\s?कोड)"
    r"|सी\.?\s?वी\.?\s?वी\.?)"
)
_AADHAAR = r"(?:\b(?:aa?dhaa?r|uidai|uid)\b|आधार)"


def _rules(*rules: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rule, re.IGNORECASE) for rule in rules)


_CODES = _rules(
    rf"{_OTP}{_BEFORE}{_CODE}",
    rf"{_OTP}[^\n]{{0,60}}?\b(?:is|hai|है)\s*[:\-]?\s*{_CODE}",
    rf"{_CODE}{_AFTER}{_OTP}",
)
_RULES = _rules(
    rf"{_PIN}{_BEFORE}{_SHORT}",
    rf"{_SHORT}{_AFTER}{_PIN}",
    rf"{_AADHAAR}{_BEFORE}{_TWELVE}",
    rf"{_TWELVE}{_AFTER}{_AADHAAR}",
)
# A postal code that people call "pin": Rajasthan's begin with 30 to 34.
_PINCODE = re.compile(r"3[0-4]\d{4}")
_BANKING = re.compile(r"\b(?:upi|atm|card|mpin|m-pin)\b|यूपीआई|एटीएम|कार्ड|एमपिन", re.IGNORECASE)
_LOOK_BACK = 24  # characters before a number in which a word counts

_CARD = re.compile(
    r"(?<!\d)(?:\d{13,19}|\d{4}([ .-])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?"
    r"|\d{4}([ -])\d{6}\2\d{4,5})(?![ .-]?\d)"
)
_CARD_ISSUERS = frozenset("234568")
_NOT_A_CARD = re.compile(
    r"(?:\bk|\bread(?:ing)?|\bpay|\bbill|\butr|\brrn|\bref(?:erence)?|\btxn|\btransaction"
    r"|रीडिंग|के|नंबर|यूटीआर)(?:\s?(?:no|number|id|नंबर))?\s*[:.#-]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Blanked:
    """A text without its secrets."""

    text: str
    blanked: bool = False  # whether there were any
    # The digits of a one-time code, where nothing else was blanked: it may be one we asked for.
    secret: str = field(default="", repr=False)


def blank_message(text: str) -> Blanked:
    """The text with its secrets blanked."""
    if not _DIGIT.search(text):
        return Blanked(text)
    codes = set(_called(text, _CODES))
    others = {*_cards(text), *_called(text, _RULES)}
    spans = sorted(codes | others)
    if not spans:
        return Blanked(text)
    kept: list[str] = []
    at = 0
    for start, end in spans:
        if start >= at:
            kept.extend((text[at:start], BLANK))
        at = max(at, end)
    kept.append(text[at:])
    secret = ""
    if len(codes) == 1 and not others:
        secret = _digits(text[slice(*spans[0])])
    return Blanked("".join(kept), blanked=True, secret=secret)


def _called(text: str, rules: Iterable[re.Pattern[str]]) -> Iterator[tuple[int, int]]:
    """Numbers that stand beside the word for what they are."""
    for rule in rules:
        for found in rule.finditer(text):
            if not _is_pincode(text, found):
                yield found.span("secret")


def _is_pincode(text: str, found: re.Match[str]) -> bool:
    start = max(0, found.start() - _LOOK_BACK)
    return bool(
        found.re.pattern.startswith((_PIN, _SHORT))
        and _PINCODE.fullmatch(_digits(found.group("secret")))
        and not _BANKING.search(text, start, found.end())
    )


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that are a payment card's by their shape, their issuer and their check digit."""
    for found in _CARD.finditer(text):
        digits = _digits(found.group())
        if (
            digits[0] in _CARD_ISSUERS
            and _has_check_digit(digits)
            and not _NOT_A_CARD.search(text[max(0, found.start() - _LOOK_BACK) : found.start()])
        ):
            yield found.span()


def _digits(text: str) -> str:
    """The digits of a number in any script, as ASCII."""
    return "".join(str(int(it)) for it in text if it.isdecimal())


def _has_check_digit(digits: str) -> bool:
    """Luhn's rule."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 -- the digits of a two-digit sum
    return total % 10 == 0
