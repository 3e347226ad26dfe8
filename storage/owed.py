"""What a connection owes: a bill as far as its money goes, with what has come in since."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, or_, select

from models.bill import Bill, Charges
from models.k_number import KNumber
from models.money import NOTHING, Money
from models.words import Month
from storage.tables import bill, collection

_BILL = (
    select(
        bill.c.bill_number,
        bill.c.bill_month,
        bill.c.bill_date,
        bill.c.due_date,
        bill.c.amount,
        bill.c.amount_after_due,
    )
    .where(bill.c.k_number == bindparam("k"))
    .order_by(bill.c.bill_month.desc())
    .limit(1)
)
_NAMED_BILL = _BILL.where(bill.c.bill_number == bindparam("number"))
_LOCK = _BILL.with_for_update()

# Whatever came since the bill's day is for it, or for a newer one that holds its arrears.
_CAME_IN = (
    select(func.coalesce(func.sum(collection.c.amount), 0), func.max(collection.c.paid_on))
    .where(collection.c.k_number == bindparam("k"))
    .where(
        or_(
            collection.c.paid_on >= bindparam("since"),
            collection.c.bill_number == bindparam("number"),
        )
    )
)

_UNSAID = Charges(*(NOTHING,) * 13)  # what it was charged for does not matter here


def hold_bill(db: Connection, k: KNumber) -> None:
    """Let nobody else link or settle this connection's bill until the transaction ends.

    SQLite has one writer at a time and needs no lock.
    """
    db.execute(_LOCK, {"k": int(k)})


def newest_bill(db: Connection, k: KNumber) -> Bill | None:
    """The newest bill, which holds the arrears of those before it."""
    return _read(db, k, None)


def bill_of(db: Connection, k: KNumber, number: str) -> Bill | None:
    """The bill of that number, or the newest where the billing system has taken it back."""
    return _read(db, k, number) or _read(db, k, None)


def _read(db: Connection, k: KNumber, number: str | None) -> Bill | None:
    asked = {"k": int(k)} if number is None else {"k": int(k), "number": number}
    row = db.execute(_BILL if number is None else _NAMED_BILL, asked).first()
    if row is None:
        return None
    known = {"k": int(k), "since": row.bill_date, "number": row.bill_number}
    came_in, last = db.execute(_CAME_IN, known).one()
    return Bill(
        number=row.bill_number,
        k_number=k,
        month=Month(*divmod(row.bill_month, 100)),
        billed_on=row.bill_date,
        due_on=row.due_date,
        previous_reading=0,
        current_reading=0,
        units=0,
        charges=_UNSAID,
        amount=Money(row.amount),
        amount_after_due=Money(row.amount_after_due),
        paid=Money(int(came_in)),
        paid_on=last,
        receipt="",
    )
