"""What only Telegram does, through its real SDK against the simulator."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from multidict import CIMultiDict

from channels.channel import Forged, WebhookRequest
from channels.telegram import (
    KINDS,
    SECRET_HEADER,
    WEBHOOK_PATH,
    Telegram,
    TelegramSettings,
    TelegramWords,
)
from models.errors import Misconfigured, Permanent, PersonUnreachable, Temporary, Trouble
from models.message import ENGLISH, HINDI, Address, ChannelName, OutboundMessage
from simulators.faults import Fault
from simulators.phone import TELEGRAM, Bubble
from simulators.telegram_chats import DEMO_SECRET, DEMO_TOKEN
from tests.contracts.channel_worlds import PERSON, TelegramWorld, telegram_world

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
WORDS = TelegramWords(
    share_phone={ENGLISH: "Share my number", HINDI: "मेरा नंबर भेजें"},
    commands={
        ENGLISH: [("bill", "Amount and due date"), ("pay", "Pay a bill")],
        HINDI: [("bill", "राशि और अंतिम तिथि"), ("pay", "बिल भरें")],
    },
)


@pytest.fixture
async def world() -> AsyncIterator[TelegramWorld]:
    """A bot that somebody has started."""
    async with telegram_world(WORDS) as made:
        await made.says("/start")
        yield made


def telegram(world: TelegramWorld) -> Telegram:
    assert isinstance(world.channel, Telegram)
    return world.channel


def reply(world: TelegramWorld, text: str, *options: tuple[str, str]) -> OutboundMessage:
    return OutboundMessage(7, world.person, text, options, HINDI)


def shown(world: TelegramWorld) -> Bubble:
    return [it for it in world.provider.phones.on(TELEGRAM, world.person.id) if it.ours][-1]


async def test_telegram_learns_where_to_call_and_what_we_know(world: TelegramWorld) -> None:
    await telegram(world).set_up(world.webhooks.origin)

    assert world.provider.webhook_url == world.webhooks.origin + WEBHOOK_PATH
    assert world.provider.secret == DEMO_SECRET
    assert world.provider.allowed_updates == KINDS
    assert [it["description"] for it in world.provider.commands[""]] == [
        "Amount and due date",
        "Pay a bill",
    ]
    assert world.provider.commands["hi"][1] == {"command": "pay", "description": "बिल भरें"}


async def test_set_up_goes_on_trying_while_telegram_does_not_answer(world: TelegramWorld) -> None:
    world.provider.faults.next.append(Fault.BAD_GATEWAY)

    await telegram(world).set_up(world.webhooks.origin)

    assert "hi" in world.provider.commands


async def test_a_refused_set_up_stops_nobody(world: TelegramWorld) -> None:
    await telegram(world).set_up("ftp://nowhere")

    assert "hi" not in world.provider.commands


async def test_a_tap_is_answered(world: TelegramWorld) -> None:
    await world.channel.send(reply(world, "Pay?", ("pay", "Pay now")))
    world.channel.receive(await world.taps("pay", "Pay now"), NOW)

    await world.channel.acknowledge()

    assert len(world.provider.answered) == 1


async def test_a_tap_too_old_to_be_answered_stops_nobody(world: TelegramWorld) -> None:
    body = b'{"update_id": 1, "callback_query": {"id": "old", "from": {"id": 42}, "data": "pay"}}'
    headers = CIMultiDict({SECRET_HEADER: DEMO_SECRET})

    assert world.channel.receive(WebhookRequest(WEBHOOK_PATH, headers, body), NOW)
    await world.channel.acknowledge()

    assert len(world.provider.answered) == 0


async def test_options_are_buttons_that_hold_their_keys(world: TelegramWorld) -> None:
    options = tuple((f"key:{place}", f"विकल्प {place}") for place in range(12))

    await world.channel.send(reply(world, "क्या चाहिए?", *options))

    buttons = [button for row in shown(world).buttons for button in row]
    assert [(it.payload, it.label) for it in buttons] == list(options)


async def test_a_key_telegram_cannot_carry_makes_numbered_lines(world: TelegramWorld) -> None:
    await world.channel.send(reply(world, "Which?", ("क" * 22, "One"), ("b", "Two")))

    assert shown(world).text == "Which?\n1 One\n2 Two"
    assert not shown(world).buttons


async def test_the_person_is_offered_to_share_their_number(world: TelegramWorld) -> None:
    message = OutboundMessage(1, world.person, "आपका नंबर?", (), HINDI, asks_contact=True)

    await world.channel.send(message)
    await world.provider.shares_contact(world.owner)
    (found,) = world.channel.receive(world.webhooks.take(), NOW)

    ((button,),) = shown(world).keyboard
    assert (button.label, button.shares_contact) == ("मेरा नंबर भेजें", True)
    assert getattr(found, "shared_phone", None) == PERSON


async def test_somebody_elses_card_proves_nothing(world: TelegramWorld) -> None:
    await world.provider.shares_contact(world.owner, phone="+919829099999", owner_id=43)
    (found,) = world.channel.receive(world.webhooks.take(), NOW)

    assert getattr(found, "shared_phone", "") is None


@pytest.mark.parametrize("given", ["", "guessed", DEMO_SECRET + "x", "गुप्त"])
async def test_without_the_secret_it_is_forged(world: TelegramWorld, given: str) -> None:
    request = await world.says("bill")
    headers = CIMultiDict({SECRET_HEADER: given})

    with pytest.raises(Forged):
        world.channel.receive(WebhookRequest(request.raw_path, headers, request.body), NOW)


async def test_a_bot_without_a_secret_hears_nobody() -> None:
    channel = Telegram(TelegramSettings(DEMO_TOKEN, ""))

    with pytest.raises(Forged):
        channel.receive(WebhookRequest(WEBHOOK_PATH, {SECRET_HEADER: ""}, b"{}"), NOW)


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.SERVER_ERROR])
async def test_an_error_answer_means_that_nothing_was_done(
    world: TelegramWorld, fault: Fault
) -> None:
    world.provider.faults.next.append(fault)

    with pytest.raises(Temporary):
        await world.channel.send(reply(world, "Hello"))


@pytest.mark.parametrize(("to", "kind"), [("99", PersonUnreachable), ("nobody", PersonUnreachable)])
async def test_a_chat_that_is_not_there_is_unreachable(
    world: TelegramWorld, to: str, kind: type[Trouble]
) -> None:
    with pytest.raises(kind):
        await world.channel.send(OutboundMessage(1, Address(ChannelName.TELEGRAM, to), "Hello"))


async def test_a_message_telegram_refuses_is_not_tried_again(world: TelegramWorld) -> None:
    with pytest.raises(Permanent) as trouble:
        await world.channel.send(reply(world, ""))

    assert type(trouble.value) is Permanent


async def test_a_wrong_token_is_ours_to_mend(world: TelegramWorld) -> None:
    settings = TelegramSettings("1:wrong-token-of-the-right-length-000", "s", world.provider.base)
    channel = Telegram(settings)

    with pytest.raises(Misconfigured):
        await channel.send(reply(world, "Hello"))
    await channel.close()


async def test_a_hundred_at_once_keep_their_own_ids(world: TelegramWorld) -> None:
    ids = await asyncio.gather(
        *(world.channel.send(OutboundMessage(n, world.person, f"text {n}")) for n in range(100))
    )

    bubbles = [world.provider.phones.find(f"telegram:{it}") for it in ids]
    assert [it.text for it in bubbles if it] == [f"text {n}" for n in range(100)]


async def test_what_the_sdk_logs_names_nobody(
    world: TelegramWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world.provider.faults.next.append(Fault.BAD_GATEWAY)

    with pytest.raises(Temporary):
        await world.channel.send(reply(world, "A private word"))

    assert "private" not in caplog.text
    assert world.person.id not in caplog.text
