"""What the engine sees to before anybody is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.engine import Engine
from bot.handlers import HANDLERS
from bot.nlu.result import NluResult
from bot.router import Router
from models.conversation import Conversation, Talk
from models.message import ENGLISH, InboundMessage
from tests.conversations.givens import world
from tests.conversations.stage import VOICE
from tests.unit.bot.meanings import meaning
from tests.unit.handlers.turns import CONSUMER, OWES, SENDER, services


class Reader:
    """Finds the values of a message; knows no intents."""

    async def meaning(self, text: str, now: datetime) -> NluResult:
        return meaning(text)


async def test_spaces_before_a_keyword_move_nothing() -> None:
    made = world((CONSUMER, OWES))
    engine = Engine(
        Router(HANDLERS, 0.5),
        Reader(),
        VOICE,
        services(made),
        default_tag=ENGLISH,
        idle=timedelta(hours=24),
    )
    message = InboundMessage("m1", SENDER, " \n PAY 901010000123 500", made.now)
    talk = Conversation(1, SENDER, made.person, Talk(told=frozenset({"privacy"})), version=1)

    step = await engine.step(message, talk, made.now)

    assert step.speeches[0].text.startswith("Pay ₹500 here")
