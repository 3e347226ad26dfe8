"""The processes at work: each holds a slot, and shows that it lives."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from models.errors import Permanent
from storage.sql import stamp
from storage.tables import node

SILENT_AFTER = timedelta(seconds=15)

IsAlive = Callable[[int], bool]
"""Whether a process of this machine runs, by its number."""


class SlotTaken(Permanent):
    """Another process holds this slot."""


def lease(
    db: Connection, kind: str, slot: str | None, host: str, pid: int, now: datetime, alive: IsAlive
) -> str:
    """Take the named slot, or the lowest free one of a kind (`serve-1`); raises `SlotTaken`."""
    dead = set(_dead(db, host, now, alive))
    taken = set(db.execute(select(node.c.slot)).scalars()) - dead
    name = slot or next(it for n in itertools.count(1) if (it := f"{kind}-{n}") not in taken)
    if name in taken:
        raise SlotTaken(f"The slot {name} is held by another process.")
    db.execute(delete(node).where(node.c.slot == name))
    row = {"slot": name, "host": host, "pid": pid, "heartbeat_at": stamp(now)}
    db.execute(node.insert().values(**row))
    return name


def beat(
    db: Connection, slot: str, host: str, pid: int, now: datetime, alive: IsAlive
) -> list[str]:
    """Show that this process lives; returns the slots whose processes do not."""
    db.execute(
        update(node)
        .where(node.c.slot == slot)
        .where(node.c.pid == pid)
        .values(heartbeat_at=stamp(now))
    )
    return [it for it in _dead(db, host, now, alive) if it != slot]


def leave(db: Connection, slot: str, pid: int) -> None:
    """Give the slot back."""
    db.execute(delete(node).where(node.c.slot == slot).where(node.c.pid == pid))


def _dead(db: Connection, host: str, now: datetime, alive: IsAlive) -> list[str]:
    silent = stamp(now - SILENT_AFTER)
    rows = db.execute(select(node))
    return [
        row.slot
        for row in rows
        if row.heartbeat_at < silent or (row.host == host and not alive(row.pid))
    ]
