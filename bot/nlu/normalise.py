"""One spelling for every character, with the way back to what the person typed.

Digits of any script become ASCII, invisible characters vanish, letters lose case, accents and
nukta (typed by few, heard by all: ज़्यादा, ज्यादा). Everything odd becomes a space.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 300  # characters of a message that are looked at: what a wish needs, and a bound on cost
_LOOK_BACK = 40  # so far we go back to a space, rather than cut a number in two
_MINUS = "\N{MINUS SIGN}"
_CHARACTERS = 4096  # distinct characters remembered


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised text and, unless every character stands where it stood, the way back."""

    raw: str
    text: str
    starts: tuple[int, ...] | None
    ends: tuple[int, ...] | None

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the raw text of a non-empty stretch of the normalised one."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalise(raw: str) -> Normal:
    """Normalise the first 300 characters of a message."""
    raw = _cut(raw)
    if raw.isascii() and raw.isprintable():
        return Normal(raw, raw.lower(), None, None)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(raw):
        plain = _plain(character)
        if not plain:
            if ends:
                ends[-1] = place + 1  # a dropped sign belongs to the letter before it
            continue
        letters.append(plain)
        for _ in plain:
            starts.append(place)
            ends.append(place + 1)
    return Normal(raw, "".join(letters), tuple(starts), tuple(ends))


def _cut(raw: str) -> str:
    if len(raw) <= LONGEST:
        return raw
    space = raw.rfind(" ", LONGEST - _LOOK_BACK, LONGEST + 1)
    return raw[: space if space > 0 else LONGEST]


@lru_cache(maxsize=_CHARACTERS)
def _plain(character: str) -> str:
    """What one character is written as: nothing, a space, or one or more plain characters."""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character == "ँ":
        return "ं"
    if unicodedata.category(character) == "Pd" or character == _MINUS:
        return "-"  # every dash a phone keyboard makes
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category[0] in "CZ":
        return " "
    if not "ऀ" <= character <= "ॿ":
        if category == "Mn":
            return ""
        # compatibility forms too: full-width K, mathematical bold, ½
        parts = unicodedata.normalize("NFKD", character)
        kept = "".join(p for p in parts if unicodedata.category(p) not in ("Mn", "Cf"))
        plain = "".join(_ascii_digit(p) for p in kept.lower())
        return plain[:8] or " "
    # NFC would decompose ड़ ढ़ फ़ ज़ (composition exclusions): take the base in either spelling
    return unicodedata.normalize("NFD", character).replace("़", "")


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
