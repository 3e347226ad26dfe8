"""What a connection was billed and what it paid, month after month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Text, bindparam, literal_column, select

from models.bill import Bill
from models.k_number import KNumber
from models.money import Money
from models.payment import PaidReceipt, PaymentState
from storage.bill_columns import CHARGES, FACTS, read_bill
from storage.prepared import Prepared
from storage.tables import bill, collection, payment

_BILLS = Prepared(
    select(
        *FACTS,
        bill.c.period_from,
        bill.c.period_to,
        *CHARGES,
    )
    .where(bill.c.k_number == bindparam("k", type_=BigInteger))
    .order_by(bill.c.bill_month.desc())
    .limit(bindparam("months", type_=Integer))
)
_CAME_IN = Prepared(
    select(
        collection.c.receipt_number,
        collection.c.paid_on,
        collection.c.amount,
        collection.c.bill_number,
    )
    .where(collection.c.k_number == bindparam("k", type_=BigInteger))
    .order_by(collection.c.paid_on, collection.c.receipt_number)
)
_RECEIPTS = Prepared(
    select(
        collection.c.receipt_number,
        collection.c.paid_on,
        collection.c.amount,
        collection.c.mode,
        collection.c.gateway_payment_id,
        collection.c.bill_number,
    )
    .outerjoin(payment, payment.c.gateway_payment_id == collection.c.gateway_payment_id)
    .where(collection.c.k_number == bindparam("k", type_=BigInteger))
    .where(collection.c.amount > literal_column("0", Integer))
    .where(
        payment.c.id.is_(None)
        | (payment.c.state != literal_column(f"'{PaymentState.REFUNDED}'", Text))
    )
    .order_by(collection.c.paid_on.desc(), collection.c.receipt_number.desc())
    .limit(bindparam("most", type_=Integer))
)


def bills(db: Connection, k: KNumber, months: int) -> tuple[Bill, ...]:
    """The bills of the newest so many months, newest first, each with the money that came for it.

    Whatever came since the newest bill's day is for that one; before it, what names a bill is for
    the bill it names, and what names none for the newest there was on its day.
    """
    rows = _BILLS.all(db, {"k": int(k), "months": months})
    if not rows:
        return ()
    newest = _place(rows[0][1])
    rows = [row for row in rows if newest - _place(row[1]) < months]
    money = _for_each(rows, _CAME_IN.all(db, {"k": int(k)}))
    return tuple(_read(k, row, money[row[0]]) for row in rows)


def receipts(db: Connection, k: KNumber, most: int) -> tuple[PaidReceipt, ...]:
    """The newest money that arrived for a connection and stayed, here or at counters."""
    return tuple(
        PaidReceipt(
            number=number,
            k_number=k,
            amount=Money(amount),
            paid_on=paid_on,
            mode=mode,
            gateway_payment_id=payment_id or "",
            bill_number=bill_number or "",
        )
        for number, paid_on, amount, mode, payment_id, bill_number in _RECEIPTS.all(
            db, {"k": int(k), "most": most}
        )
    )


def _for_each(
    rows: Sequence[Sequence[Any]], came_in: Sequence[Sequence[Any]]
) -> dict[str, list[Sequence[Any]]]:
    """The money of each bill by its number, in the order it came."""
    money: dict[str, list[Sequence[Any]]] = {row[0]: [] for row in rows}
    newest, since = rows[0][0], rows[0][2]
    for it in came_in:
        _, paid_on, _, named = it
        if paid_on >= since:
            money[newest].append(it)  # it holds the arrears of those before it
        elif named in money:
            money[named].append(it)
        else:
            held = next((row[0] for row in rows if row[2] <= paid_on), None)
            if held is not None:
                money[held].append(it)
    return money


def _read(k: KNumber, row: Sequence[Any], money: Sequence[Sequence[Any]]) -> Bill:
    facts, (covers_from, covers_to, *charges) = row[: len(FACTS)], row[len(FACTS) :]
    came = [it for it in money if it[2] > 0]  # what went back is no receipt
    return read_bill(
        k,
        facts,
        charges,
        paid=sum(it[2] for it in money),
        paid_on=came[-1][1] if came else None,
        receipt=came[-1][0] if came else "",
        covers=(covers_from, covers_to),
    )


def _place(month: int) -> int:
    year, place = divmod(month, 100)
    return year * 12 + place
