"""What the clockwork does beside answering: find what was never delivered, and forget in time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.worker import Worker
from channels.channel import Channel
from models.bill import IST
from storage import inbox
from storage.erasure import IN_FILE, IN_LOG, finish_erasures, traces, traces_gone
from storage.facts import made_at
from storage.retention import forget
from storage.seals import Seals
from storage.store import Store

log = structlog.get_logger()

OVERLAP = timedelta(minutes=10)
FARTHEST = timedelta(hours=24)
SMALL = 64 * 1024 * 1024  # bytes of a file that is written anew within a second
NIGHT = range(2, 4)  # hours in India in which writers may wait longer


async def sweep(worker: Worker, channel: Channel, now: datetime) -> int:
    """Take in the messages a provider has on record and never delivered; how many there were.

    It asks since the last one seen less ten minutes, at most 24 hours back, and never for what was
    sent before this database was made.
    """
    last = await worker.store.read(inbox.last_seen, channel.name, now - FARTHEST)
    made = await worker.store.read(made_at)
    since = max(made, now - FARTHEST, *([last - OVERLAP] if last else []))
    from_ = since.replace(microsecond=0)  # providers tell whole seconds, or only the day
    found = 0
    async for message in channel.missed(since):
        if message.received_at >= from_:
            found += await worker.take_in(message)
    if found:
        log.warning("messages_swept", channel=channel.name, found=found)
    return found


async def purge(worker: Worker, messages_days: int, now: datetime) -> None:
    """Forget what is past its time, in short writes."""
    while await worker.store.write(forget, messages_days, now):
        pass


async def finish_forgetting(store: Store, seals: Seals, now: datetime) -> None:
    """Remove what is left of people who were erased, and their traces in SQLite's log and file.

    The log is emptied at once, the file is written anew: at once where it is small, else at night.
    Neither can be done while somebody reads; then the next minute tries again.
    """
    if gone := await store.write(finish_erasures, seals, now):
        log.info("people_erased", people=gone)
    database = store.database
    await _remove_traces(store, IN_LOG, database.empty_log)
    if database.size() <= SMALL or now.astimezone(IST).hour in NIGHT:
        await _remove_traces(store, IN_FILE, database.rewrite)


async def _remove_traces(store: Store, where: str, remove: Callable[[], bool]) -> None:
    since = await store.read(traces, where)
    if since is not None and await asyncio.to_thread(remove):
        await store.write(traces_gone, where, since)
