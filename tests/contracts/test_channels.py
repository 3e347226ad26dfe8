"""What every channel promises, whoever the provider is."""

import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from channels.channel import Forged, Malformed, WebhookRequest
from models.errors import Permanent, PersonUnreachable, Temporary, Unknown
from models.message import Address, InboundMessage, OutboundMessage
from tests.contracts.channel_worlds import DEAF, LONG_AGO, WORLDS, World
from tests.contracts.sms_gateway_worlds import SMS_GATEWAYS

EVERY = WORLDS | SMS_GATEWAYS
NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture(params=EVERY)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A channel with its provider."""
    async with EVERY[request.param]() as made:
        yield made


@pytest.fixture(params=sorted(EVERY.keys() - DEAF))
async def hearing(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    """A channel on which people write to us, with its provider."""
    async with EVERY[request.param]() as made:
        yield made


async def heard(world: World, text: str = "hello") -> None:
    """The person writes first, as everybody does."""
    await world.says(text)


def outbound(to: Address, text: str, *options: tuple[str, str]) -> OutboundMessage:
    return OutboundMessage(7, to, text, tuple(options))


def received(world: World, request: WebhookRequest) -> InboundMessage:
    (found,) = world.channel.receive(request, NOW)
    assert isinstance(found, InboundMessage)
    return found


@pytest.mark.parametrize("text", ["bill", "मेरा बिल कितना है? ₹ 😀", "a & b = c + d%20 ; é"])
async def test_a_message_arrives_as_it_was_written(hearing: World, text: str) -> None:
    message = received(hearing, await hearing.says(text))

    assert message.text == text
    assert message.sender == hearing.person
    assert message.received_at == NOW
    assert message.id
    assert not message.blanked


async def test_two_messages_have_two_ids_and_a_repeated_one_keeps_its_own(hearing: World) -> None:
    one, other = await hearing.says("bill"), await hearing.says("bill")

    assert received(hearing, one).id != received(hearing, other).id
    assert received(hearing, one) == received(hearing, one)


async def test_secrets_do_not_come_past_the_channel(hearing: World) -> None:
    message = received(hearing, await hearing.says("card 4111 1111 1111 1111 pin 4521"))

    assert message.text == "card •••• pin ••••"
    assert message.blanked


async def test_what_somebody_else_sends_is_forged(hearing: World) -> None:
    request = hearing.altered(await hearing.says("bill"))

    with pytest.raises(Forged):
        hearing.channel.receive(request, NOW)


async def test_what_nobody_signed_is_forged(hearing: World) -> None:
    request = await hearing.says("bill")
    bare = dataclasses.replace(request, raw_path=request.raw_path.partition("?")[0], headers={})

    with pytest.raises(Forged):
        hearing.channel.receive(bare, NOW)


@pytest.mark.parametrize("body", [b"", b"\0", b"\xff\xfe", b"[" * 5000, b"a" * 1_048_576, b"null"])
async def test_rubbish_is_never_a_message(hearing: World, body: bytes) -> None:
    request = dataclasses.replace(await hearing.says("bill"), body=body)

    with pytest.raises((Forged, Malformed)):
        hearing.channel.receive(request, NOW)


async def test_what_is_signed_and_no_message_is_malformed(hearing: World) -> None:
    with pytest.raises(Malformed):
        hearing.channel.receive(hearing.without_id(), NOW)


@pytest.mark.parametrize("name", sorted(DEAF))
async def test_where_nobody_is_heard_nothing_comes_in(name: str) -> None:
    async with WORLDS[name]() as world:
        brought = world.channel.receive(await world.says("BILL"), NOW)
        missed = [message async for message in world.channel.missed(NOW - LONG_AGO)]

        assert (list(brought), missed) == ([], [])


async def test_a_reply_reaches_the_person(world: World) -> None:
    await heard(world)

    provider_id = await world.channel.send(outbound(world.person, "आपका बिल ₹1,240 है।"))

    assert provider_id
    assert world.seen() == "आपका बिल ₹1,240 है।"


@pytest.mark.parametrize("count", [1, 3, 4, 10, 11])
async def test_every_option_is_seen_where_there_are_options(world: World, count: int) -> None:
    await heard(world)
    options = [(f"key_{place}", f"Option {place} है") for place in range(count)]

    await world.channel.send(outbound(world.person, "First line\n\nWhich one?", *options))

    seen = world.seen()
    assert "First line" in seen
    assert "Which one?" in seen
    shown = [place for place in range(count) if f"Option {place} है" in seen]
    assert shown == (list(range(count)) if world.offers else [])


async def test_a_tapped_option_comes_back_as_its_key_or_its_words(hearing: World) -> None:
    await heard(hearing)
    await hearing.channel.send(
        outbound(hearing.person, "Pay?", ("pay:1", "Pay now"), ("no", "Later"))
    )

    message = received(hearing, await hearing.taps("pay:1", "Pay now"))

    assert message.choice == ("pay:1" if hearing.channel.capabilities.buttons else None)
    assert message.text == "Pay now"


async def test_a_long_reply_arrives_whole_and_in_order(world: World) -> None:
    await heard(world)
    text = "\n\n".join(f"Paragraph {place}. " + "बिजली का बिल। " * 40 for place in range(20))

    await world.channel.send(outbound(world.person, text, ("more", "More")))

    seen = world.seen()
    assert "".join(text.split()) in "".join(seen.split())
    assert ("More" in seen) is world.offers


async def test_a_provider_that_asks_for_patience_is_asked_again_later(world: World) -> None:
    await heard(world)
    world.too_fast()

    with pytest.raises(Temporary) as trouble:
        await world.channel.send(outbound(world.person, "Hello"))

    assert trouble.value.wait == (1 if world.says_how_long else None)
    assert world.seen() == ""


async def test_a_person_who_left_is_unreachable(world: World) -> None:
    await heard(world)
    world.blocks_us()

    with pytest.raises(PersonUnreachable if world.says_who_left else Permanent):
        await world.channel.send(outbound(world.person, "Hello"))


async def test_a_lost_answer_leaves_doubt_that_the_provider_may_settle(world: World) -> None:
    await heard(world)
    message = outbound(world.person, "Hello\n\nthere", ("a", "Yes"))
    since = datetime.now(UTC)
    assert await world.channel.was_sent(message, since) is None
    world.loses_the_answer()

    with pytest.raises(Unknown):
        await world.channel.send(message)

    found = await world.channel.was_sent(message, since)
    assert bool(found) is world.lists_what_it_sent


async def test_a_provider_that_is_away_has_taken_nothing(world: World) -> None:
    await heard(world)
    await world.goes_away()

    with pytest.raises(Temporary):
        await world.channel.send(outbound(world.person, "Hello"))


async def test_what_no_webhook_brought_is_found_on_record(hearing: World) -> None:
    since = datetime.now(UTC) - LONG_AGO
    await hearing.loses_a_webhook("बिल pin 4521")

    found = [message async for message in hearing.channel.missed(since)]

    texts = [message.text for message in found]
    assert texts == (["बिल pin ••••"] if hearing.keeps_a_record else [])
    assert all(message.sender == hearing.person for message in found)
    assert all(message.received_at > since for message in found)


async def test_closing_twice_is_closing_once(world: World) -> None:
    await world.channel.acknowledge()
    await world.channel.close()
    await world.channel.close()
