"""Plays a transcript through the real engine, router, understanding and voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.engine import Engine, Step
from bot.handlers import HANDLERS
from bot.nlu.decision import Costs, answer_at
from bot.nlu.result import Understanding
from bot.options import key
from bot.ports import Services
from bot.router import Router
from models.conversation import Conversation, Talk
from models.deeds import SendCode
from models.message import HINDI, Address, ChannelName, InboundMessage, Kind, Phone
from models.money import Money
from models.words import Name
from tests.conversations.givens import World, world
from tests.conversations.script import Scene
from voice.voice import Company, Voice

ADDRESSES = {
    ChannelName.WHATSAPP: "+919999000001",
    ChannelName.SMS: "+919999000001",
    ChannelName.TELEGRAM: "9990001",
}
HERE = "geo:26.4499,74.6399"
MINE = Phone("+919999000001")
COMPANY = Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912")
VOICE = Voice(COMPANY)


@dataclass(frozen=True, slots=True)
class Played:
    """What was said, and the lines it was answered with."""

    said: str
    answered: tuple[str, ...]
    step: Step


def play(
    scene: Scene, channel: ChannelName, understanding: Understanding, *, registered: bool = False
) -> Stage:
    """A stage on which the scene can be played; `registered`: SMS leaves by an Indian route."""
    return Stage(scene, channel, world(scene.givens), understanding, registered=registered)


class Stage:
    """One talk on one channel."""

    def __init__(
        self,
        scene: Scene,
        channel: ChannelName,
        made: World,
        understanding: Understanding,
        *,
        registered: bool,
    ) -> None:
        self._scene, self._world = scene, made
        told = frozenset() if made.first_time else frozenset({"privacy", "hindi"})
        self._address = Address(channel, ADDRESSES[channel])
        self._conversation = Conversation(1, self._address, made.person, Talk(told=told), version=1)
        services = Services(
            accounts=made.accounts,
            payments=made.payments,
            codes=made.records,
            cases=made.records,
            papers=made.papers,
            offices=made.offices,
            tariffs=made.tariffs,
            partial_payments=made.partial,
            least_part=Money(100_00),
            helpline=COMPANY.helpline,
            public_url="https://bijli.avvnl.example",
        )
        self._engine = Engine(
            Router(HANDLERS, answer_at(Costs())),
            understanding,
            VOICE,
            services,
            default_tag=HINDI,
            idle=timedelta(hours=24),
            registered_sms=registered,
        )

    async def run(self) -> list[Played]:
        """Say every line of the scene and note the answers."""
        played = []
        for turn, exchange in enumerate(self._scene.exchanges, 1):
            now = self._world.now + timedelta(minutes=turn)
            message = self._message(f"m{turn}", exchange.said)
            message = replace(message, received_at=now)
            step = await self._engine.step(message, self._conversation, now)
            self._remember(step, now)
            played.append(Played(exchange.said, tuple(_lines(step)), step))
        return played

    def _message(self, name: str, said: str) -> InboundMessage:
        message = InboundMessage(name, self._address, said, self._world.now)
        if said.startswith("["):
            label = said.strip("[]")
            offered = {it.label: it.key for it in self._conversation.talk.offered}
            return replace(message, text=label, kind=Kind.CHOICE, choice=offered[label])
        if said.startswith("(tap "):
            wish = said.removeprefix("(tap ").removesuffix(")")
            return replace(message, text="", kind=Kind.CHOICE, choice=wish)
        if said.startswith("(secret)"):
            return replace(message, text=said.removeprefix("(secret)").strip(), blanked=True)
        if said.startswith("(code)"):
            # As the records hand it on: the digits are gone, their hash is there.
            return replace(message, text="••••••", code=said.removeprefix("(code)").strip())
        if said == "(my number)":
            return replace(message, text="", kind=Kind.CONTACT, shared_phone=MINE)
        if said.startswith("(missed call"):
            purpose = said.strip("()").removeprefix("missed call: ")
            called = key("missed_call", purpose=purpose)
            return replace(message, text="", kind=Kind.MISSED_CALL, choice=called)
        if said == "(location)":
            return replace(message, text="", kind=Kind.LOCATION, media=(HERE,))
        if said.startswith("("):
            return replace(message, text="", kind=Kind(said.strip("()")))
        return message

    def _remember(self, step: Step, now: datetime) -> None:
        person = self._world.records.do(self._conversation.person, step.deeds, now)
        self._world.accounts.own = person.own
        if step.chosen_tag is not None:
            person = replace(person, tag=step.chosen_tag)
        self._conversation = replace(self._conversation, talk=step.talk, person=person)


def _lines(step: Step) -> Iterator[str]:
    yield from (f"(code) {it.words}" for it in step.deeds if isinstance(it, SendCode))
    for speech in step.speeches:
        yield from (line for line in speech.text.splitlines() if line)
        if speech.options:
            yield " ".join(f"[{label}]" for _, label in speech.options)
        yield from (f"({it.name})" for it in speech.attached)
