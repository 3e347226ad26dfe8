"""Letters in order to each person, many people at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from channels.outbox import Letter
from models.message import Address

Deliver = Callable[[Letter], Awaitable[float | None]]
"""Makes one attempt: None, or the seconds to wait before the next. Never raises."""


@dataclass(slots=True)
class _Lane:
    """One person's letters; the first of them is being sent, or waits to be tried again."""

    letters: deque[Letter] = field(default_factory=deque)
    alarm: asyncio.TimerHandle | None = None
    busy: bool = False


class Lanes:
    """The letters of one channel.

    A letter that waits a little to be tried again holds back the same person's later ones, so that
    they arrive in order; nobody else waits for it.
    """

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._lanes: dict[Address, _Lane] = {}
        self._held: set[int] = set()
        self._ready: asyncio.Queue[Address] = asyncio.Queue()
        self._moving = 0  # lanes that are ready or busy
        self._still = asyncio.Event()
        self._still.set()
        self._stopping = False

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, message_id: int) -> bool:
        return message_id in self._held

    def post(self, letter: Letter) -> None:
        """Put a letter behind the same person's earlier ones; one that is here already stays."""
        if letter.message.id in self._held:
            return
        self._held.add(letter.message.id)
        lane = self._lanes.get(letter.message.to)
        if lane is None:
            lane = self._lanes[letter.message.to] = _Lane()
            self._make_ready(letter.message.to)
        lane.letters.append(letter)

    async def serve(self) -> None:
        """Send one person's next letter after another's, for ever."""
        while True:
            address = await self._ready.get()
            lane = self._lanes[address]
            lane.busy = True
            letter = lane.letters[0]
            wait = await self._deliver(letter)
            lane.busy = False
            if wait is None:
                lane.letters.popleft()
                self._held.discard(letter.message.id)
                self._go_on(address, lane)
            else:
                lane.letters[0] = replace(letter, attempt=letter.attempt + 1)
                self._try_later(address, lane, wait)
            self._rest()

    async def stop(self) -> None:
        """Try no letter again, and wait until every other one is settled."""
        self._stopping = True
        for lane in self._lanes.values():
            if lane.alarm is not None:
                lane.alarm.cancel()
        await self._still.wait()

    def left(self) -> list[Letter]:
        """The letters that are here and not being sent at this moment."""
        return [
            letter
            for lane in self._lanes.values()
            for place, letter in enumerate(lane.letters)
            if place or not lane.busy
        ]

    def _go_on(self, address: Address, lane: _Lane) -> None:
        if lane.letters:
            self._make_ready(address)
        else:
            del self._lanes[address]

    def _try_later(self, address: Address, lane: _Lane, wait: float) -> None:
        if not self._stopping:
            loop = asyncio.get_running_loop()
            lane.alarm = loop.call_later(wait, self._make_ready, address)

    def _make_ready(self, address: Address) -> None:
        self._moving += 1
        self._still.clear()
        self._ready.put_nowait(address)

    def _rest(self) -> None:
        self._moving -= 1
        if not self._moving:
            self._still.set()
