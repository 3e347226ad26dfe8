"""How far a message in parts has come: an attempt goes on where the last one ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from models.errors import Permanent

T = TypeVar("T")
MOST_KEPT = 1000


class Progress:
    """The parts of unfinished messages that a provider has taken; forgotten with the process."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}

    async def send(
        self, message_id: int, parts: Sequence[T], send: Callable[[T], Awaitable[str]]
    ) -> str:
        """Send the parts that were not taken yet, in order; the provider's id of the last one.

        The order is ours: a provider is not told of a part before it has taken the one before.
        """
        done = self._taken.pop(message_id, 0)
        provider_id = ""
        for part in parts[done:]:
            try:
                provider_id = await send(part)
            except Permanent:
                raise
            except BaseException:
                self._keep(message_id, done)
                raise
            done += 1
        return provider_id

    def _keep(self, message_id: int, done: int) -> None:
        if done:
            self._taken[message_id] = done
        while len(self._taken) > MOST_KEPT:
            del self._taken[next(iter(self._taken))]
