"""Rings of the gateway's bell: stored by their id, answered later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.settlement import Ring
from storage.sql import stamp
from storage.tables import gateway_event

AGAIN_AFTER = timedelta(minutes=1)  # a ring that could not be answered waits this long


def ring(
    db: Connection, event_id: str, *, kind: str, link_id: str, payment_id: str, now: datetime
) -> bool:
    """Store a ring; False for one that was stored before."""
    row = insert(gateway_event).values(
        event_id=event_id,
        kind=kind,
        gateway_link_id=link_id,
        gateway_payment_id=payment_id,
        received_at=stamp(now),
        due_at=stamp(now),
    )
    row = row.on_conflict_do_nothing(index_elements=["event_id"])
    # Of an INSERT PostgreSQL's driver knows no count; what it returns tells.
    return db.execute(row.returning(gateway_event.c.event_id)).first() is not None


def rings(db: Connection, now: datetime, limit: int) -> list[Ring]:
    """Rings to answer now; put off, so that nobody else answers in the same moment."""
    found = db.execute(
        select(
            gateway_event.c.event_id,
            gateway_event.c.gateway_link_id,
            gateway_event.c.gateway_payment_id,
        )
        .where(gateway_event.c.settled_at.is_(None))
        .where(gateway_event.c.due_at <= stamp(now))
        .order_by(gateway_event.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if found:
        db.execute(
            update(gateway_event)
            .where(gateway_event.c.event_id.in_([row.event_id for row in found]))
            .values(due_at=stamp(now + AGAIN_AFTER))
        )
    return [Ring(row.event_id, row.gateway_link_id, row.gateway_payment_id) for row in found]


def answered(db: Connection, event_ids: Sequence[str], now: datetime) -> None:
    """These rings need no further answer."""
    db.execute(
        update(gateway_event)
        .where(gateway_event.c.event_id.in_(list(event_ids)))
        .values(settled_at=stamp(now))
    )
