"""A bill, and what state it is in at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.k_number import KNumber
from models.money import NOTHING, Money
from models.words import Month

IST = ZoneInfo("Asia/Kolkata")
STALE_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Charges:
    """The parts of a bill; `amount` of the bill is the truth, whatever they add up to."""

    fixed: Money
    energy: Money
    duty: Money
    cess: Money
    water_cess: Money
    urban_cess: Money
    fuel_surcharge: Money
    regulatory_surcharge: Money
    other: Money
    tcs: Money
    subsidy: Money  # taken off
    rebate: Money  # taken off
    arrears: Money  # negative: a credit carried over


@dataclass(frozen=True, slots=True)
class Bill:
    """One month's bill. It holds the arrears: older bills are never added to it."""

    number: str
    k_number: KNumber
    month: Month
    billed_on: date
    due_on: date
    previous_reading: int
    current_reading: int
    units: int
    charges: Charges
    amount: Money
    amount_after_due: Money
    paid: Money  # what has come in for this bill, here or elsewhere
    paid_on: date | None  # the day the last of it came
    receipt: str  # the number of the last receipt, ours or a counter's
    meter_status: str = ""
    covers_from: date | None = None  # the days it bills, where the billing system says so
    covers_to: date | None = None

    def due_at(self) -> datetime:
        """The last second to pay without surcharge: 23:59:59 IST of the due date."""
        return datetime.combine(self.due_on, time(23, 59, 59), IST)

    def is_overdue(self, now: datetime) -> bool:
        """Whether the due date has passed."""
        return now > self.due_at()

    def payable(self, now: datetime) -> Money:
        """What is to be paid at this moment; never below nothing."""
        if self.settled():
            return NOTHING
        asked = self.amount_after_due if self.is_overdue(now) else self.amount
        if self.amount.paise <= 0:
            asked = self.amount
        return max(NOTHING, asked - self.paid)

    def state(self, now: datetime) -> BillState:
        """Which of the sentences about a bill is true now."""
        if self.amount.paise < 0:
            return BillState.CREDIT
        if not self.amount:
            return BillState.ZERO if self.charges.subsidy else BillState.NOTHING_DUE
        if not self.payable(now):
            return BillState.PAID
        if self.paid:
            return BillState.PART_PAID_OVERDUE if self.is_overdue(now) else BillState.PART_PAID
        return BillState.OVERDUE if self.is_overdue(now) else BillState.DUE

    def settled(self) -> bool:
        """Whether the bill was paid in full by its due date."""
        return self.paid_on is not None and self.paid_on <= self.due_on and self.paid >= self.amount


class BillState(StrEnum):
    """Each has its own sentence."""

    DUE = "due"
    OVERDUE = "overdue"
    PART_PAID = "part-paid"
    PART_PAID_OVERDUE = "part-paid-overdue"
    PAID = "paid"
    ZERO = "zero"
    NOTHING_DUE = "nothing-due"
    CREDIT = "credit"
