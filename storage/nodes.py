"""The processes at work: each holds a slot, and shows that it lives."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.errors import Permanent
from storage.sql import stamp
from storage.tables import node

SILENT_AFTER = timedelta(seconds=15)

# Two processes that start together must not choose the same slot; beats wait a moment.
_ONE_AT_A_TIME = text("LOCK TABLE node IN SHARE ROW EXCLUSIVE MODE")

IsAlive = Callable[[int], bool]
"""Whether a process of this machine runs, by its number."""


class SlotTaken(Permanent):
    """Another process holds this slot."""


def lease(
    db: Connection, kind: str, slot: str | None, host: str, pid: int, now: datetime, alive: IsAlive
) -> str:
    """Take the named slot, or the lowest free one of a kind (`serve-1`); raises `SlotTaken`."""
    if db.dialect.name == "postgresql":  # SQLite lets one write at a time anyway
        db.execute(_ONE_AT_A_TIME)
    dead = set(_dead(db, host, now, lambda it: it != pid and alive(it)))
    taken = set(db.execute(select(node.c.slot)).scalars()) - dead
    name = slot or next(it for n in itertools.count(1) if (it := f"{kind}-{n}") not in taken)
    if name in taken:
        raise SlotTaken(f"The slot {name} is held by another process.")
    db.execute(delete(node).where(node.c.slot == name))
    row = {"slot": name, "host": host, "pid": pid, "heartbeat_at": stamp(now)}
    db.execute(node.insert().values(**row))
    return name


def beat(
    db: Connection,
    slot: str,
    host: str,
    pid: int,
    now: datetime,
    alive: IsAlive,
    since: datetime | None = None,
) -> list[str]:
    """Show that this process lives; returns the slots whose processes do not.

    `since` is when it began to beat without a gap. Where the database was away from everybody, all
    have been silent, and each gets its time to be heard again. Raises `SlotTaken` where another
    process holds the slot by now: this one was taken for dead.
    """
    heard = db.execute(
        update(node)
        .where(node.c.slot == slot)
        .where(node.c.host == host)
        .where(node.c.pid == pid)
        .values(heartbeat_at=stamp(now))
    )
    if not heard.rowcount:
        row = {"slot": slot, "host": host, "pid": pid, "heartbeat_at": stamp(now)}
        put = insert(node).values(**row).on_conflict_do_nothing().returning(node.c.slot)
        if db.execute(put).first() is None:
            raise SlotTaken(f"The slot {slot} was given to another process.")
    patient = since is not None and now - since < SILENT_AFTER
    return [it for it in _dead(db, host, now, alive, patient=patient) if it != slot]


def leave(db: Connection, slot: str, host: str, pid: int) -> None:
    """Give the slot back; what is still open under it is anybody's."""
    db.execute(
        delete(node).where(node.c.slot == slot).where(node.c.host == host).where(node.c.pid == pid)
    )


def orphaned(owner: ColumnElement[str], dead: Sequence[str]) -> ColumnElement[bool]:
    """Whether nobody sees to a row: it has no owner, or one that died or gave its slot back."""
    held = select(node.c.slot)
    return owner.is_(None) | owner.in_(list(dead)) | owner.not_in(held)


def _dead(
    db: Connection, host: str, now: datetime, alive: IsAlive, *, patient: bool = False
) -> list[str]:
    silent = stamp(now - SILENT_AFTER)
    rows = db.execute(select(node))
    return [
        row.slot
        for row in rows
        if (row.heartbeat_at < silent and not patient) or (row.host == host and not alive(row.pid))
    ]
