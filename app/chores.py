"""What the clockwork does beside answering: find what was never delivered, and forget in time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from app.worker import Worker
from channels.channel import Channel
from storage import inbox
from storage.erasure import finish_erasures, traces, traces_gone
from storage.facts import made_at
from storage.retention import forget
from storage.seals import Seals
from storage.store import Store

log = structlog.get_logger()

OVERLAP = timedelta(minutes=10)
FARTHEST = timedelta(hours=24)


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
    """Remove what is left of people who were erased, from SQLite's log too.

    The log cannot be emptied while somebody reads; then the next minute tries again.
    """
    if gone := await store.write(finish_erasures, seals, now):
        log.info("people_erased", people=gone)
    since = await store.read(traces)
    if since is not None and await asyncio.to_thread(store.database.empty_log):
        await store.write(traces_gone, since)
