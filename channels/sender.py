"""Send what is in the outbox, at the channel's pace; nobody waits for somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

import structlog

from channels.delivery import Delivery, Provider
from channels.lanes import Lanes
from channels.outbox import Letter, Outbox
from channels.pace import Pace
from models.errors import Trouble
from models.message import ChannelName

__all__ = ["Letter", "Outbox", "Sender"]

log = structlog.get_logger()

AT_ONCE = 32  # sends in flight on one channel
_HANDED_BACK = "stopping"


class Sender:
    """Sends letters: `post` hands one over, `run` does the work until `close`."""

    def __init__(
        self,
        providers: Mapping[ChannelName, Provider],
        outbox: Outbox,
        clock: Callable[[], datetime],
        rates: Mapping[ChannelName, float],
    ) -> None:
        """`rates` are messages a second for each channel's sender; zero or none is no limit."""
        self._deliveries = {
            name: Delivery(
                name, provider, outbox, Pace(name, rates.get(name, 0.0), outbox.reserve), clock
            )
            for name, provider in providers.items()
        }
        self._lanes = {name: Lanes(it.deliver) for name, it in self._deliveries.items()}
        self._closing = False
        self._closed = asyncio.Event()

    @property
    def waiting(self) -> int:
        """Letters taken up and not settled."""
        return sum(len(lanes) for lanes in self._lanes.values())

    def holds(self, message_id: int) -> bool:
        """Whether a letter is taken up and not settled."""
        return any(message_id in lanes for lanes in self._lanes.values())

    def post(self, letter: Letter) -> bool:
        """Take a letter up; never waits.

        False where it is not taken, for the sender is closing or has no such channel: the row then
        stays for another process.
        """
        lanes = self._lanes.get(letter.message.to.channel)
        if lanes is None or self._closing:
            return False
        lanes.post(letter)
        return True

    async def run(self) -> None:
        """Send until closed."""
        async with asyncio.TaskGroup() as tasks:
            workers = [
                tasks.create_task(lanes.serve())
                for lanes in self._lanes.values()
                for _ in range(AT_ONCE)
            ]
            await self._closed.wait()
            for worker in workers:
                worker.cancel()

    async def close(self, limit: float = 10.0) -> None:
        """Take up no more, send what can be sent within `limit` seconds, hand back the rest.

        A send that is cut off is left as it stands in the outbox: it may have been taken.
        """
        self._closing = True
        try:
            async with asyncio.timeout(limit):
                await asyncio.gather(*(lanes.stop() for lanes in self._lanes.values()))
        except TimeoutError:
            log.warning("sender_cut_off", letters=self.waiting)
        left = [
            (self._deliveries[name], letter)
            for name, lanes in self._lanes.items()
            for letter in lanes.left()
        ]
        self._closed.set()
        for delivery, letter in left:
            # A store that does not answer leaves the row to whoever takes it over.
            with suppress(Trouble):
                await delivery.put_back(letter, 0.0, _HANDED_BACK)
