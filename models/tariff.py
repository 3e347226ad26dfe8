"""What a unit costs, by order of the regulator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.money import Money
from models.words import Name


@dataclass(frozen=True, slots=True)
class Slab:
    """What each unit costs from one unit of a month to another."""

    first: int
    last: int | None  # None: without end
    rate: Money


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rates of a year, as far as a source confirms them."""

    year: str  # 2025-26
    ordered_on: date
    begins: date
    ends: date | None
    names: Mapping[str, Name]  # of every category, by its code
    groups: Mapping[str, tuple[str, ...]]  # domestic, …: the codes that people mean by it
    rates: Mapping[str, tuple[Slab, ...]]  # by code, in the order of the units


def in_force(tariffs: Sequence[Tariff], day: date) -> Tariff | None:
    """The tariff of a day."""
    fitting = (it for it in tariffs if it.begins <= day and (it.ends is None or day <= it.ends))
    return max(fitting, key=lambda it: it.begins, default=None)
