"""What a sample bill comes to: slabs, duties and subsidies, for many bills at once, in paise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from discom.sample.facts import Rate

Ints = NDArray[np.int64]

RUPEE = 100
FREE_UNITS = 100  # a month, for registered homes
PARTLY_FREE_UNITS = 200
FARM_PAISE = 90  # a unit, after the subsidy


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of bills; all are whole rupees, in paise."""

    fixed: Ints
    energy: Ints
    duty: Ints
    water: Ints
    urban: Ints
    fuel: Ints
    regulatory: Ints
    subsidy: Ints

    def total(self) -> Ints:
        """What they come to, without arrears."""
        charged = self.fixed + self.energy + self.duty + self.water + self.urban
        return charged + self.fuel + self.regulatory - self.subsidy


def charge(
    rate: Rate, units: Ints, watts: Ints, months: Ints, *, urban_cess: Ints, subsidised: Ints
) -> Parts:
    """The parts of bills of one category over so many months each."""
    energy = _energy(rate, units, months)
    fixed = _fixed(rate, units // months, watts) * months
    duty, water, urban = units * rate.duty, units * rate.water, units * urban_cess
    fuel, regulatory = units * rate.fuel, units * rate.regulatory
    everything = fixed + energy + duty + water + urban + fuel + regulatory
    subsidy = np.zeros_like(units)
    if rate.subsidy == "free":
        free = _energy(rate, np.minimum(units, FREE_UNITS * months), months)
        partly = free + fixed + fuel
        subsidy = np.where(units <= PARTLY_FREE_UNITS * months, partly, 0)
        subsidy = np.where(units <= FREE_UNITS * months, everything, subsidy)
    elif rate.subsidy == "farm":
        subsidy = np.maximum(energy - units * FARM_PAISE, 0)
    whole = Parts(
        fixed=_whole(fixed),
        energy=_whole(energy),
        duty=_whole(duty),
        water=_whole(water),
        urban=_whole(urban),
        fuel=_whole(fuel),
        regulatory=_whole(regulatory),
        subsidy=np.zeros_like(units),
    )
    # A subsidy of everything takes off the rounded parts, so that nothing is left.
    taken_off = np.where(
        subsidy == everything, whole.total(), np.minimum(_whole(subsidy), whole.total())
    )
    return replace(whole, subsidy=taken_off * subsidised)


def surcharge(current: Ints, percent: int) -> Ints:
    """What comes on top after the due date."""
    return _whole(np.maximum(current, 0) * percent // RUPEE)


def _energy(rate: Rate, units: Ints, months: Ints) -> Ints:
    energy = np.zeros_like(units)
    below = 0
    for limit, paise in rate.slabs:
        inside = np.maximum(units - below * months, 0)
        if limit is not None:
            inside = np.minimum(inside, (limit - below) * months)
            below = limit
        energy = energy + inside * paise
    return energy


def _fixed(rate: Rate, monthly: Ints, watts: Ints) -> Ints:
    if not rate.fixed:
        return watts * rate.fixed_per_kw // 1000
    fixed = np.zeros_like(monthly)
    for limit, paise in reversed(rate.fixed):
        fixed = (
            np.full_like(monthly, paise)
            if limit is None
            else np.where(monthly <= limit, paise, fixed)
        )
    return fixed


def _whole(paise: Ints) -> Ints:
    return (paise + RUPEE // 2) // RUPEE * RUPEE
