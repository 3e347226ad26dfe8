"""Text as it comes from outside and as it is cut to fit, by whole letters as people see them."""

from __future__ import annotations

import re
import unicodedata

_JOINER = "\u200d"
_VIRAMA = "\u094d"  # joins two Devanagari consonants into one letter
_MARKS = frozenset({"Mn", "Mc", "Me"})
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_ASTRAL = 0x10000
_ENDS = (  # where a text may be divided, the best place first
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?।॥])\s+"),
    re.compile(r"\s+"),
)


def readable(text: str) -> str:
    """The text without what no database or provider takes: NUL, and halves of surrogate pairs."""
    text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def units(text: str) -> int:
    """The length as providers count it: in UTF-16 units, an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> int:
    """How many characters from the start fit into `limit` units without dividing a letter."""
    room, end = limit, 0
    for letter in text:
        room -= 2 if ord(letter) >= _ASTRAL else 1
        if room < 0:
            break
        end += 1
    if end == len(text):
        return end
    whole = end
    while whole > 0 and _belongs_to_the_one_before(text, whole):
        whole -= 1
    return whole or end  # a "letter" longer than the limit is divided rather than lost


def shorten(text: str, limit: int) -> str:
    """The text on one line, and within `limit` units, ending with … where something is left out."""
    text = " ".join(text.split())
    if units(text) <= limit:
        return text
    return text[: cut(text, limit - 1)].rstrip() + "…"


def divide(text: str, limit: int) -> tuple[str, ...]:
    """The text in parts of at most `limit` units: at paragraphs, else lines, sentences, words."""
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        head = rest[: cut(rest, limit)]
        end, begin = _best_place(head)
        parts.append(rest[:end].rstrip())
        rest = rest[begin:].lstrip()
    parts.append(rest)
    return tuple(parts)


def _best_place(head: str) -> tuple[int, int]:
    """Where the part ends and the next one begins."""
    for place in _ENDS:
        found = [it for it in place.finditer(head) if it.start() > len(head) // 3]
        if found:
            return found[-1].start(), found[-1].end()
    return len(head), len(head)


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    """Whether the character at this place is part of the letter that begins before it."""
    letter, before = text[at], text[at - 1]
    if _JOINER in {letter, before} or ord(letter) in _SKIN_TONES:
        return True
    if unicodedata.category(letter) in _MARKS:
        return True
    if before == _VIRAMA and unicodedata.category(letter) == "Lo":
        return True
    if ord(letter) in _FLAGS and ord(before) in _FLAGS:
        run = at
        while run > 0 and ord(text[run - 1]) in _FLAGS:
            run -= 1
        return (at - run) % 2 == 1
    return False
