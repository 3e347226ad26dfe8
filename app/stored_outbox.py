"""The outbox as the sender knows it, kept in the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from app import metrics
from models.message import ChannelName, DeliveryState
from storage import outbox
from storage.store import Store


class StoredOutbox:
    """The rows behind the sender; `rates` are messages a second, by sender."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], rates: Mapping[ChannelName, float]
    ) -> None:
        self._store = store
        self._clock = clock
        self._rates = rates

    async def accepted(self, message_id: int, provider_id: str) -> None:
        await self._store.write(outbox.accepted, message_id, provider_id, self._clock())
        metrics.SENT.labels("accepted").inc()

    async def again(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        await self._store.write(
            outbox.again, message_id, attempt, due_at, reason, self._clock(), doubtful=False
        )
        metrics.SENT.labels("again").inc()

    async def doubtful(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        await self._store.write(
            outbox.again, message_id, attempt, due_at, reason, self._clock(), doubtful=True
        )
        metrics.SENT.labels("doubtful").inc()

    async def stopped(self, message_id: int, state: DeliveryState, reason: str) -> None:
        await self._store.write(outbox.stopped, message_id, state, reason, self._clock())
        metrics.SENT.labels(state).inc()

    async def reserve(self, sender: str, count: int) -> float:
        now = self._clock().timestamp()
        return await self._store.write(
            outbox.reserve, sender, self._rates[ChannelName(sender)], count, now
        )
