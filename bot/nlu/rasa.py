"""Rasa as a second engine: it names the intent; values, language and danger stay our own."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from bot.nlu.normalise import LONGEST
from bot.nlu.places import Places
from bot.nlu.result import NluResult
from bot.nlu.safety import SAFETY
from bot.nlu.understand import Understander
from models.errors import Temporary

log = structlog.get_logger()

FAILURES: Final = 3  # so many in a row, and Rasa is left in peace
REST: Final = 10.0  # seconds until it is asked again
_RANKED = 5  # intents in a ranking
_MOST_SURE = 1.001  # a sum of floats may end above one

Ask = Callable[[str], Awaitable[object]]  # `/model/parse`, decoded; raises Temporary without one
Count = Callable[[str], None]  # told of each message for Rasa: answered, failed, resting


class RasaUnderstanding:
    """Asks Rasa for the intent, and understands by itself where Rasa does not answer.

    A danger that we see is never asked about, nor is a message without a letter.
    """

    def __init__(
        self, ask: Ask, own: Understander, count: Count, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask = ask
        self._own = own
        self._count = count
        self._breaker = Breaker(clock)

    def know(self, places: Places) -> None:
        """Find these places in messages from now on."""
        self._own.know(places)

    async def meaning(self, text: str, now: datetime) -> NluResult:
        """Understand one message: with Rasa where it answers, as well as we can without."""
        own = self._own.understand(text, now)
        if own.intent == SAFETY or not any(letter.isalpha() for letter in text[:LONGEST]):
            return own
        if not self._breaker.lets_through():
            self._count("resting")
            return own
        try:
            heard = self._united(own, await self._ask(text[:LONGEST]))
        except Temporary as error:
            self._count("failed")
            self._breaker.failed(str(error))
            return own
        self._count("answered")
        self._breaker.answered()
        return heard

    def _united(self, own: NluResult, payload: object) -> NluResult:
        """Rasa's intents with our values; raises Temporary where it names none of ours."""
        named, ranked = read_intents(payload)
        ours = sorted(
            ((name, sure) for name, sure in ranked if name in self._own.intents),
            key=lambda it: -it[1],
        )
        if not ours:
            raise Temporary("Rasa names no intent of ours")
        best, sure = ours[0]
        intent = best if named == best else None  # what to refuse is settled by its pipeline
        return replace(own, intent=intent, confidence=sure, ranking=tuple(ours[:_RANKED]))


class Breaker:
    """Lets nothing through after three failures in a row, then one message every ten seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._rests_until: float | None = None

    def lets_through(self) -> bool:
        """Whether to ask; the first to be let through after a rest is alone in it."""
        if self._rests_until is None:
            return True
        if self._clock() < self._rests_until:
            return False
        self._rests_until = self._clock() + REST
        return True

    def failed(self, why: str) -> None:
        """One was not answered."""
        self._failures += 1
        if self._failures < FAILURES:
            return
        if self._rests_until is None:
            log.warning("rasa_away", why=why, instead="embedded")
        self._rests_until = self._clock() + REST

    def answered(self) -> None:
        """One was answered: all is well again."""
        if self._rests_until is not None:
            log.info("rasa_back")
        self._failures, self._rests_until = 0, None


def read_intents(payload: object) -> tuple[str, list[tuple[str, float]]]:
    """The intent that Rasa settled on and its ranking; raises Temporary for anything else.

    A message that it would rather not judge is `nlu_fallback`, which stands in the ranking too.
    """
    if not isinstance(payload, Mapping):
        raise Temporary("Rasa's answer is unreadable")
    ranking = payload.get("intent_ranking")
    if not isinstance(ranking, list):
        raise Temporary("Rasa's answer has no ranking")
    return _scored(payload.get("intent"))[0], [_scored(it) for it in ranking]


def _scored(intent: object) -> tuple[str, float]:
    if isinstance(intent, Mapping):
        name, sure = intent.get("name"), intent.get("confidence")
        if isinstance(name, str) and isinstance(sure, int | float) and 0 <= sure <= _MOST_SURE:
            return name, min(float(sure), 1.0)
    raise Temporary("Rasa's answer is unreadable")
