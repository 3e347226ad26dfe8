"""Texts that WhatsApp approves, and what leaves when the person wrote a day ago or longer."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from channels.twilio import TwilioAccount, TwilioSettings, TwilioWhatsApp
from channels.twilio_content import Text, TwilioContent
from models.errors import OutsideWindow
from models.message import HINDI, TAGS, Address, ChannelName, OutboundMessage
from models.money import Money
from models.words import Name, Say
from simulators.phone import WHATSAPP
from simulators.twilio_account import DEMO_ACCOUNT, DEMO_TOKEN, DEMO_WHATSAPP
from tests.contracts.channel_worlds import PERSON, TwilioWorld, twilio_world
from voice.voice import Company, Voice
from voice.wordings import wording

VOICE = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912"))
TEXTS = [
    Text(it.name, tag, it.body, it.samples, "utility")
    for tag in TAGS
    for it in [wording(VOICE, "payment-received", tag)]
]
RECEIVED = VOICE.say(
    Say(
        "payment-received",
        {
            "amount": Money(124_000),
            "k": "901010000123",
            "date": date(2026, 11, 24),
            "receipt": "PAY-9T3M8A",
        },
    ),
    HINDI,
)


@pytest.fixture
async def world() -> AsyncIterator[TwilioWorld]:
    """WhatsApp, to a person who wrote too long ago."""
    async with twilio_world(ChannelName.WHATSAPP) as made:
        await made.says("hello")
        made.provider.window = timedelta(0)
        yield made


def account(world: TwilioWorld) -> TwilioAccount:
    settings = TwilioSettings(
        DEMO_ACCOUNT, (DEMO_TOKEN,), world.webhooks.origin, world.provider.base
    )
    return TwilioAccount(settings)


def late(text: str, template: str = "payment-received") -> OutboundMessage:
    """A message to somebody who wrote too long ago."""
    to = Address(ChannelName.WHATSAPP, PERSON)
    return OutboundMessage(7, to, text, tag=HINDI, window_open=False, template=template)


async def test_an_approved_text_leaves_outside_the_window(world: TwilioWorld) -> None:
    twilio = account(world)
    content = TwilioContent(twilio)
    await content.publish(TEXTS)
    channel = TwilioWhatsApp(twilio, DEMO_WHATSAPP, {}, await content.approved(TEXTS))

    await channel.send(late(RECEIVED))

    assert RECEIVED in world.seen()
    assert world.provider.phones.on(WHATSAPP, PERSON)[-1].ours
    await channel.close()


@pytest.mark.parametrize(
    ("text", "template"),
    [(RECEIVED, "bill-due"), (RECEIVED, ""), ("कुछ और बात।", "payment-received")],
)
async def test_what_is_not_approved_does_not_leave(
    world: TwilioWorld, text: str, template: str
) -> None:
    twilio = account(world)
    content = TwilioContent(twilio)
    await content.publish(TEXTS)
    channel = TwilioWhatsApp(twilio, DEMO_WHATSAPP, {}, await content.approved(TEXTS))

    with pytest.raises(OutsideWindow):
        await channel.send(late(text, template))
    await channel.close()


async def test_publishing_again_makes_and_submits_nothing_again(world: TwilioWorld) -> None:
    twilio = account(world)
    content = TwilioContent(twilio)
    first = await content.publish(TEXTS)
    contents = dict(world.provider.contents)

    second = await content.publish(TEXTS)

    assert {state for _, state in first} == {"received"}
    assert {state for _, state in second} == {"approved"}
    assert world.provider.contents == contents
    await twilio.close()


async def test_what_is_still_under_review_does_not_leave(world: TwilioWorld) -> None:
    world.provider.approves = False
    twilio = account(world)
    content = TwilioContent(twilio)
    await content.publish(TEXTS)

    assert await content.approved(TEXTS) == {}
    await twilio.close()


async def test_other_words_are_another_content(world: TwilioWorld) -> None:
    twilio = account(world)
    content = TwilioContent(twilio)
    await content.publish(TEXTS[:1])
    before = len(world.provider.contents)
    changed = Text("payment-received", TEXTS[0].tag, "Got {{1}} today.", ("Rs.1",), "utility")

    await content.publish([changed])

    assert len(world.provider.contents) == before + 1
    await twilio.close()


async def test_a_text_that_the_reviewers_refuse_is_reported(world: TwilioWorld) -> None:
    twilio = account(world)
    content = TwilioContent(twilio)
    bad = [Text("bill-due", HINDI, "{{1}} देने हैं।", ("₹1",), "utility")]
    await content.publish(bad)

    [(_, state)] = await content.publish(bad)

    assert state == "rejected"
    await twilio.close()
