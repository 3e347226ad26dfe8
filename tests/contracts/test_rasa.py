"""What a person is told while Rasa is away, slow or out of its mind."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.nlu.rasa import RasaUnderstanding
from bot.nlu.understand import Understander
from tests.contracts import rasa_worlds
from tests.contracts.rasa_worlds import RasaWorld, asked, counted_in, recorded
from tests.conversations import conftest

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
BILL = "mera bill kitna hai"
DANGER = "transformer se chingari nikal rahi hai"

understanding = conftest.understanding
own = rasa_worlds.own


@pytest.fixture
async def world(own: Understander) -> AsyncIterator[RasaWorld]:
    """Our adapter and a server of recorded answers."""
    async with recorded(own) as made:
        yield made


def answer(*ranking: tuple[str, object], intent: str = "") -> str:
    """An answer in Rasa's form; its intent is the first of the ranking unless named."""
    scored = [{"name": name, "confidence": sure} for name, sure in ranking]
    named = {"name": intent, "confidence": 0.3} if intent else scored[0]
    return json.dumps({"text": BILL, "intent": named, "intent_ranking": scored})


async def test_rasa_names_the_intent_and_we_find_the_rest(
    world: RasaWorld, own: Understander
) -> None:
    world.rasa.body = answer(("bill_pay", 0.8), ("bill_view", 0.1), ("out_of_scope", 0.1))

    result = await world.understanding.meaning("901010000123 ka bill", NOW)

    alone = own.understand("901010000123 ka bill", NOW)
    assert (result.intent, result.confidence) == ("bill_pay", 0.8)
    assert result.ranking == (("bill_pay", 0.8), ("bill_view", 0.1))
    assert (result.entities, result.language) == (alone.entities, alone.language)
    assert world.counted == {"answered": 1}


async def test_a_danger_that_rasa_would_not_see_is_told_without_asking(world: RasaWorld) -> None:
    world.rasa.body = answer(("bill_view", 1.0))

    result = await world.understanding.meaning(DANGER, NOW)

    assert result.intent == "safety_hazard"
    assert world.rasa.heard == []


async def test_a_danger_that_only_rasa_sees_is_a_danger(world: RasaWorld) -> None:
    world.rasa.body = answer(("safety_hazard", 0.7), ("bill_view", 0.1))

    assert (await world.understanding.meaning(BILL, NOW)).intent == "safety_hazard"


@pytest.mark.parametrize("text", ["901010000123", "2", "🙏", "?"])
async def test_what_has_no_letter_is_not_asked_about(world: RasaWorld, text: str) -> None:
    await world.understanding.meaning(text, NOW)

    assert world.rasa.heard == []


async def test_rasa_reads_as_much_of_a_message_as_we_do(world: RasaWorld) -> None:
    await world.understanding.meaning("bill " * 500, NOW)

    assert [len(it) for it in world.rasa.heard] == [300]


@pytest.mark.parametrize("named", ["nlu_fallback", "out_of_scope", "an_intent_of_others"])
async def test_an_intent_that_is_not_ours_is_a_refusal(world: RasaWorld, named: str) -> None:
    world.rasa.body = answer((named, 0.5), ("bill_view", 0.4), ("bill_pay", 0.1))

    result = await world.understanding.meaning(BILL, NOW)

    assert result.intent is None
    assert result.ranking == (("bill_view", 0.4), ("bill_pay", 0.1))
    assert result.confidence == 0.4


async def test_what_rasa_settles_on_can_be_offered_however_unsure_it_is(world: RasaWorld) -> None:
    world.rasa.body = answer(("bill_pay", 0.1), ("bill_view", 0.09))

    result = await world.understanding.meaning(BILL, NOW)

    assert (result.intent, result.confidence) == ("bill_pay", 0.1)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not JSON",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        '{"intent": {"name": "bill_view", "confidence": 1}, "intent_ranking": "none"}',
        '{"intent": null, "intent_ranking": [{"name": "bill_pay", "confidence": 0.9}]}',
        answer(("bill_pay", "very")),
        answer(("bill_pay", -0.1)),
        answer(("bill_pay", 7)),
        '{"intent": {"name": "bill_pay", "confidence": NaN}, "intent_ranking": []}',
        answer(("nothing_of_ours", 0.9)),
    ],
)
async def test_nonsense_is_answered_by_ourselves(
    world: RasaWorld, own: Understander, body: str
) -> None:
    world.rasa.body = body

    assert await world.understanding.meaning(BILL, NOW) == own.understand(BILL, NOW)
    assert world.counted == {"failed": 1}


@pytest.mark.parametrize("status", [302, 400, 401, 500, 503])
async def test_a_refusal_is_answered_by_ourselves(
    world: RasaWorld, own: Understander, status: int
) -> None:
    world.rasa.status = status

    assert await world.understanding.meaning(BILL, NOW) == own.understand(BILL, NOW)
    assert world.counted == {"failed": 1}


async def test_nobody_waits_for_a_slow_rasa(own: Understander) -> None:
    async with recorded(own, patience=0.3) as world:
        world.rasa.delay = 3.0
        since = time.monotonic()

        result = await world.understanding.meaning(BILL, NOW)
        waited = time.monotonic() - since

    assert result == own.understand(BILL, NOW)
    assert 0.25 < waited < 2.5
    assert world.counted == {"failed": 1}


async def test_a_rasa_that_is_down_costs_nobody_an_answer(own: Understander) -> None:
    counted: Counter[str] = Counter()
    async with asked("http://127.0.0.1:9") as server:  # nobody listens there
        engine = RasaUnderstanding(server.ask, own, counted_in(counted))

        results = [await engine.meaning(BILL, NOW) for _ in range(5)]

    assert results == [own.understand(BILL, NOW)] * 5
    assert counted == {"failed": 3, "resting": 2}


async def test_after_three_failures_rasa_rests_for_ten_seconds(
    world: RasaWorld, own: Understander
) -> None:
    world.rasa.status = 500
    for _ in range(5):
        await world.understanding.meaning(BILL, NOW)
    assert len(world.rasa.heard) == 3

    world.wait(9.9)
    await world.understanding.meaning(BILL, NOW)
    assert len(world.rasa.heard) == 3

    world.wait(0.2)
    await world.understanding.meaning(BILL, NOW)
    await world.understanding.meaning(BILL, NOW)
    assert len(world.rasa.heard) == 4  # asked once, and it was no better


async def test_a_rasa_that_is_back_is_asked_at_once_again(world: RasaWorld) -> None:
    world.rasa.status = 500
    for _ in range(3):
        await world.understanding.meaning(BILL, NOW)
    world.rasa.status = 200
    world.wait(10.1)

    for _ in range(3):
        await world.understanding.meaning(BILL, NOW)

    assert world.counted == {"failed": 3, "answered": 3}


async def test_failures_now_and_then_make_nobody_rest(world: RasaWorld) -> None:
    for status in (500, 500, 200) * 3:
        world.rasa.status = status
        await world.understanding.meaning(BILL, NOW)

    assert world.counted == {"failed": 6, "answered": 3}


async def test_the_log_says_once_that_rasa_is_away_and_once_that_it_is_back(
    world: RasaWorld,
) -> None:
    with capture_logs() as logs:
        world.rasa.status = 500
        for _ in range(4):
            await world.understanding.meaning(BILL, NOW)
            world.wait(10.1)
        world.rasa.status = 200
        for _ in range(2):
            await world.understanding.meaning(BILL, NOW)

    assert [it["event"] for it in logs] == ["rasa_away", "rasa_back"]
    assert logs[0]["why"] == "Rasa answered 500"
    assert BILL not in str(logs)
