"""What happened lately, as somebody looking over the shoulder of staff would see it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.tables import conversation, inbox, outbox, payment_link, payment_link_part


@dataclass(frozen=True, slots=True)
class Happening:
    """One message, reply or payment; it keeps its key while its state moves."""

    key: str
    at: int  # epoch milliseconds
    kind: str  # message, reply, payment
    words: str
    state: str
    channel: str = ""


_IN = (
    select(inbox.c.id, inbox.c.channel, inbox.c.body, inbox.c.received_at, inbox.c.answered_at)
    .order_by(inbox.c.id.desc())
    .limit(20)
)
_OUT = (
    select(outbox.c.id, conversation.c.channel, outbox.c.body, outbox.c.created_at, outbox.c.state)
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .order_by(outbox.c.id.desc())
    .limit(20)
)
_LINKS = (
    select(
        payment_link.c.id,
        payment_link.c.amount,
        payment_link.c.state,
        payment_link.c.asked_at,
        payment_link_part.c.k_number,
    )
    .join(payment_link_part, payment_link_part.c.link_id == payment_link.c.id)
    .order_by(payment_link.c.id.desc())
    .limit(20)
)


def lately(db: Connection) -> list[Happening]:
    """The newest messages, replies and payments, oldest first; K-numbers by their last digits."""
    seen = [
        Happening(
            f"in:{it.id}",
            it.received_at,
            "message",
            json.loads(it.body)["text"],
            "answered" if it.answered_at is not None else "waiting",
            it.channel,
        )
        for it in db.execute(_IN)
    ]
    seen += [
        Happening(
            f"out:{it.id}",
            it.created_at,
            "reply",
            json.loads(it.body)["text"],
            it.state,
            it.channel,
        )
        for it in db.execute(_OUT)
    ]
    seen += [
        Happening(
            f"pay:{it.id}",
            it.asked_at,
            "payment",
            f"₹{it.amount / 100:,.2f}, K ..{it.k_number % 10_000:04d}",
            it.state,
        )
        for it in db.execute(_LINKS)
    ]
    return sorted(seen, key=lambda it: it.at)
