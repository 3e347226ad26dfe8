"""How many units a connection used, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.bill import Bill
from models.words import Month

YEAR = 12  # months
DAYS_A_MONTH = 30.44
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthUnits:
    """What was used in a month; None where no bill is known for it."""

    month: Month
    units: int | None
    shared: bool = False  # the month's share, by days, of a bill for more than one


@dataclass(frozen=True, slots=True)
class Consumption:
    """A year of a connection, the oldest month first and the newest bill's month last."""

    months: tuple[MonthUnits, ...]
    average: int  # units a month, of the months that are known
    year_ago: MonthUnits | None  # the newest month, a year before, where it is known

    @property
    def newest(self) -> MonthUnits:
        """The newest bill's month."""
        return self.months[-1]

    @property
    def highest(self) -> MonthUnits:
        """The month with the most units, the newest of equals."""
        return max(reversed(self.months), key=lambda it: -1 if it.units is None else it.units)


def consumption(bills: Sequence[Bill]) -> Consumption | None:
    """A year of consumption up to the newest of these bills; None where there is none.

    A bill for two months is spread over both by their days, so that months can be compared; a month
    without a bill is a gap, never nothing.
    """
    if not bills:
        return None
    found: dict[int, MonthUnits] = {}
    ordered = sorted(bills, key=lambda it: _place(it.month))
    for place, bill in enumerate(ordered):
        before = ordered[place - 1] if place else None
        for its in _spread(bill, before):
            at = _place(its.month)
            if at not in found or (found[at].shared and not its.shared):
                found[at] = its
    newest = _place(ordered[-1].month)
    months = tuple(
        found.get(at) or MonthUnits(_month(at), None) for at in range(newest - YEAR + 1, newest + 1)
    )
    known = [it.units for it in months if it.units is not None]
    return Consumption(months, round(sum(known) / len(known)), found.get(newest - YEAR))


def _spread(bill: Bill, before: Bill | None) -> list[MonthUnits]:
    """The months of a bill with the units of each; together they are the bill's units."""
    starts, ends = _days(bill, before)
    count = max(1, round((ends - starts).days / DAYS_A_MONTH))
    if count == 1:
        return [MonthUnits(bill.month, bill.units)]
    borders = [starts, *(_months_before(ends, left) for left in range(count - 1, 0, -1)), ends]
    whole, months, given = (ends - starts).days, [], 0
    for left, until in zip(range(count - 1, -1, -1), borders[1:], strict=True):
        so_far = bill.units * (until - starts).days // whole
        months.append(MonthUnits(_month(_place(bill.month) - left), so_far - given, shared=True))
        given = so_far
    return months


def _days(bill: Bill, before: Bill | None) -> tuple[date, date]:
    """The first day a bill covers, and the day after its last.

    Where the billing system does not say, it covers the time since the bill whose reading it goes
    on from, or a month.
    """
    ends = bill.covers_to + timedelta(days=1) if bill.covers_to else bill.billed_on
    if bill.covers_from is not None and bill.covers_from < ends:
        return bill.covers_from, ends
    if before is not None and before.current_reading == bill.previous_reading:
        return min(before.billed_on, ends - timedelta(days=1)), ends
    return _months_before(ends, 1), ends


def _months_before(day: date, months: int) -> date:
    at = day.year * _MONTHS + day.month - 1 - months
    return date(at // _MONTHS, at % _MONTHS + 1, min(day.day, 28))


def _place(month: Month) -> int:
    return month.year * _MONTHS + month.month - 1


def _month(place: int) -> Month:
    return Month(place // _MONTHS, place % _MONTHS + 1)
