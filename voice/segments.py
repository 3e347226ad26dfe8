"""How many parts an SMS is sent, and paid, in (GSM 03.38)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€\f")
GSM_SINGLE, GSM_PART = 160, 153
UCS_SINGLE, UCS_PART = 70, 67
_BMP = 0xFFFF


@dataclass(frozen=True, slots=True)
class Segments:
    """How an operator counts a text."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    parts: int


def is_gsm7(text: str) -> bool:
    """Whether every character is in the default alphabet of GSM 03.38 or its extension."""
    return all(character in _PLAIN or character in _ESCAPED for character in text)


def segments(text: str) -> Segments:
    """Count a text as the operator does; one character outside GSM-7 makes all of it UCS-2."""
    if is_gsm7(text):
        sizes = [2 if character in _ESCAPED else 1 for character in text]
        return Segments("GSM-7", sum(sizes), _parts(sizes, GSM_SINGLE, GSM_PART))
    sizes = [2 if ord(character) > _BMP else 1 for character in text]
    return Segments("UCS-2", sum(sizes), _parts(sizes, UCS_SINGLE, UCS_PART))


def _parts(sizes: list[int], single: int, part: int) -> int:
    """Fill part after part; what takes two units is never split between two."""
    if sum(sizes) <= single:
        return 1
    parts, room = 1, part
    for size in sizes:
        if size > room:
            parts, room = parts + 1, part
        room -= size
    return parts
