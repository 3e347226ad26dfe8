"""What must always be true of the rows, asked as: which rows break it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from models.message import DeliveryState
from models.payment import PaymentState
from models.reference import reference
from storage.people_rules import people_rules
from storage.rules import Rule
from storage.seals import Seals
from storage.settlements import RECEIPTS
from storage.sql import stamp
from storage.tables import (
    bill,
    collection,
    consumer,
    counter,
    gateway_event,
    inbox,
    ledger,
    outbox,
    payment,
    payment_link,
    payment_link_part,
    phone,
)

SHOWN = 5  # examples of a breach
COUNTED = 1000  # beyond this many the exact number helps nobody
LATE = timedelta(minutes=5)  # for an answer, and for a message that is due
LATE_RING = timedelta(hours=1)  # the gateway may be down for a while
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Breach:
    """Rows of which something is not true that always must be."""

    sentence: str
    count: int  # at most COUNTED
    examples: tuple[str, ...]


def breaches(db: Connection, seals: Seals, now: datetime) -> list[Breach]:
    """Every invariant that is broken, with some of the rows that break it."""
    found = []
    for rule in (*_MONEY, *_LINKS, *people_rules(now), *_messages(now)):
        rows = db.execute(rule.query.limit(COUNTED)).scalars().all()
        if rows:
            found.append(_breach(rule.sentence, [str(row) for row in rows]))
    return [*found, *_receipts(db), *_old_seals(db, seals)]


def _breach(sentence: str, rows: Sequence[str]) -> Breach:
    return Breach(sentence, len(rows), tuple(rows[:SHOWN]))


# Money: what came in is booked, and every booking has its other side.

_booked = func.coalesce(func.sum(ledger.c.paise), 0)


def _books_of(*accounts: str) -> ColumnElement[int]:
    return (
        select(_booked)
        .where(ledger.c.payment_id == payment.c.id)
        .where(ledger.c.account.in_(accounts))
        .correlate(payment)
        .scalar_subquery()
    )


_receipted = (
    select(func.coalesce(func.sum(collection.c.amount), 0))
    .where(collection.c.gateway_payment_id == payment.c.gateway_payment_id)
    .correlate(payment)
    .scalar_subquery()
)
_MONEY = (
    Rule(
        "Ledger lines of these payments do not add up to nothing",
        select(ledger.c.payment_id).group_by(ledger.c.payment_id).having(_booked != 0),
    ),
    Rule(
        "The ledger does not hold what the gateway took in and gave back for these payments",
        select(payment.c.gateway_payment_id).where(
            _books_of("gateway") != payment.c.amount - payment.c.refunded
        ),
    ),
    Rule(
        "Receipts of these payments are not what the ledger credited",
        select(payment.c.gateway_payment_id).where(_receipted + _books_of("consumer") != 0),
    ),
    Rule(
        "More was given back than came in with these payments",
        select(payment.c.gateway_payment_id).where(payment.c.refunded > payment.c.amount),
    ),
    Rule(
        "These payments are in a state nobody knows",
        select(payment.c.gateway_payment_id).where(payment.c.state.not_in(list(PaymentState))),
    ),
    Rule(
        "Ledger lines belong to payments that do not exist",
        select(ledger.c.payment_id)
        .where(~exists().where(payment.c.id == ledger.c.payment_id))
        .distinct(),
    ),
)

# Links: a bill is in at most one that can be paid, and a link asks for the sum of its parts.

_asked = (
    select(func.coalesce(func.sum(payment_link_part.c.amount), 0))
    .where(payment_link_part.c.link_id == payment_link.c.id)
    .correlate(payment_link)
    .scalar_subquery()
)
_LINKS = (
    Rule(
        "These bills are in more than one live link",
        select(payment_link_part.c.bill_number)
        .where(payment_link_part.c.live)
        .group_by(payment_link_part.c.bill_number)
        .having(func.count() > 1),
    ),
    Rule(
        "These links are over, and still hold their bills",
        select(payment_link.c.code)
        .join(payment_link_part, payment_link_part.c.link_id == payment_link.c.id)
        .where(payment_link_part.c.live)
        .where(payment_link.c.state.not_in([PaymentState.ASKED, PaymentState.FAILED]))
        .distinct(),
    ),
    Rule(
        "These links do not ask for the sum of their parts",
        select(payment_link.c.code).where(_asked != payment_link.c.amount),
    ),
    Rule(
        "These links are in a state nobody knows",
        select(payment_link.c.code).where(payment_link.c.state.not_in(list(PaymentState))),
    ),
    Rule(
        "Bills of these K-numbers have no connection",
        select(bill.c.k_number)
        .where(~exists().where(consumer.c.k_number == bill.c.k_number))
        .distinct(),
    ),
)


def _messages(now: datetime) -> tuple[Rule, ...]:
    late = stamp(now - LATE)
    leaving = [DeliveryState.SENDING.value, DeliveryState.RETRY.value]
    return (
        Rule(
            "These messages wait for an answer for more than 5 minutes",
            select(inbox.c.id)
            .where(inbox.c.answered_at.is_(None))
            .where(inbox.c.received_at < late),
        ),
        Rule(
            "These messages should have left more than 5 minutes ago",
            select(outbox.c.id).where(outbox.c.state.in_(leaving)).where(outbox.c.due_at < late),
        ),
        Rule(
            "These messages are in a state nobody knows",
            select(outbox.c.id).where(outbox.c.state.not_in(list(DeliveryState))),
        ),
        Rule(
            "These messages were accepted without an id of the provider",
            select(outbox.c.id).where(
                and_(outbox.c.state == DeliveryState.ACCEPTED.value, outbox.c.provider_id.is_(None))
            ),
        ),
        Rule(
            "The gateway rang for these and was not asked for more than an hour",
            select(gateway_event.c.event_id)
            .where(gateway_event.c.settled_at.is_(None))
            .where(gateway_event.c.received_at < stamp(now - LATE_RING)),
        ),
    )


def _receipts(db: Connection) -> list[Breach]:
    """Our receipts count from one without a gap: a missing one is money nobody wrote down."""
    last = db.execute(select(counter.c.value).where(counter.c.name == RECEIPTS)).scalar() or 0
    ours = collection.c.gateway_payment_id.is_not(None)
    missing: list[str] = []
    for first in range(1, last + 1, AT_ONCE):
        numbers = [reference("PAY", it) for it in range(first, min(first + AT_ONCE, last + 1))]
        named = collection.c.receipt_number.in_(numbers)
        there = set(db.execute(select(collection.c.receipt_number).where(ours, named)).scalars())
        missing += [it for it in numbers if it not in there]
    written = db.execute(select(func.count()).select_from(collection).where(ours)).scalar_one()
    found = []
    if missing:
        found.append(_breach("These receipt numbers were given and are nowhere", missing[:COUNTED]))
    if written > last - len(missing):
        newest = select(collection.c.receipt_number).where(ours)
        newest = newest.order_by(collection.c.receipt_number.desc()).limit(SHOWN)
        odd = list(db.execute(newest).scalars())
        found.append(_breach("More receipts were written than numbers were given", odd))
    return found


def _old_seals(db: Connection, seals: Seals) -> list[Breach]:
    """Numbers that no configured key opens; those under an older key only wait for `migrate`."""
    lost: list[str] = []
    after = 0
    ids = select(phone.c.id, phone.c.sealed).order_by(phone.c.id).limit(AT_ONCE)
    while rows := db.execute(ids.where(phone.c.id > after)).all():
        lost += [str(row.id) for row in rows if not seals.can_open(row.sealed)]
        after = rows[-1].id
    return [_breach("No master key opens these phone numbers", lost)] if lost else []
