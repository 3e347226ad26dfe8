"""One attempt to send one letter, and what is written down about it."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from channels.outbox import Letter, Outbox
from channels.pace import Pace
from models.errors import (
    Misconfigured,
    OutsideWindow,
    Permanent,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)
from models.message import ChannelName, DeliveryState, OutboundMessage

log = structlog.get_logger()

ATTEMPTS = 6
FIRST_WAIT, GROWTH = 2.0, 6.0  # 2 s, 12 s, 72 s, 7 min, 43 min: about an hour in all
AT_HAND = 20.0  # so many seconds a letter waits in memory; a longer wait is written down
DOUBT = timedelta(seconds=60)  # so long the provider may tell by itself what became of a message
_KINDS: tuple[tuple[type[Trouble], str], ...] = (
    (PersonUnreachable, "unreachable"),
    (OutsideWindow, "outside-window"),
    (Misconfigured, "misconfigured"),
    (Permanent, "refused"),
    (Unknown, "unknown"),
    (Temporary, "temporary"),
)


class Provider(Protocol):
    """What sending needs of a channel."""

    async def send(self, message: OutboundMessage) -> str:
        """See `Channel`."""

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """See `Channel`."""


class Delivery:
    """Delivers letters on one channel."""

    def __init__(
        self,
        name: ChannelName,
        provider: Provider,
        outbox: Outbox,
        pace: Pace,
        clock: Callable[[], datetime],
    ) -> None:
        self._name = name
        self._provider = provider
        self._outbox = outbox
        self._pace = pace
        self._clock = clock

    async def deliver(self, letter: Letter) -> float | None:
        """Make one attempt.

        Gives the seconds to wait here before the next; None where the letter is settled or written
        down for later. Never raises: what nobody foresaw ends this letter and no other.
        """
        try:
            return await self._attempt(letter)
        except Temporary as error:  # the store's: what the provider says is dealt with below
            log.warning("reply_not_noted", message=letter.message.id, reason=str(error))
            return None  # the row stays as it is, to whoever takes it over
        except Exception as error:
            log.exception("reply_failed", message=letter.message.id, channel=self._name)
            # Whatever it is, it may not end the sender.
            with suppress(Exception):
                await self._stop(
                    letter, DeliveryState.FAILED, f"unexpected: {type(error).__name__}"
                )
            return None

    async def put_back(self, letter: Letter, wait: float, reason: str) -> None:
        """Have a letter handed over again after so many seconds, as the attempt it says."""
        due_at = self._clock() + timedelta(seconds=wait)
        write = self._outbox.doubtful if letter.doubtful else self._outbox.again
        await write(letter.message.id, letter.attempt, due_at, reason)

    async def _attempt(self, letter: Letter) -> float | None:
        try:
            provider_id = await self._send(letter)
        except Unknown as error:
            await self._doubt(letter, error)
        except Temporary as error:
            return await self._put_off(letter, error)
        except Permanent as error:
            await self._stop(letter, DeliveryState.FAILED, _reason(error))
        else:
            await self._outbox.accepted(letter.message.id, provider_id)
            log.info(
                "reply_sent", message=letter.message.id, channel=self._name, attempt=letter.attempt
            )
        return None

    async def _send(self, letter: Letter) -> str:
        if letter.doubtful:
            try:
                found = await self._provider.was_sent(letter.message, letter.since)
            except Unknown as error:  # of the look-up, which may be made again
                raise Temporary(str(error)) from error
            if found is not None:
                return found
        await self._pace.turn()
        return await self._provider.send(letter.message)

    async def _doubt(self, letter: Letter, error: Unknown) -> None:
        """Wait for a receipt, then look it up and send it once more; a second doubt is the end."""
        if letter.doubtful:
            await self._stop(letter, DeliveryState.UNKNOWN, _reason(error))
            return
        log.warning("reply_doubtful", message=letter.message.id, reason=str(error))
        due_at = self._clock() + DOUBT
        await self._outbox.doubtful(letter.message.id, letter.attempt + 1, due_at, _reason(error))

    async def _put_off(self, letter: Letter, error: Temporary) -> float | None:
        if letter.attempt >= ATTEMPTS:
            state = DeliveryState.UNKNOWN if letter.doubtful else DeliveryState.FAILED
            await self._stop(letter, state, f"gave-up: {error}")
            return None
        wait = backoff(letter.attempt, error.wait)
        log.info("reply_put_off", message=letter.message.id, reason=str(error), seconds=wait)
        if wait <= AT_HAND:
            return wait
        await self.put_back(replace(letter, attempt=letter.attempt + 1), wait, _reason(error))
        return None

    async def _stop(self, letter: Letter, state: DeliveryState, reason: str) -> None:
        log.warning("reply_stopped", message=letter.message.id, state=state, reason=reason)
        await self._outbox.stopped(letter.message.id, state, reason)


def backoff(attempt: int, asked: float | None) -> float:
    """The seconds between this attempt and the next, spread so that nobody comes back together.

    Never less than what the provider asked for.
    """
    wait = FIRST_WAIT * GROWTH ** (attempt - 1)
    spread = random.uniform(0.75, 1.0)  # noqa: S311 -- nothing secret about it
    return max(wait * spread, (asked or 0.0) * (2.0 - spread))


def _reason(error: Trouble) -> str:
    kind = next(name for kind, name in _KINDS if isinstance(error, kind))
    return f"{kind}: {error}"
