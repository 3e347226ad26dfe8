"""The pace of one sender, shared with every other process that sends under its name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Reserve = Callable[[str, int], Awaitable[float]]
"""Keeps so many places in a sender's pace; gives the seconds until the first of them."""

CHUNK = 0.25  # seconds of places kept at a time: more, and another process would starve


class Pace:
    """Lets callers go one after another, `rate` a second; zero is no limit."""

    def __init__(self, sender: str, rate: float, reserve: Reserve) -> None:
        self._sender = sender
        self._rate = rate
        self._reserve = reserve
        self._asking = asyncio.Lock()
        self._waiting = 0
        self._places = 0
        self._next = 0.0  # when the next of our places comes, as the loop counts

    async def turn(self) -> None:
        """Wait for our place."""
        if self._rate <= 0:
            return
        self._waiting += 1
        try:
            async with self._asking:
                place = await self._place()
        finally:
            self._waiting -= 1
        await asyncio.sleep(max(0.0, place - asyncio.get_running_loop().time()))

    async def _place(self) -> float:
        if not self._places:
            # One question to the store serves everybody who waits here.
            count = max(1, min(self._waiting, round(self._rate * CHUNK)))
            wait = await self._reserve(self._sender, count)
            self._places, self._next = count, asyncio.get_running_loop().time() + wait
        self._places -= 1
        place, self._next = self._next, self._next + 1 / self._rate
        return place
