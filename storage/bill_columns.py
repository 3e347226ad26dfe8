"""A bill's columns in one order, as a look at an account and a history both read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.bill import Bill, Charges
from models.k_number import KNumber
from models.money import Money
from models.words import Month
from storage.tables import bill

FACTS = (
    bill.c.bill_number,
    bill.c.bill_month,
    bill.c.bill_date,
    bill.c.due_date,
    bill.c.previous_reading,
    bill.c.current_reading,
    bill.c.units,
    bill.c.amount,
    bill.c.amount_after_due,
    bill.c.meter_status,
)
# As `models.bill.Charges` has them.
CHARGES = (
    bill.c.fixed_charge,
    bill.c.energy_charge,
    bill.c.electricity_duty,
    bill.c.cess,
    bill.c.water_cess,
    bill.c.urban_cess,
    bill.c.fuel_surcharge,
    bill.c.regulatory_surcharge,
    bill.c.other_charges + bill.c.security_deposit,
    bill.c.tcs,
    bill.c.subsidy,
    bill.c.rebate,
    bill.c.arrears,
)


def read_bill(
    k: KNumber,
    facts: Sequence[Any],
    charges: Sequence[int],
    *,
    paid: int,
    paid_on: date | None,
    receipt: str,
    covers: tuple[date | None, date | None] = (None, None),
) -> Bill:
    """The bill in a row of `FACTS` and `CHARGES`, with the paise that came for it."""
    (
        number, month, billed_on, due_on, previous_reading, current_reading, units, amount,
        amount_after_due, meter_status,
    ) = facts  # fmt: skip
    return Bill(
        number=number,
        k_number=k,
        month=Month(*divmod(month, 100)),
        billed_on=billed_on,
        due_on=due_on,
        previous_reading=previous_reading,
        current_reading=current_reading,
        units=units,
        charges=Charges(*map(Money, charges)),
        amount=Money(amount),
        amount_after_due=Money(amount_after_due),
        paid=Money(paid),
        paid_on=paid_on,
        receipt=receipt,
        meter_status=meter_status,
        covers_from=covers[0],
        covers_to=covers[1],
    )
