"""Something to be told to a provider at start-up, however long it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from models.errors import Permanent, Temporary, Unknown

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


async def keep_trying(what: str, attempt: Callable[[], Awaitable[None]]) -> None:
    """Try until it works, or is refused for good, which staff find in the log."""
    wait = FIRST_WAIT
    while True:
        try:
            await attempt()
        except (Temporary, Unknown) as error:
            log.warning("set_up_waits", what=what, reason=str(error), seconds=wait)
        except Permanent as error:
            log.error("set_up_refused", what=what, reason=str(error))  # noqa: TRY400 -- it is foreseen
            return
        else:
            log.info("set_up_done", what=what)
            return
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)
