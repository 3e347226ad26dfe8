"""What a message holds, without a trained classifier: its values, and the intent a test names."""

from datetime import UTC, datetime

from bot.nlu.entities import find_entities, raw_entities
from bot.nlu.normalise import normalise
from bot.nlu.result import NluResult
from bot.nlu.tokens import split

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def meaning(text: str, intent: str | None = None, confidence: float = 0.9) -> NluResult:
    """The values of a message, and an intent."""
    normal = normalise(text)
    found = find_entities(normal.text, split(normal.text), NOW)
    ranking = ((intent, confidence),) if intent else ()
    return NluResult(intent, confidence, ranking, raw_entities(found, normal), "en")
