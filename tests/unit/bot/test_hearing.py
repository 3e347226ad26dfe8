"""A voice note is words where somebody can hear them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.engine import Engine
from bot.handlers import HANDLERS
from bot.nlu.result import NluResult
from bot.router import Router
from models.conversation import Conversation, Talk
from models.message import HINDI, Address, ChannelName, InboundMessage, Kind
from models.words import Name
from tests.conversations.givens import World, world
from tests.fakes.hearing import FakeHearing
from tests.unit.handlers.turns import CONSUMER, OWES, K, services
from voice.voice import Company, Voice

SENDER = Address(ChannelName.WHATSAPP, "+919999000001")


class Mute:
    """Understands nothing but keywords."""

    async def meaning(self, text: str, now: object) -> NluResult:
        """No intent, no values."""
        return NluResult(None, 0.0, (), (), "")


async def answer(hearing: FakeHearing | None, made: World) -> str:
    """What is said to a voice note."""
    engine = Engine(
        Router(HANDLERS, 0.7),
        Mute(),
        Voice(Company("AVVNL", Name("Ajmer Discom"), "1912")),
        services(made, hearing=hearing),
        default_tag=HINDI,
        idle=timedelta(hours=24),
    )
    message = InboundMessage("m1", SENDER, "", made.now, kind=Kind.VOICE, media=("https://x/1",))
    talk = Conversation(1, SENDER, made.person, Talk(told=frozenset({"privacy"})), version=1)
    (speech,) = (await engine.step(message, talk, made.now)).speeches
    return speech.text


@pytest.mark.parametrize("hearing", [None, FakeHearing()])
async def test_what_nobody_can_hear_is_asked_for_in_writing(hearing: FakeHearing | None) -> None:
    said = await answer(hearing, World())

    assert "लिखकर भेजें" in said


async def test_what_is_heard_is_answered_like_a_text() -> None:
    made = world((CONSUMER, OWES, f"the sender has {K}"))

    said = await answer(FakeHearing({"m1": "बिल"}), made)

    assert "₹1,240" in said
