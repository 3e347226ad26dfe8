"""How the program is doing, as its database shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select, text

from models.message import DeliveryState
from storage.sql import moment, stamp
from storage.tables import consumer, import_run, inbox, node, office, outbox

A_DAY = timedelta(days=1)
LEAVING = (DeliveryState.SENDING.value, DeliveryState.RETRY.value)


@dataclass(frozen=True, slots=True)
class Import:
    """One import that ran."""

    kind: str
    state: str
    at: datetime  # when it finished, or began where it has not


@dataclass(frozen=True, slots=True)
class Health:
    """What `bijli doctor` looks at."""

    clock: datetime | None  # the database server's; SQLite has none of its own
    has_offices: bool
    has_consumers: bool
    imports: tuple[Import, ...]  # the newest of every kind
    processes: tuple[tuple[str, datetime], ...]  # slot and last sign of life
    waiting: int  # messages without an answer
    leaving: int  # messages on their way
    failed: int  # of the last day
    unknown: int  # of the last day: nobody knows whether they arrived
    reasons: tuple[str, ...]  # why those failed, the most frequent first


def health(db: Connection, now: datetime) -> Health:
    """How things stand."""
    yesterday = stamp(now - A_DAY)
    bad = (
        select(outbox.c.reason)
        .where(outbox.c.created_at >= yesterday)
        .where(outbox.c.state == DeliveryState.FAILED.value)
        .group_by(outbox.c.reason)
        .order_by(func.count().desc())
        .limit(3)
    )
    counts = (
        select(outbox.c.state, func.count())
        .where(outbox.c.created_at >= yesterday)
        .group_by(outbox.c.state)
    )
    states = {row.state: int(row[1]) for row in db.execute(counts)}
    return Health(
        clock=_clock(db),
        has_offices=db.execute(select(office.c.code).limit(1)).first() is not None,
        has_consumers=db.execute(select(consumer.c.k_number).limit(1)).first() is not None,
        imports=_imports(db),
        processes=tuple(
            (row.slot, moment(row.heartbeat_at))
            for row in db.execute(select(node).order_by(node.c.slot))
        ),
        waiting=db.execute(
            select(func.count()).select_from(inbox).where(inbox.c.answered_at.is_(None))
        ).scalar_one(),
        leaving=sum(states.get(state, 0) for state in LEAVING),
        failed=states.get(DeliveryState.FAILED.value, 0),
        unknown=states.get(DeliveryState.UNKNOWN.value, 0),
        reasons=tuple(reason for reason in db.execute(bad).scalars() if reason),
    )


def _clock(db: Connection) -> datetime | None:
    if db.dialect.name == "sqlite":
        return None
    clock: datetime = db.execute(text("SELECT clock_timestamp()")).scalar_one()
    return clock.astimezone(UTC)


def _imports(db: Connection) -> tuple[Import, ...]:
    newest = select(func.max(import_run.c.id)).group_by(import_run.c.kind)
    rows = db.execute(
        select(import_run).where(import_run.c.id.in_(newest)).order_by(import_run.c.kind)
    )
    return tuple(
        Import(row.kind, row.state, moment(row.finished_at or row.started_at)) for row in rows
    )
