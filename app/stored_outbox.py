"""The outbox as the sender knows it, kept in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from app import metrics
from models.errors import Temporary
from models.message import ChannelName, DeliveryState
from storage import emails, outbox
from storage.store import Store

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 60.0  # seconds a write waits for a database that is away
PAUSE = 1.0
_UNREACHABLE = "unreachable"  # how the reason begins where nobody is at the address


class StoredOutbox:
    """The rows behind the sender; `rates` are messages a second, by sender.

    What became of a message is known to nobody else: while the database is away for a moment, it
    is held here and written when it can be.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        rates: Mapping[ChannelName, float],
        patience: float = PATIENCE,
    ) -> None:
        self._store = store
        self._clock = clock
        self._rates = rates
        self._patience = patience

    async def accepted(self, message_id: int, provider_id: str) -> None:
        await self._write(outbox.accepted, message_id, provider_id, self._clock())
        metrics.SENT.labels("accepted").inc()

    async def again(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        await self._write(
            outbox.again, message_id, attempt, due_at, reason, self._clock(), doubtful=False
        )
        metrics.SENT.labels("again").inc()

    async def doubtful(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        await self._write(
            outbox.again, message_id, attempt, due_at, reason, self._clock(), doubtful=True
        )
        metrics.SENT.labels("doubtful").inc()

    async def stopped(self, message_id: int, state: DeliveryState, reason: str) -> None:
        await self._write(_stop, message_id, state, reason, self._clock())
        metrics.SENT.labels(state).inc()

    async def reserve(self, sender: str, count: int) -> float:
        now = self._clock().timestamp()
        return await self._write(
            outbox.reserve, sender, self._rates[ChannelName(sender)], count, now
        )

    def hurry(self) -> None:
        """The process is ending: wait for no database."""
        self._patience = 0.0

    async def _write(
        self, query: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Write; `Temporary` where the database stays away."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            try:
                return await self._store.write(query, *args, **kwargs)
            except Temporary:
                if loop.time() - began >= self._patience:
                    raise
            await asyncio.sleep(PAUSE)


def _stop(
    db: Connection, message_id: int, state: DeliveryState, reason: str, now: datetime
) -> None:
    outbox.stopped(db, message_id, state, reason, now)
    if state is DeliveryState.FAILED and reason.startswith(_UNREACHABLE):
        emails.bounced(db, message_id, now)
