"""An outbox in memory: the rows as the sender leaves them."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from models.message import DeliveryState


@dataclass(frozen=True, slots=True)
class Row:
    """What the outbox knows of one message."""

    state: DeliveryState
    provider_id: str = ""
    attempt: int = 0
    due_at: datetime | None = None
    reason: str = ""
    doubtful: bool = False


@dataclass
class FakeOutbox:
    """Rows by the message's id, as last written, and a pace of `rate` a second."""

    rows: dict[int, Row] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)  # messages in the order they were accepted
    rate: float = 100.0
    next_place: float = 0.0
    reserved: list[tuple[str, int]] = field(default_factory=list)
    trouble: Exception | None = None  # raised by every write

    async def accepted(self, message_id: int, provider_id: str) -> None:
        self._write(message_id, Row(DeliveryState.ACCEPTED, provider_id))
        self.order.append(message_id)

    async def again(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        self._write(message_id, Row(DeliveryState.RETRY, "", attempt, due_at, reason))

    async def doubtful(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        row = Row(DeliveryState.RETRY, "", attempt, due_at, reason, doubtful=True)
        self._write(message_id, row)

    async def stopped(self, message_id: int, state: DeliveryState, reason: str) -> None:
        self._write(message_id, Row(state, reason=reason))

    async def reserve(self, sender: str, count: int) -> float:
        self.reserved.append((sender, count))
        await asyncio.sleep(0)  # as long as a store that answers at once
        now = asyncio.get_running_loop().time()
        wait = max(0.0, self.next_place - now)
        self.next_place = now + wait + count / self.rate
        return wait

    def _write(self, message_id: int, row: Row) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.rows[message_id] = row
