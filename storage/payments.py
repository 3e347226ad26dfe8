"""Payments as others ask about them: a link's page, receipts, the day's export, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.bill import IST
from models.k_number import KNumber
from models.money import NOTHING, Money
from models.payment import MOVES, PaidReceipt, PaymentLink, PaymentState
from models.settlement import Arrived, LinkView
from models.words import Masked
from storage import links
from storage.audit import write_audit
from storage.owed import newest_bill
from storage.sql import moment
from storage.tables import collection, consumer, payment, payment_link

_ARRIVED = (
    select(
        payment.c.gateway_payment_id,
        payment.c.captured_at,
        payment.c.amount.label("brought"),
        payment.c.kept,
        collection.c.receipt_number,
        collection.c.k_number,
        collection.c.amount,
        collection.c.paid_on,
    )
    .outerjoin(
        collection,
        and_(
            collection.c.gateway_payment_id == payment.c.gateway_payment_id,
            collection.c.amount > 0,
        ),
    )
    .where(payment.c.link_id == bindparam("link"))
    .order_by(payment.c.captured_at, payment.c.id, collection.c.receipt_number)
)
_PAID_AT = select(func.min(payment.c.captured_at)).where(payment.c.link_id == bindparam("link"))
_REPLACED_BY = select(payment_link.c.replaced_by).where(payment_link.c.id == bindparam("link"))
_NAMES = select(consumer.c.k_number, consumer.c.name, consumer.c.name_hi).where(
    consumer.c.k_number.in_(bindparam("ks", expanding=True))
)
_LAST_RECEIPT = (
    select(collection)
    .outerjoin(payment, payment.c.gateway_payment_id == collection.c.gateway_payment_id)
    .where(collection.c.k_number == bindparam("k"))
    .where(collection.c.amount > 0)
    .where(or_(payment.c.id.is_(None), payment.c.state != PaymentState.REFUNDED.value))
    .order_by(collection.c.paid_on.desc(), payment.c.captured_at.desc())
    .limit(1)
)
_BY_NUMBER = select(collection).where(collection.c.receipt_number == bindparam("number"))
_EXPORT = (
    select(collection)
    .where(collection.c.gateway_payment_id.is_not(None))
    # A payment made before midnight may be learnt of after it: it stands in both days' exports,
    # and the billing system knows it by its receipt number.
    .where(
        or_(collection.c.recorded_on == bindparam("day"), collection.c.paid_on == bindparam("day"))
    )
    .order_by(collection.c.receipt_number)
)
_OURS = (
    select(
        collection.c.receipt_number,
        collection.c.gateway_payment_id,
        collection.c.k_number,
        collection.c.amount,
        collection.c.posted_on,
    )
    .where(collection.c.gateway_payment_id.is_not(None))
    .where(
        or_(
            collection.c.receipt_number.in_(bindparam("named", expanding=True)),
            collection.c.gateway_payment_id.in_(bindparam("named", expanding=True)),
        )
    )
)
_POST = (
    update(collection)
    .where(collection.c.receipt_number == bindparam("receipt"))
    .values(posted_on=bindparam("today"))
)
_PAYMENT = select(payment.c.id, payment.c.link_id, payment.c.state).where(
    payment.c.gateway_payment_id == bindparam("payment")
)
_PAYMENT_MOVES = (
    update(payment).where(payment.c.id == bindparam("it")).values(state=bindparam("new"))
)
_LINK_MOVES = (
    update(payment_link).where(payment_link.c.id == bindparam("it")).values(state=bindparam("new"))
)
_IN_SUSPENSE = (
    select(payment, payment_link.c.code)
    .outerjoin(payment_link, payment_link.c.id == payment.c.link_id)
    .where(payment.c.kept > payment.c.refunded)
    .where(payment.c.id > bindparam("after"))
    .order_by(payment.c.id)
    .limit(bindparam("limit"))
)


def view(db: Connection, code: str, now: datetime) -> LinkView | None:
    """The link behind `/p/{code}`, with all that its page shows."""
    link = links.by_code(db, code)
    return None if link is None else _view(db, link, now)


def newest(db: Connection, k: KNumber, now: datetime) -> LinkView | None:
    """The newest link of a connection, with what came of it."""
    link = links.newest(db, k)
    return None if link is None else _view(db, link, now)


def _view(db: Connection, link: PaymentLink, now: datetime) -> LinkView:
    open_ = link.live and bool(link.gateway_url) and now < link.expires_at
    paid_at = db.execute(_PAID_AT, {"link": link.id}).scalar()
    newer = db.execute(_REPLACED_BY, {"link": link.id}).scalar()
    ks = [int(part.k_number) for part in link.parts]
    return LinkView(
        link=link,
        seen_at=now,
        payable=open_ and links.is_current(db, link, now),
        arrived=tuple(_arrived(db, link, now)),
        paid_at=None if paid_at is None else moment(paid_at),
        owed=sum((_left(db, part.k_number, now) for part in link.parts), NOTHING),
        whose=tuple(
            (KNumber(f"{row.k_number:012d}"), Masked(row.name, row.name_hi))
            for row in db.execute(_NAMES, {"ks": ks})
        ),
        replacement=None if newer is None else links.load(db, [newer])[0],
    )


def _arrived(db: Connection, link: PaymentLink, now: datetime) -> Iterable[Arrived]:
    """Every sum that came, by payment and connection: its receipt, and what was kept apart."""
    rows = db.execute(_ARRIVED, {"link": link.id}).all()
    for _, of_one in groupby(rows, key=lambda row: str(row.gateway_payment_id)):
        first, *more = of_one
        receipts = {row.k_number: row for row in (first, *more)}
        paid_on = moment(first.captured_at).astimezone(IST).date()
        for part, brought in links.split(link, Money(first.brought)):
            k, left = part.k_number, _left(db, part.k_number, now)
            receipt = receipts.get(int(k))
            credited = NOTHING if receipt is None else Money(receipt.amount)
            if receipt is not None:
                yield Arrived(k, credited, receipt.paid_on, receipt.receipt_number, left)
            if first.kept and brought > credited:
                yield Arrived(k, brought - credited, paid_on, "", left)


def _left(db: Connection, k: KNumber, now: datetime) -> Money:
    bill = newest_bill(db, k)
    return NOTHING if bill is None else bill.payable(now)


def last_receipt(db: Connection, k: KNumber) -> PaidReceipt | None:
    """The newest money that arrived for a connection and stayed, here or at a counter."""
    row = db.execute(_LAST_RECEIPT, {"k": int(k)}).first()
    return None if row is None else _receipt(row)


def receipt(db: Connection, number: str) -> PaidReceipt | None:
    """A receipt by its number."""
    row = db.execute(_BY_NUMBER, {"number": number}).first()
    return None if row is None else _receipt(row)


def export_collections(db: Connection, day: date) -> list[PaidReceipt]:
    """What came in through links on a day (IST), for the billing system; a refund is negative."""
    return [_receipt(row) for row in db.execute(_EXPORT, {"day": day})]


def _receipt(row: Row[Any]) -> PaidReceipt:
    return PaidReceipt(
        number=row.receipt_number,
        k_number=KNumber(f"{row.k_number:012d}"),
        amount=Money(row.amount),
        paid_on=row.paid_on,
        mode=row.mode,
        gateway_payment_id=row.gateway_payment_id or "",
        bill_number=row.bill_number or "",
    )


@dataclass(frozen=True, slots=True)
class Collected:
    """Money collected anywhere, as the billing system's file names it."""

    k_number: KNumber
    receipt_number: str
    paid_on: date
    amount: Money
    mode: str


def post_collections(db: Connection, rows: Sequence[Collected], now: datetime) -> int:
    """Take in collections: ours come back and are marked as posted, others are added or updated.

    A row is ours by our receipt number, or by the gateway's payment id in its place. Live links of
    these connections are looked at soon, as they may ask too much now. Returns how many were ours.
    """
    ours = _match(db, rows)
    for row in rows:
        if (found := ours.get((row.k_number, row.receipt_number))) is not None:
            _post(db, found, now)
    others = [row for row in rows if (row.k_number, row.receipt_number) not in ours]
    if others:
        statement = insert(collection)
        changed = ("k_number", "paid_on", "amount", "mode")
        db.execute(
            statement.on_conflict_do_update(
                index_elements=["receipt_number"],
                set_={name: statement.excluded[name] for name in changed},
            ),
            [
                {
                    "receipt_number": row.receipt_number,
                    "k_number": int(row.k_number),
                    "paid_on": row.paid_on,
                    "amount": row.amount.paise,
                    "mode": row.mode,
                }
                for row in others
            ],
        )
        links.look_again(db, {row.k_number for row in others}, now)
    return len(rows) - len(others)


@dataclass(frozen=True, slots=True)
class _Ours:
    receipt: str
    payment: str
    posted: bool


def _match(db: Connection, rows: Sequence[Collected]) -> dict[tuple[KNumber, str], _Ours]:
    """Our collections among these rows, by the K-number and the name each has in the file."""
    named = [row.receipt_number for row in rows]
    ours: dict[tuple[KNumber, str], _Ours] = {}
    for row in db.execute(_OURS, {"named": named}):
        k = KNumber(f"{row.k_number:012d}")
        found = _Ours(row.receipt_number, row.gateway_payment_id, row.posted_on is not None)
        ours[k, row.receipt_number] = found
        if row.amount > 0:
            ours[k, row.gateway_payment_id] = found
    # Our own number never stands for another's money, whatever K-number came with it.
    own = {found.receipt: found for found in ours.values()}
    for named_row in rows:
        if named_row.receipt_number in own:
            key = (named_row.k_number, named_row.receipt_number)
            ours[key] = own[named_row.receipt_number]
    return ours


def _post(db: Connection, ours: _Ours, now: datetime) -> None:
    if ours.posted:
        return
    db.execute(_POST, {"receipt": ours.receipt, "today": now.astimezone(IST).date()})
    row = db.execute(_PAYMENT, {"payment": ours.payment}).one()
    if PaymentState.POSTED in MOVES[PaymentState(row.state)]:
        db.execute(_PAYMENT_MOVES, {"it": row.id, "new": PaymentState.POSTED.value})
    [link] = links.load(db, [row.link_id])
    if PaymentState.POSTED in MOVES[link.state]:
        db.execute(_LINK_MOVES, {"it": link.id, "new": PaymentState.POSTED.value})
    sentence = f"The billing system has entered receipt {ours.receipt}."
    write_audit(db, f"payment:{link.id}", "billing", sentence, now)


@dataclass(frozen=True, slots=True)
class Suspended:
    """Money that waits for staff: it came twice, or for no link of ours."""

    id: int
    gateway_payment_id: str
    code: str  # of the link it came by; empty for none
    amount: Money  # still waiting
    captured_at: datetime


def in_suspense(db: Connection, after: int, limit: int) -> list[Suspended]:
    """Money that waits for staff to send it back or to place it, oldest first."""
    return [
        Suspended(
            id=row.id,
            gateway_payment_id=row.gateway_payment_id,
            code=row.code or "",
            amount=Money(row.kept - row.refunded),
            captured_at=moment(row.captured_at),
        )
        for row in db.execute(_IN_SUSPENSE, {"after": after, "limit": limit})
    ]
