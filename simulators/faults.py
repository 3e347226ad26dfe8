"""A provider's bad days, on demand."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from aiohttp import web

BAD_GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Fault(StrEnum):
    """What may go wrong with one call."""

    TOO_MANY = "too many requests"  # 429: nothing was done
    BAD_GATEWAY = "bad gateway"  # 502 with a page of HTML: nothing was done
    SERVER_ERROR = "server error"  # 500 in the provider's own form: nothing was done
    SLOW = "slow"  # done, and answered only after `slow_seconds`
    LOST_ANSWER = "lost answer"  # done, and the connection is cut instead of an answer


@dataclass(slots=True)
class Faults:
    """Which calls go wrong: the `next` ones in order, others by `chance` (0..1 a kind)."""

    next: deque[Fault] = field(default_factory=deque)
    chance: Mapping[Fault, float] = field(default_factory=dict)
    slow_seconds: float = 20.0
    retry_after: int = 1
    dice: Random = field(default_factory=lambda: Random(1))

    def strike(self) -> Fault | None:
        """What befalls the call that has just come in."""
        if self.next:
            return self.next.popleft()
        for fault, chance in self.chance.items():
            if self.dice.random() < chance:
                return fault
        return None

    async def befall(
        self, fault: Fault | None, request: web.Request, response: web.Response
    ) -> web.Response:
        """Give the answer to a call that was done the way `fault` would have it arrive."""
        if fault is Fault.SLOW:
            await asyncio.sleep(self.slow_seconds)
        elif fault is Fault.LOST_ANSWER and request.transport is not None:
            request.transport.abort()
        return response


def bad_gateway() -> web.Response:
    """The page a provider's front door shows when nobody is behind it."""
    return web.Response(status=502, text=BAD_GATEWAY_PAGE, content_type="text/html")
