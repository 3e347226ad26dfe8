"""Turns to hand to a handler, from what a transcript would say is true."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.nlu.entities import find_entities, raw_entities
from bot.nlu.normalise import normalise
from bot.nlu.result import NluResult
from bot.nlu.tokens import split
from bot.ports import Hearing, Services
from bot.turn import Turn
from models.conversation import Conversation, Talk
from models.k_number import KNumber
from models.message import ENGLISH, Address, ChannelName, InboundMessage
from models.money import Money
from tests.conversations.givens import World

SENDER = Address(ChannelName.WHATSAPP, "+919999000001")
K = KNumber("901010000123")
OTHER = KNumber("901010000456")
Facts = Mapping[str, str]
NO_FACTS: Facts = MappingProxyType({})
CONSUMER = f"consumer {K}, Ramesh Kumar / रमेश कुमार"
OWES = "owes ₹1,240 by 5 Dec 2026, then ₹1,264"


def services(made: World, hearing: Hearing | None = None) -> Services:
    """What a handler may ask of this world."""
    return Services(
        accounts=made.accounts,
        payments=made.payments,
        codes=made.records,
        cases=made.records,
        papers=made.papers,
        offices=made.offices,
        tariffs=made.tariffs,
        partial_payments=made.partial,
        least_part=Money(100_00),
        helpline="1912",
        public_url="https://bijli.avvnl.example",
        hearing=hearing,
    )


def a_turn(made: World, text: str = "", k: KNumber | None = None, facts: Facts = NO_FACTS) -> Turn:
    """One message in this world; about the consumer named last unless it names another."""
    normal = normalise(text)
    found = find_entities(normal.text, split(normal.text), made.now)
    about = k or made.last
    return Turn(
        message=InboundMessage("m1", SENDER, text, made.now),
        text=text,
        conversation=Conversation(1, SENDER, made.person, Talk(), version=1),
        meaning=NluResult(None, 0.0, (), raw_entities(found, normal), "en"),
        tag=ENGLISH,
        services=services(made),
        now=made.now,
        account=made.accounts.accounts[about] if about else None,
        facts=facts,
    )
