"""Money, counted in paise."""

from __future__ import annotations

import re
from dataclasses import dataclass

_RUPEES = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,2}))?")
PAISE_PER_RUPEE = 100


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A sum in paise; negative where the company owes the consumer."""

    paise: int

    @classmethod
    def rupees(cls, text: str) -> Money:
        """Read rupees with at most two decimals, `1240` or `842.50`; else ValueError."""
        found = _RUPEES.fullmatch(text)
        if found is None:
            raise ValueError(text)
        sign, whole, part = found.groups()
        paise = int(whole) * PAISE_PER_RUPEE + int((part or "").ljust(2, "0"))
        return cls(-paise if sign else paise)

    def __add__(self, other: Money) -> Money:
        return Money(self.paise + other.paise)

    def __sub__(self, other: Money) -> Money:
        return Money(self.paise - other.paise)

    def __neg__(self) -> Money:
        return Money(-self.paise)

    def __bool__(self) -> bool:
        return self.paise != 0


NOTHING = Money(0)
