"""What understanding a message gives: an intent, how sure we are, and the values in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entity:
    """A value found in a message; `start` and `end` count code points of the raw text."""

    entity: str
    value: str | int | float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NluResult:
    """One message, understood."""

    intent: str | None  # None: refused, or nothing of ours
    confidence: float  # the probability that the first of `ranking` is right
    ranking: tuple[tuple[str, float], ...]  # intents of ours by falling confidence
    entities: tuple[Entity, ...]  # in the order of the text
    language: str  # "en", "hi", "hi-Latn"; "" when the message has none (a number, an emoji, "ok")


class Understanding(Protocol):
    """Whoever turns a message into an `NluResult`."""

    async def meaning(self, text: str, now: datetime) -> NluResult:
        """Understand one message; `now` settles words like *kal*. Never raises for any text."""
        ...
