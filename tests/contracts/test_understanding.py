"""What every engine of understanding promises, whoever names the intent."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from bot.nlu.rasa import RasaUnderstanding
from bot.nlu.result import Understanding
from bot.nlu.understand import Understander
from tests.contracts import rasa_worlds
from tests.contracts.rasa_worlds import asked, counted_in, rasa_in_person, recorded
from tests.conversations import conftest

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DANGER = "transformer se chingari nikal rahi hai"
HOSTILE = ("", " ", "?", "x" * 10_000, "\ud800 bill \udfff", "\x00bill\x00", "्ा़ं", "🙏" * 400)

understanding = conftest.understanding
own = rasa_worlds.own


@pytest.fixture(scope="session")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where Rasa itself answers."""
    with rasa_in_person(tmp_path_factory.mktemp("rasa") / "rasa.log") as base:
        yield base


@pytest.fixture(params=["embedded", "rasa recorded", "rasa in person"])
async def engine(request: pytest.FixtureRequest, own: Understander) -> AsyncIterator[Understanding]:
    """Each engine in turn."""
    if request.param == "embedded":
        yield own
    elif request.param == "rasa recorded":
        async with recorded(own) as world:
            yield world.understanding
    else:
        counted: Counter[str] = Counter()
        async with asked(request.getfixturevalue("rasa")) as server:
            yield RasaUnderstanding(server.ask, own, counted_in(counted))
        assert not counted["failed"], "Rasa was asked and did not answer"


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("mera bill kitna hai", "bill_view", "hi-Latn"),
        ("मेरा बिल कितना है", "bill_view", "hi"),
        ("subah se bijli nahi aa rahi", "outage_report", "hi-Latn"),
    ],
)
async def test_a_wish_is_named(
    engine: Understanding, text: str, intent: str, language: str
) -> None:
    result = await engine.meaning(text, NOW)

    assert (result.intent, result.language) == (intent, language)
    assert result.ranking[0] == (intent, result.confidence)


@pytest.mark.parametrize("text", ["mera bill kitna hai", "aaj mausam kaisa hai", "pizza chahiye"])
async def test_a_ranking_holds_wishes_of_ours_by_falling_confidence(
    engine: Understanding, own: Understander, text: str
) -> None:
    ranking = (await engine.meaning(text, NOW)).ranking

    names, confidences = zip(*ranking, strict=True)
    assert len(names) >= 3
    assert len(set(names)) == len(names)
    assert set(names) <= own.intents
    assert list(confidences) == sorted(confidences, reverse=True)
    assert all(0 <= it <= 1 for it in confidences)


@pytest.mark.parametrize("text", ["aaj mausam kaisa hai", "pizza chahiye"])
async def test_what_is_not_ours_is_refused(engine: Understanding, text: str) -> None:
    result = await engine.meaning(text, NOW)

    assert result.intent is None
    assert result.confidence == result.ranking[0][1]


async def test_values_are_found_where_they_stand(engine: Understanding) -> None:
    result = await engine.meaning("901010000123 ka bill batao", NOW)

    assert result.intent == "bill_view"
    (k_number,) = result.entities
    assert (k_number.entity, k_number.value) == ("k_number", "901010000123")
    assert (k_number.start, k_number.end) == (0, 12)


async def test_danger_is_danger(engine: Understanding) -> None:
    assert (await engine.meaning(DANGER, NOW)).intent == "safety_hazard"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_text_breaks_it(engine: Understanding, text: str) -> None:
    result = await engine.meaning(text, NOW)

    assert 0 <= result.confidence <= 1
    assert len(result.ranking) >= 3
