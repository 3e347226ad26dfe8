"""The well-known connections: one for every state a bill can be in, at any day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np

from discom.sample.charges import RUPEE, Parts, charge, surcharge
from discom.sample.crowd import DUE_DAYS
from discom.sample.facts import Connection, Sample, known_phone
from discom.sample.files import (
    ALIAS_HEADER,
    BILL_HEADER,
    CHEQUE_DAYS,
    COLLECTION_HEADER,
    CONSUMER_HEADER,
    bill_number,
    feeder_code,
    receipt_number,
    text,
)

SAFE_DAY = 28  # every month has it
PAID_AFTER = 5  # days after the bill, for those of earlier months
MOVED_DAYS = 60  # ago
FIRST_READING = 1_000
SINGLE_PHASE = 5_000  # watts
PER_CENT = 100


@dataclass(frozen=True, slots=True)
class _Billed:
    """A bill with what was paid for it; money is rupees."""

    day: date
    previous: int
    units: int
    parts: dict[str, int]
    other: int
    arrears: int
    amount: int
    after_due: int
    paid: int
    paid_on: date

    @property
    def month(self) -> int:
        return self.day.year * 100 + self.day.month


class KnownConnections:
    """The files of the first so many well-known connections, as they stand on a day."""

    def __init__(self, sample: Sample, today: date, count: int) -> None:
        self._sample = sample
        self._today = today
        code = sample.file.known.office_code
        self._office = next(it for it in sample.subdivisions if it.code == code)
        self._all = sample.file.known.all()[:count]

    def __len__(self) -> int:
        return len(self._all)

    def consumers(self) -> Iterator[str]:
        """The connections."""
        file = self._sample.file
        yield text([CONSUMER_HEADER])
        locality, _ = file.localities[0]
        yield text(
            (
                self._sample.known_number(it.serial),
                *it.name,
                f"House {it.serial} {locality} {self._office.name}",
                locality,
                file.circles[self._office.circle].pincode,
                known_phone(it.mobile),
                "",
                it.category,
                f"{it.watts / 1000:.2f}",
                1 if it.watts <= SINGLE_PHASE else 3,
                self._office.code,
                feeder_code(self._office, 1),
                f"{self._office.prefix}K{it.serial:07d}",
                date(2012, 4, 1) + timedelta(days=it.serial),
                it.status,
            )
            for it in self._all
        )

    def aliases(self) -> Iterator[str]:
        """The old number of the one that moved."""
        yield text([ALIAS_HEADER])
        since = self._today - timedelta(days=MOVED_DAYS)
        number = self._sample.known_number
        yield text(
            (number(it.was), number(it.serial), since) for it in self._all if it.was is not None
        )

    def bills(self) -> Iterator[str]:
        """Their bills, oldest first."""
        yield text([BILL_HEADER])
        for it in self._all:
            yield text(self._bill_row(it, bill) for bill in self._history(it))

    def collections(self) -> Iterator[str]:
        """What they paid."""
        yield text([COLLECTION_HEADER])
        for it in self._all:
            k = self._sample.known_number(it.serial)
            yield text(
                (k, receipt_number(int(k), bill.month), bill.paid_on, bill.paid, "Cash")
                for bill in self._history(it)
                if bill.paid > 0
            )

    def _bill_row(self, it: Connection, bill: _Billed) -> Sequence[object]:
        k, due = self._sample.known_number(it.serial), bill.day + timedelta(days=DUE_DAYS)
        parts = bill.parts
        return (
            k,
            bill_number(int(k), bill.month),
            f"{bill.day:%Y-%m}",
            bill.day,
            due,
            due - timedelta(days=CHEQUE_DAYS),
            _months_back(bill.day, it.cycle),
            bill.day - timedelta(days=1),
            bill.previous,
            bill.previous + bill.units,
            bill.units,
            parts["fixed"],
            parts["energy"],
            parts["duty"],
            0,
            parts["water"],
            parts["urban"],
            parts["fuel"],
            parts["regulatory"],
            bill.other,
            parts["subsidy"],
            bill.arrears,
            bill.amount,
            bill.after_due,
            "OK",
        )

    def _history(self, it: Connection) -> list[_Billed]:
        """The bills of a connection up to the newest, each with what the one before left."""
        known = self._sample.file.known
        count = -(-(known.months if it.months is None else it.months) // it.cycle)
        newest = self._today + timedelta(days=it.due_in - DUE_DAYS)
        days = [_months_back(newest, back * it.cycle) for back in range(count)][::-1]
        reading, owed, bills = FIRST_READING + it.serial, 0, []
        for place, day in enumerate(days):
            left = count - 1 - place  # bills that come after this one
            units = self._units(it, day, newest)
            parts = self._parts(it, units)
            current = sum(parts.values()) - 2 * parts["subsidy"]
            other = max(it.amount - current, 0) if it.amount and not left else 0
            arrears = owed if left or not it.credit else owed - it.credit
            amount = current + other + arrears
            on_top = int(surcharge(np.array(current * RUPEE), self._sample.file.late_percent))
            after_due = max(amount + on_top // RUPEE, 0)
            paid, paid_on = self._paid(it, left, day, amount)
            owed = after_due if left and not paid else 0
            bills.append(
                _Billed(
                    day, reading, units, parts, other, arrears, amount, after_due, paid, paid_on
                )
            )
            reading += units
        return bills

    def _paid(self, it: Connection, left: int, day: date, amount: int) -> tuple[int, date]:
        if not left:
            on = self._today - timedelta(days=it.paid_before)
            return amount * it.paid // PER_CENT, on
        on = day + timedelta(days=PAID_AFTER)
        if left <= it.unpaid:
            return 0, on
        return max(amount, 0) + (it.credit if left == 1 else 0), on

    def _units(self, it: Connection, day: date, newest: date) -> int:
        season = self._sample.file.season
        if day == newest:
            return it.units * it.cycle
        return it.units * it.cycle * season[day.month - 1] // season[newest.month - 1]

    def _parts(self, it: Connection, units: int) -> dict[str, int]:
        file = self._sample.file
        parts = charge(
            file.rates[it.category],
            np.array([units]),
            np.array([it.watts]),
            np.array([it.cycle]),
            urban_cess=np.array([file.urban_cess]),
            subsidised=np.array([int(it.subsidised)]),
        )
        return {part.name: int(getattr(parts, part.name)[0]) // RUPEE for part in fields(Parts)}


def _months_back(day: date, months: int) -> date:
    if not months:
        return day
    month = day.year * 12 + day.month - 1 - months
    return date(month // 12, month % 12 + 1, min(day.day, SAFE_DAY))
