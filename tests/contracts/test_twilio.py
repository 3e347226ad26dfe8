"""What only Twilio does, through its real SDK against the simulator."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from aiohttp import ClientTimeout, web

from channels import twilio_http
from channels.channel import Forged
from channels.twilio import TwilioAccount, TwilioSettings, TwilioSms, TwilioWhatsApp
from channels.twilio_content import Menus, TwilioContent
from models.errors import (
    Misconfigured,
    OutsideWindow,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)
from models.message import (
    HINDI,
    TAGS,
    ChannelName,
    DeliveryState,
    Kind,
    OutboundMessage,
    Receipt,
)
from simulators.faults import Fault
from simulators.phone import WHATSAPP, Bubble
from simulators.twilio_account import (
    DEMO_ACCOUNT,
    DEMO_SMS,
    DEMO_TOKEN,
    DEMO_WHATSAPP,
    Callbacks,
)
from simulators.twilio_forms import Media, Place
from tests.contracts.channel_worlds import PERSON, SOME_MENUS, TwilioWorld, twilio_world

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
TEMPLATES = Path(__file__).parents[2] / "data/templates.yml"


@pytest.fixture
async def world() -> AsyncIterator[TwilioWorld]:
    """WhatsApp, with every menu made."""
    async with twilio_world(ChannelName.WHATSAPP) as made:
        await made.says("hello")
        yield made


def reply(world: TwilioWorld, text: str, count: int = 0) -> OutboundMessage:
    options = tuple((f"key:{place}", f"विकल्प {place}") for place in range(count))
    return OutboundMessage(7, world.person, text, options, HINDI)


def shown(world: TwilioWorld) -> Bubble:
    return [it for it in world.provider.phones.on(WHATSAPP, PERSON) if it.ours][-1]


def received(world: TwilioWorld) -> list[object]:
    return [
        it for request in world.webhooks.receipts() for it in world.channel.receive(request, NOW)
    ]


async def test_few_options_are_real_buttons(world: TwilioWorld) -> None:
    await world.channel.send(reply(world, "आपका बिल ₹1,240 है।\nअंतिम तिथि: 5 दिसंबर 2026।", 3))

    bubble = shown(world)
    assert bubble.text == "आपका बिल ₹1,240 है।\nअंतिम तिथि: 5 दिसंबर 2026।"
    assert [button.payload for row in bubble.buttons for button in row] == [
        "key:0",
        "key:1",
        "key:2",
    ]


async def test_more_options_are_a_real_list_in_the_persons_language(world: TwilioWorld) -> None:
    await world.channel.send(reply(world, "क्या चाहिए?", 10))

    bubble = shown(world)
    assert bubble.list_label == "चुनें"
    assert [row.payload for row in bubble.rows] == [f"key:{place}" for place in range(10)]


async def test_menus_without_a_content_are_numbered_lines(world: TwilioWorld) -> None:
    many_lines = "\n".join(f"line {place}" for place in range(12))

    await world.channel.send(reply(world, many_lines, 2))

    assert shown(world).text == f"{many_lines}\n1 विकल्प 0\n2 विकल्प 1"


async def test_a_content_that_is_gone_does_not_silence_us(world: TwilioWorld) -> None:
    world.provider.contents.clear()

    await world.channel.send(reply(world, "क्या चाहिए?", 2))

    assert shown(world).text == "क्या चाहिए?\n1 विकल्प 0\n2 विकल्प 1"


async def test_a_menu_is_made_once(world: TwilioWorld) -> None:
    made = set(world.provider.contents)
    settings = TwilioSettings(DEMO_ACCOUNT, (DEMO_TOKEN,), "http://x", world.provider.base)
    account = TwilioAccount(settings)

    sids = await TwilioContent(account).ensure(SOME_MENUS)
    await account.close()

    assert sids.keys() == SOME_MENUS.contents().keys()
    assert set(sids.values()) == made == set(world.provider.contents)


async def test_twilio_takes_every_menu_of_ours(world: TwilioWorld) -> None:
    menus = Menus.model_validate(yaml.safe_load(TEMPLATES.read_text("utf-8"))["menus"])
    settings = TwilioSettings(DEMO_ACCOUNT, (DEMO_TOKEN,), "http://x", world.provider.base)
    account = TwilioAccount(settings)

    sids = await TwilioContent(account).ensure(menus)
    await account.close()

    assert menus.contents().keys() <= sids.keys()
    assert set(menus.rows.opener) == set(TAGS)


async def test_menus_may_be_learnt_later(world: TwilioWorld) -> None:
    settings = TwilioSettings(DEMO_ACCOUNT, (DEMO_TOKEN,), "http://x", world.provider.base)
    account = TwilioAccount(settings)
    contents: dict[str, str] = {}
    channel = TwilioWhatsApp(account, DEMO_WHATSAPP, contents)
    await channel.send(reply(world, "क्या चाहिए?", 2))
    assert not shown(world).buttons
    world.provider.faults.next.append(Fault.TOO_MANY)

    with pytest.raises(Temporary):
        await TwilioContent(account).find()
    contents.update(await TwilioContent(account).find())
    await channel.send(reply(world, "क्या चाहिए?", 2))
    await channel.close()

    assert shown(world).buttons


async def test_what_becomes_of_a_message_comes_back_with_our_number(world: TwilioWorld) -> None:
    provider_id = await world.channel.send(reply(world, "Hello"))
    await world.provider.settled()

    assert received(world) == [
        Receipt(ChannelName.WHATSAPP, provider_id, state, 7)
        for state in (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ)
    ]


async def test_a_failure_comes_back_with_its_code(world: TwilioWorld) -> None:
    world.provider.window = None
    world.provider.verdicts[PERSON] = 63024
    world.provider.callbacks = Callbacks(before_answer=True, extra={"NewField": "नया"})

    await world.channel.send(reply(world, "Hello"))
    await world.provider.settled()

    last = received(world)[-1]
    assert isinstance(last, Receipt)
    assert (last.state, last.reason, last.message_id) == (DeliveryState.FAILED, "63024", 7)


async def test_a_receipt_is_forged_as_easily_as_a_message(world: TwilioWorld) -> None:
    await world.channel.send(reply(world, "Hello"))
    await world.provider.settled()
    request = world.webhooks.receipts()[0]

    with pytest.raises(Forged):
        world.channel.receive(replace(request, raw_path="/webhooks/twilio/status?m=8"), NOW)


async def test_another_accounts_message_is_forged(world: TwilioWorld) -> None:
    settings = TwilioSettings("AC" + "9" * 32, (DEMO_TOKEN,), world.webhooks.origin)

    with pytest.raises(Forged):
        TwilioSms(TwilioAccount(settings), DEMO_SMS).receive(await world.says("bill"), NOW)


async def test_while_a_token_is_replaced_both_hold(world: TwilioWorld) -> None:
    settings = TwilioSettings(DEMO_ACCOUNT, ("newer", DEMO_TOKEN), world.webhooks.origin + "/")

    found = TwilioAccount(settings).receive(await world.says("bill"), NOW)

    assert len(found) == 1


@pytest.mark.parametrize("path", ["http://evil.example/webhooks", "", "//[::/x", "/%zz?m=["])
async def test_a_strange_path_is_forged(world: TwilioWorld, path: str) -> None:
    request = await world.says("bill")

    with pytest.raises(Forged):
        world.channel.receive(replace(request, raw_path=path), NOW)


async def test_other_kinds_of_message_arrive(world: TwilioWorld) -> None:
    voice = (Media("audio/ogg", b"OggS"),)
    await world.provider.person_says(WHATSAPP, PERSON, media=voice)
    place = Place(26.45, 74.64, "Ajmer")
    await world.provider.person_says(WHATSAPP, PERSON, place=place)
    await world.provider.person_says(WHATSAPP, "IN.13491208655302741918", "bill")

    *_, heard, there, hidden = (
        world.channel.receive(request, NOW)[0] for request in world.webhooks.requests
    )
    assert (getattr(heard, "kind", None), getattr(there, "kind", None)) == (
        Kind.VOICE,
        Kind.LOCATION,
    )
    assert getattr(hidden, "sender").phone is None  # noqa: B009 -- its type says Receipt too


async def test_a_sender_without_a_number_is_written_back_to(world: TwilioWorld) -> None:
    hidden = "IN.13491208655302741918"
    await world.provider.person_says(WHATSAPP, hidden, "bill")
    (message,) = world.channel.receive(world.webhooks.take(), NOW)
    assert not isinstance(message, Receipt)

    await world.channel.send(OutboundMessage(1, message.sender, "Hello"))

    assert [it.text for it in world.provider.phones.on(WHATSAPP, hidden) if it.ours] == ["Hello"]


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.SERVER_ERROR])
async def test_a_server_error_may_hide_a_message_that_was_taken(
    world: TwilioWorld, fault: Fault
) -> None:
    world.provider.faults.next.append(fault)

    with pytest.raises(Unknown):
        await world.channel.send(reply(world, "Hello"))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (21211, PersonUnreachable),
        (21610, PersonUnreachable),
        (21614, PersonUnreachable),
        (21408, Misconfigured),
        (21606, Misconfigured),
        (21611, Temporary),
    ],
)
async def test_a_refusal_says_again_or_never(
    world: TwilioWorld, code: int, kind: type[Trouble]
) -> None:
    world.provider.verdicts[PERSON] = code

    with pytest.raises(kind) as trouble:
        await world.channel.send(reply(world, "Hello"))

    assert type(trouble.value) is kind
    assert PERSON not in str(trouble.value)


async def test_the_wrong_token_is_ours_to_mend(world: TwilioWorld) -> None:
    settings = TwilioSettings(DEMO_ACCOUNT, ("wrong",), "http://x", world.provider.base)
    channel = TwilioSms(TwilioAccount(settings), DEMO_SMS)

    with pytest.raises(Misconfigured):
        await channel.send(reply(world, "Hello"))
    await channel.close()


async def test_outside_the_window_nothing_is_tried(world: TwilioWorld) -> None:
    with pytest.raises(OutsideWindow):
        await world.channel.send(replace(reply(world, "Hello"), window_open=False))

    assert world.seen() == ""


async def test_a_message_in_parts_goes_on_where_it_ended(world: TwilioWorld) -> None:
    message = reply(world, "\n\n".join(f"{place} " + "word " * 250 for place in range(3)))
    world.provider.faults.next.extend([None, Fault.TOO_MANY])  # type: ignore[list-item]  # no fault

    with pytest.raises(Temporary):
        await world.channel.send(message)
    await world.channel.send(message)

    firsts = [it.text[0] for it in world.provider.phones.on(WHATSAPP, PERSON) if it.ours]
    assert firsts == ["0", "1", "2"]


async def test_a_hundred_at_once_keep_their_own_ids(world: TwilioWorld) -> None:
    ids = await asyncio.gather(
        *(world.channel.send(replace(reply(world, f"text {n}"), id=n)) for n in range(100))
    )

    assert [world.provider.messages[it].body for it in ids] == [f"text {n}" for n in range(100)]


async def test_the_record_is_read_page_by_page_oldest_first(world: TwilioWorld) -> None:
    world.provider.lost_inbound = 450
    for number in range(450):
        await world.provider.person_says(WHATSAPP, PERSON, f"text {number}")

    found = [it.text async for it in world.channel.missed(datetime(2026, 1, 1, tzinfo=UTC))]

    assert found == ["hello", *(f"text {number}" for number in range(450))]


async def test_a_silent_provider_is_not_waited_for(
    world: TwilioWorld,
) -> None:
    http = twilio_http.TwilioHttp(world.provider.base, ClientTimeout(total=0.1))
    client = twilio_http.Client(DEMO_ACCOUNT, DEMO_TOKEN, http_client=http)
    world.provider.faults.slow_seconds = 0.5
    world.provider.faults.next.append(Fault.SLOW)

    with pytest.raises(Unknown):
        await client.messages.create_async(to=PERSON, from_=DEMO_SMS, body="Hello")
    await http.close()


async def test_what_the_sdk_logs_names_nobody(
    world: TwilioWorld, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    await world.channel.send(reply(world, "A private word"))

    assert PERSON not in caplog.text
    assert "private" not in caplog.text


async def test_an_answer_without_an_id_leaves_doubt() -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"status": "queued"}, status=201)

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
    channel = TwilioSms(TwilioAccount(TwilioSettings("AC1", ("t",), "http://x", origin)), DEMO_SMS)
    async with twilio_world(ChannelName.SMS) as world:
        with pytest.raises(Unknown):
            await channel.send(reply(world, "Hello"))
    await channel.close()
    await runner.cleanup()
