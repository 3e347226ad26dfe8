"""Whatever people write or tap, they get words back, and the talk can go on."""

from __future__ import annotations

import asyncio
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.engine import Engine, Step
from bot.handlers import HANDLERS
from bot.nlu.decision import Costs, answer_at
from bot.nlu.result import Understanding
from bot.router import Router
from channels.text import readable
from models.conversation import Conversation, Person, Talk
from models.errors import Temporary
from models.k_number import KNumber
from models.message import (
    ENGLISH,
    HINDI,
    HINGLISH,
    Address,
    ChannelName,
    InboundMessage,
    Kind,
    Phone,
)
from storage.talks import read_talk, write_talk
from tests.conversations import conftest
from tests.conversations.givens import World, world
from tests.conversations.stage import ADDRESSES, VOICE
from tests.unit.handlers.turns import services
from voice.segments import is_gsm7, segments

understanding = conftest.understanding

GIVENS = (
    "consumer 901010000123, Ramesh Kumar / रमेश कुमार",
    "  owes ₹1,240 by 5 Dec 2026, then ₹1,264",
    "consumer 901010000456, Sita Devi / सीता देवी",
    "  owes ₹99,99,999.50 by 30 Oct 2026, then ₹99,99,999.75",
    "consumer 901010000789, Mohan Lal / मोहन लाल",
)
NUMBERS = ("901010000123", "901010000456", "901010000789", "901010000999")
MOST_SEGMENTS = 2  # of a bill, payment or status reply
COUNTED = frozenset(
    {"bill_view", "bill_due_date", "bill_pay", "bill_instalment", "payment_status"}
    | {"payment_receipt", "bill_breakdown"}
)

DEVANAGARI = st.characters(min_codepoint=0x0900, max_codepoint=0x097F)
ODD = st.sampled_from("\u200b\u200e\u202e\u200d\ufeff\x00\x07\x1b\u00a0\u0660\u0967\uff12🙂🇮🇳{}$%")
ARABIC = st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)
ANYTHING = st.text(max_size=80)
NUMBER = st.text("0123456789०१२३४५६७८९OolI -./", min_size=1, max_size=18)
WORDS = st.lists(
    st.sampled_from(
        "bill बिल pay भुगतान due status receipt रसीद help hindi english HINGLISH हिंदी back exit ok "
        "हाँ nahi 1 2 3 दो pehla 500 ₹500 0 -5 kitna hai mera part half kist me jama light gayi "
        "namaste dhanyavad k no all offline 9829012345 +919829012345 919829012345 9.01E+11 UTR "
        "करंट लग गया PAY-9T3M8A".split()
    )
    | st.sampled_from(NUMBERS)
    | NUMBER,
    max_size=6,
).map(" ".join)
LONG = st.builds(
    lambda piece, times: (piece * times)[:10_000], st.text(min_size=1, max_size=20), st.just(10_000)
)
TEXTS = st.one_of(
    WORDS, ANYTHING, NUMBER, LONG, *(st.text(it, max_size=40) for it in (DEVANAGARI, ODD, ARABIC))
).map(readable)
KEYS = st.one_of(
    st.builds(
        lambda intent, k, fact: ":".join(it for it in (intent, k, fact) if it),
        st.sampled_from([*sorted(HANDLERS), "no_such_intent", ""]),
        st.sampled_from([*NUMBERS, "12", ""]),
        st.sampled_from(
            " paise=50000 paise=0 paise=-1 paise=x paise=² place=x place=0 place=999 offline=yes"
            " language=hi language=xx mobile=yes ask=sum paise=99999999999999999999".split(" ")
        ),
    ),
    st.text(string.printable, max_size=64),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person: words, a tap on what was offered, a forged tap, or a file."""

    text: str = ""
    kind: Kind = Kind.TEXT
    option: int | None = None
    key: str | None = None
    hours: int = 0  # since the message before
    blanked: bool = False


GAPS = st.sampled_from([0, 0, 0, 1, 23, 25, 24 * 12])
MESSAGES = st.one_of(
    st.builds(Said, TEXTS, hours=GAPS, blanked=st.booleans()),
    st.builds(Said, kind=st.just(Kind.CHOICE), option=st.integers(0, 9), hours=GAPS),
    st.builds(Said, kind=st.just(Kind.CHOICE), key=KEYS),
    st.builds(Said, st.just(""), kind=st.sampled_from(sorted(Kind))),
    st.builds(Said, WORDS, kind=st.sampled_from(sorted(Kind))),
)
OWN = st.sampled_from([(), NUMBERS[:1], NUMBERS, tuple(f"90101000{n:04d}" for n in range(25))])


class Talking:
    """One address's talk through the real engine, router, understanding and voice."""

    def __init__(
        self, channel: ChannelName, own: tuple[str, ...], understanding: Understanding
    ) -> None:
        self.world: World = world(GIVENS)
        self.now = self.world.now
        self.engine = Engine(
            Router(HANDLERS, answer_at(Costs())),
            understanding,
            VOICE,
            services(self.world),
            default_tag=HINDI,
            idle=timedelta(hours=24),
        )
        self.address = Address(channel, ADDRESSES[channel])
        person = Person(1, saved=tuple(map(KNumber, own)))
        self.conversation = Conversation(1, self.address, person, Talk(), version=0)
        self.heard = 0

    def hear(self, said: Said) -> Step:
        """One message, and the talk after it as the database would give it back."""
        self.heard += 1
        self.now += timedelta(hours=said.hours, seconds=1)
        offered = self.conversation.talk.offered
        choice = said.key
        if said.option is not None:
            choice = offered[said.option % len(offered)].key if offered else "help"
        message = InboundMessage(
            f"m{self.heard}",
            self.address,
            said.text,
            self.now,
            kind=said.kind,
            choice=choice,
            blanked=said.blanked,
            shared_phone=Phone("+919829012345") if said.kind is Kind.CONTACT else None,
        )
        step = asyncio.run(self.engine.step(message, self.conversation, self.now))
        kept = read_talk(write_talk(step.talk))
        assert write_talk(kept) == write_talk(step.talk)
        assert replace(kept, last_heard=None, focus_at=None) == replace(
            step.talk, last_heard=None, focus_at=None
        )
        person = self.conversation.person
        if step.chosen_tag is not None:
            person = replace(person, tag=step.chosen_tag)
        self.conversation = replace(self.conversation, talk=kept, person=person)
        return step


@pytest.fixture(autouse=True)
def failures() -> Iterator[list[str]]:
    """What the engine logged of turns that it could only apologise for."""
    with structlog.testing.capture_logs() as logged:
        found: list[str] = []
        yield found
    assert not [it for it in logged if it["event"] == "turn_failed"]


def check(step: Step, channel: ChannelName) -> None:
    assert step.speeches
    for speech in step.speeches:
        assert speech.text.strip()
        assert not set("{}") & set(speech.text), speech.text
        assert "$" not in speech.text
        assert all(label.strip() and key for key, label in speech.options)
        if channel is ChannelName.SMS and step.tag in {ENGLISH, HINGLISH}:
            assert is_gsm7(speech.text), speech.text


fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("channel", sorted(set(ChannelName) - {ChannelName.EMAIL}))
@given(own=OWN, talk=st.lists(MESSAGES, min_size=1, max_size=8))
@fuzzed
def test_whatever_is_written_or_tapped_is_answered(
    channel: ChannelName, understanding: Understanding, own: tuple[str, ...], talk: list[Said]
) -> None:
    talking = Talking(channel, own, understanding)

    for said in talk:
        check(talking.hear(said), channel)


@given(
    own=OWN,
    tag=st.sampled_from([ENGLISH, HINDI, HINGLISH]),
    first=st.booleans(),
    intent=st.sampled_from(sorted(COUNTED)),
    k=st.sampled_from(NUMBERS),
    fact=st.sampled_from(["", "paise=50000", "paise=100", "paise=9999999900", "offline=yes"]),
    silent=st.booleans(),
)
@fuzzed
def test_a_bill_payment_or_status_by_sms_has_two_segments_at_most(
    understanding: Understanding,
    own: tuple[str, ...],
    tag: str,
    first: bool,  # noqa: FBT001 -- Hypothesis gives it by name
    intent: str,
    k: str,
    fact: str,
    silent: bool,  # noqa: FBT001 -- Hypothesis gives it by name
) -> None:
    talking = Talking(ChannelName.SMS, own, understanding)
    talking.world.payments.silent = silent
    if not first:
        talking.hear(Said({"en": "english", "hi": "hindi", "hi-Latn": "hinglish"}[tag]))
    key = ":".join(it for it in (intent, k, fact) if it)

    step = talking.hear(Said("x", kind=Kind.CHOICE, key=key))

    for speech in step.speeches:
        assert segments(speech.text).parts <= MOST_SEGMENTS, speech.text


KEYWORD_LINES = [f"{word} {k}" for word in ("BILL", "PAY", "DUE", "RECEIPT") for k in NUMBERS] + [
    "PAY 901010000456 500",
    "PAY 901010000123 OFFLINE",
    "BILL",
    "PAY",
    "HELP",
    "STATUS",
]


@pytest.mark.parametrize("line", KEYWORD_LINES)
def test_the_first_english_keyword_by_sms_has_room_for_its_hint(
    line: str, understanding: Understanding
) -> None:
    talking = Talking(ChannelName.SMS, (), understanding)

    step = talking.hear(Said(line))

    for speech in step.speeches:
        assert segments(speech.text).parts <= MOST_SEGMENTS, speech.text


async def test_a_store_that_is_away_is_said_to_the_worker_and_not_to_the_person(
    understanding: Understanding,
) -> None:
    talking = Talking(ChannelName.WHATSAPP, (), understanding)

    class Away:
        async def look_up(self, *_: object) -> None:
            raise Temporary

    engine = replace(
        talking.engine,
        services=replace(talking.engine.services, accounts=Away()),  # type: ignore[arg-type]  # it only fails
    )
    message = InboundMessage("m1", talking.address, "bill 901010000123", talking.now)

    with pytest.raises(Temporary):
        await engine.step(message, talking.conversation, talking.now)
