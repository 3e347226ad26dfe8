"""Whoever calls us over HTTP: people through providers, providers' oddities, and strangers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio
from sqlalchemy import Connection

from models.bill import IST
from models.message import Address, ChannelName
from simulators.phone import Bubble
from simulators.telegram import DEMO_SECRET
from simulators.telegram_chats import message_id_of
from simulators.twilio_forms import Media, Place, Tap
from storage.people import person_for
from storage.seals import Seals
from storage.tables import k_number_alias, look_up
from tests.integration.talking_town import (
    ME,
    ON_TELEGRAM,
    OTHER_K,
    SMS_HOOK,
    WHATSAPP_HOOK,
    K,
    Town,
    town,
    until,
)

STATUS_HOOK, TELEGRAM_HOOK = "/webhooks/twilio/status", "/webhooks/telegram"
RAZORPAY_HOOK = "/webhooks/razorpay"
TELEGRAM_HEADERS = {
    "X-Telegram-Bot-Api-Secret-Token": DEMO_SECRET,
    "Content-Type": "application/json",
}
TOO_MUCH = b"Body=" + b"x" * (1 << 20)
OLD_K = "140123000001"


@pytest_asyncio.fixture
async def place(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as place:
        yield place


def a_form(place: Town, **fields: str) -> dict[str, str]:
    return {
        "MessageSid": "SM" + "1" * 32,
        "AccountSid": place.twilio.account_sid,
        "From": f"whatsapp:{ME}",
        "To": "whatsapp:" + place.twilio.senders["whatsapp"],
        "Body": f"BILL {K}",
        **fields,
    }


async def settle(place: Town) -> None:
    """Wait until nothing is under way, ours or the providers'."""
    await place.house.worker.idle()
    await place.twilio.settled()
    await place.house.worker.idle()


async def test_people_are_answered_in_their_language(place: Town) -> None:
    assert "₹1,240" in await place.asks(f"BILL {K}")
    assert (await place.asks(f"mera bill kitna hai {K}")).startswith("नवंबर")
    assert "Rs.1,240" in await place.asks(f"mera bill kitna hai {K}", channel="sms")
    await place.telegram.says(ON_TELEGRAM, f"बिल {K}")
    await until(lambda: len(place.told()) == 1)
    assert "नवंबर 2026 का बिल" in place.told()[0]


async def test_the_answer_to_a_webhook_is_empty(place: Town) -> None:
    assert await place.post_signed(WHATSAPP_HOOK, a_form(place)) == (200, "<Response/>")
    update = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 5}, "text": "hi"}}
    body = json.dumps(update).encode()
    assert await place.post(TELEGRAM_HOOK, body, TELEGRAM_HEADERS) == (200, "{}")


async def test_a_repeated_message_has_no_second_effect(place: Town) -> None:
    form = a_form(place)
    for _ in range(3):
        assert (await place.post_signed(WHATSAPP_HOOK, form))[0] == 200
    await asyncio.gather(*(place.post_signed(WHATSAPP_HOOK, form) for _ in range(5)))
    await settle(place)

    rows = await place.rows()
    assert (len(place.said()), rows["inbox"], rows["outbox"]) == (1, 1, 1)


async def test_strangers_are_refused_and_leave_nothing(place: Town) -> None:
    guessed = {
        "X-Twilio-Signature": "c2lnbmF0dXJl",
        "X-Telegram-Bot-Api-Secret-Token": "guessed",
        "X-Razorpay-Signature": "00" * 32,
    }
    before = await place.rows()

    for path in (WHATSAPP_HOOK, SMS_HOOK, STATUS_HOOK, TELEGRAM_HOOK, RAZORPAY_HOOK):
        answers = [
            await place.post(path, TOO_MUCH, {}),
            await place.post(path, TOO_MUCH, guessed),
            await place.post(path, b"\xff\x00 not a form & not = JSON {", {}),
            await place.post(path, b"MessageSid=SM1&From=%2B919999000001&Body=x", guessed),
        ]
        assert [status for status, _ in answers] == [413, 413, 403, 403], path
        assert not any("Traceback" in text for _, text in answers)

    assert await place.rows() == before


async def test_what_is_signed_and_is_no_message_is_refused_and_leaves_nothing(place: Town) -> None:
    before = await place.rows()
    account = {"AccountSid": place.twilio.account_sid}
    without_sender = {key: it for key, it in a_form(place).items() if key != "From"}

    answers = [
        await place.post_signed(WHATSAPP_HOOK, account),
        await place.post_signed(WHATSAPP_HOOK, without_sender),
        await place.post_signed(SMS_HOOK, a_form(place, MessageSid="no id; drop table")),
        await place.post_signed(STATUS_HOOK, {**account, "MessageStatus": "sent"}),
        *[
            await place.post(TELEGRAM_HOOK, body, TELEGRAM_HEADERS)
            for body in (b"", b"{", b"[]", b"{}", b'{"update_id": "1"}', b"[" * 100_000)
        ],
    ]

    assert {status for status, _ in answers} == {400}
    assert await place.rows() == before


async def test_signed_elsewhere_is_not_signed_for_us(place: Town) -> None:
    form = a_form(place)
    elsewhere = await place.post_signed(
        WHATSAPP_HOOK, form, url="https://evil.example" + WHATSAPP_HOOK
    )
    other_account = await place.post_signed(WHATSAPP_HOOK, {**form, "AccountSid": "AC" + "9" * 32})
    old_token = await place.post_signed(WHATSAPP_HOOK, form, token="the-old-token")

    assert [elsewhere[0], other_account[0], old_token[0]] == [403, 403, 200]


async def test_valid_updates_that_are_none_of_ours_are_taken_in_silence(place: Town) -> None:
    chat = {"id": -100, "type": "group"}
    updates: list[dict[str, object]] = [
        {"poll_answer": {"poll_id": "1"}},
        {"my_chat_member": {"chat": {"id": 5}}},
        {"channel_post": {"message_id": 1, "chat": chat, "text": "x"}},
        {"message": {"message_id": 1, "chat": chat, "text": "x"}},
        {"message": {"message_id": 1, "chat": {"id": 5}, "pinned_message": {}}},
        {"callback_query": {"id": "1", "from": {"id": 5}}},
        {"something_new": [1]},
        {},
    ]
    answers = [
        await place.post(
            TELEGRAM_HOOK, json.dumps({"update_id": n, **it}).encode(), TELEGRAM_HEADERS
        )
        for n, it in enumerate(updates)
    ]
    answers += [
        await place.post_signed(WHATSAPP_HOOK, a_form(place, OptOutType="STOP", Body="STOP")),
        await place.post_signed(SMS_HOOK, a_form(place, From="57575")),
        await place.post_signed(STATUS_HOOK, a_form(place, MessageStatus="newly invented")),
        await place.post_signed(STATUS_HOOK + "?m=99999", a_form(place, MessageStatus="read")),
    ]
    await settle(place)

    assert {status for status, _ in answers} == {200}
    assert (await place.rows())["inbox"] == 0


async def test_whatever_people_send_by_whatsapp_gets_a_polite_answer(place: Town) -> None:
    def file(kind: str) -> tuple[Media, ...]:
        return (Media(kind, b"x", "x"),)

    say = place.twilio.person_says
    answers = [
        (await say("whatsapp", "+919999000011", media=file("image/webp"))).answer,
        (await say("whatsapp", "+919999000012", media=file("audio/ogg"))).answer,
        (await say("whatsapp", "+919999000013", media=file("image/jpeg"))).answer,
        (await say("whatsapp", "+919999000014", media=file("text/vcard"))).answer,
        (await say("whatsapp", "+919999000015", place=Place(26.45, 74.64))).answer,
        (await say("whatsapp", "+919999000016", "")).answer,
        (await say("whatsapp", "+919999000017", tap=Tap("no key of ours", "Pay"))).answer,
        (await say("whatsapp", "IN.1349876543210", "namaste")).answer,
        (await say("sms", "+919999000018", " \n ")).answer,
    ]
    await settle(place)

    assert {it.status for it in answers} == {200}
    everybody = {it.person: it for it in place.twilio.phones.all() if it.ours}
    assert len(everybody) == 9
    assert all(it.text and "{" not in it.text for it in everybody.values())


async def test_whatever_people_send_by_telegram_gets_a_polite_answer(place: Town) -> None:
    telegram, me = place.telegram, ON_TELEGRAM
    answers = [await telegram.sends(me, it, b"x") for it in ("voice", "sticker", "document")]
    answers += [await telegram.sends(me, "picture", b"x", caption="")]
    answers += [await telegram.is_at(me, 26.45, 74.64), await telegram.shares_contact(me)]
    answers += [await telegram.shares_contact(me, phone="+919829099999", owner_id=77)]
    answers += [await telegram.says(me, "/start x"), await telegram.says(me, "x" * 4096)]
    await until(lambda: len(place.told()) == len(answers))

    assert {it.status for it in answers} == {200}


async def test_an_edited_message_is_answered_anew(place: Town) -> None:
    await place.telegram.says(ON_TELEGRAM, "BILL 901010000999")
    await until(lambda: len(place.told()) == 1)
    sent = next(it for it in place.telegram.phones.on("telegram") if not it.ours)

    answer = await place.telegram.edits(ON_TELEGRAM, message_id_of(sent), f"BILL {K}")
    await until(lambda: len(place.told()) == 2)

    assert answer.status == 200
    assert "₹1,240" in place.told()[-1]


async def test_a_tap_is_answered_and_a_forged_one_too(place: Town) -> None:
    await place.telegram.says(ON_TELEGRAM, f"BILL {K}")
    await until(lambda: len(place.told()) == 1)

    def last() -> Bubble:
        return [it for it in place.telegram.phones.on("telegram") if it.ours][-1]

    shown = last()
    await place.telegram.taps(ON_TELEGRAM, message_id_of(shown), shown.buttons[0][0].payload)
    await until(lambda: len(place.told()) == 2)
    await place.telegram.taps(ON_TELEGRAM, message_id_of(shown), f"bill_pay:{K}:paise=-5")
    await until(lambda: len(place.told()) == 3)
    await until(lambda: len(place.telegram.answered) == 2)

    assert "/p/" in place.told()[1]
    assert "/p/" not in place.told()[2]


async def test_the_k_number_is_read_however_it_is_written(place: Town) -> None:
    forms = [
        "9010 1000 0123",
        "9-0-1-0-1-0-0-0-0-1-2-3",
        "९०१०१००००१२३",
        "".join(chr(ord(it) - ord("0") + 0xFF10) for it in K),  # full width
        "9O1O1OOOO123",
        "90l0l0000l23",
        "BILL\u00a09010\u20091000\u200b0123",
        "\u200e901010000123\u202c",
        "K.No. 9010/1000/0123",
        "K901010000123",
    ]
    people = [f"+9199990001{n:02d}" for n in range(len(forms))]

    answers = await asyncio.gather(
        *(place.asks(text, person) for text, person in zip(forms, people, strict=True))
    )

    assert [text for text, said in zip(forms, answers, strict=True) if "1,240" not in said] == []


async def test_a_number_in_pieces_goes_on_with_what_was_wanted(place: Town) -> None:
    async def spell(person: str, *pieces: str) -> list[str]:
        await place.asks("PAY", person)
        return [await place.asks(it, person) for it in pieces]

    ways = await asyncio.gather(
        spell("+919999000301", "90101000", "0123"),
        spell("+919999000302", "901010000", "123"),
        spell("+919999000303", "9010", "1000", "01", "23"),
        spell("+919999000304", "९०१०१०००", "० १२ ३"),
    )

    assert [["/p/" in it for it in said].index(True) + 1 for said in ways] == [2, 2, 4, 2]


async def test_numbers_that_are_none_get_a_helpful_question(place: Town) -> None:
    asked = {
        "BILL 90101000012": "11 digits",
        "BILL 9010100001234": "13 digits",
        "BILL 9829012345": "mobile",
        "BILL 919829012345": "mobile",
        "BILL +91 98290 12345": "mobile",
        "BILL 1.40123E+11": "spreadsheet",
        "BILL 5010100001": "10 digits",
    }
    people = [f"+9199990002{n:02d}" for n in range(len(asked))]

    said = await asyncio.gather(
        *(place.asks(text, person) for text, person in zip(asked, people, strict=True))
    )

    found = dict(zip(asked, said, strict=True))
    assert {text: it for text, it in found.items() if asked[text] not in it} == {}
    assert (await place.rows())["look_up"] == 0


async def test_an_old_number_answers_for_the_new_one(place: Town) -> None:
    def moves(db: Connection) -> None:
        db.execute(
            k_number_alias.insert().values(
                old_k_number=int(OLD_K), new_k_number=int(K), effective_on=date(2026, 1, 1)
            )
        )

    await place.house.store.write(moves)

    said = await place.asks(f"BILL {OLD_K}")

    assert "₹1,240" in said
    assert OLD_K in said
    assert K in said


async def used_up(place: Town, count: int) -> None:
    """Let this person have looked up so many numbers today."""
    seals = Seals(place.house.settings.security.master_keys)
    now = place.house.clock()

    def use(db: Connection) -> None:
        sender = Address(ChannelName.WHATSAPP, ME)
        _, person = person_for(db, seals, sender, int(now.timestamp() * 1000))
        day = now.astimezone(IST).date()
        for n in range(count):
            db.execute(look_up.insert().values(person_id=person, day=day, k_number=8 * 10**11 + n))

    await place.house.store.write(use)


async def test_the_26th_number_of_a_day_is_refused(place: Town) -> None:
    await used_up(place, 24)

    assert "₹1,240" in await place.asks(f"BILL {K}")
    refused = await place.asks(f"BILL {OTHER_K}")
    again = await place.asks(f"BILL {K}")

    assert "₹1,240" not in refused
    assert "₹1,240" in again


async def test_a_message_that_goes_past_the_limit_is_answered_as_far_as_it_may(place: Town) -> None:
    await used_up(place, 24)

    said = await place.asks(f"BILL {K} {OTHER_K}")

    assert K in said
    assert OTHER_K not in said
    assert (await place.rows())["look_up"] == 25


async def test_a_payment_is_thanked_for_once_however_often_the_gateway_rings(place: Town) -> None:
    await place.asks(f"PAY {K}")
    [link] = place.razorpay.links
    place.razorpay.pay(link)
    await until(lambda: len(place.said()) == 2)
    await place.razorpay.settled()
    await settle(place)

    assert len(place.said()) == 2
    assert "PAY-" in place.said()[-1] or "receipt" in place.said()[-1].lower()


async def test_a_house_behind_a_path_answers_to_its_public_address(database_url: str) -> None:
    async with town(database_url, prefix="/bot") as place:
        form = a_form(place, Body=f"PAY {K}")
        signed_for = place.public + WHATSAPP_HOOK

        inside = await place.post_signed(
            WHATSAPP_HOOK, form, url=str(place.client.make_url(WHATSAPP_HOOK))
        )
        outside = await place.post_signed(WHATSAPP_HOOK, form, url=signed_for)
        await until(lambda: len(place.said()) == 1)

        assert (inside[0], outside[0]) == (403, 200)
        assert "https://bijli.example/bot/p/" in place.said()[0]
        assert "https://bijli.example/bot/privacy" in place.said()[0]


async def test_a_channel_without_its_keys_is_not_there(database_url: str) -> None:
    off = {"BIJLI_CHANNELS__TELEGRAM__TOKEN": "", "BIJLI_CHANNELS__TWILIO__SMS_FROM": ""}
    async with town(database_url, env=off) as place:
        assert (await place.post(TELEGRAM_HOOK, b"{}", {}))[0] == 404
        assert (await place.post(SMS_HOOK, b"", {}))[0] == 404


async def test_the_house_says_how_it_is_without_naming_anybody(place: Town) -> None:
    await place.asks(f"BILL {K}")
    for path in ("/healthz", "/readyz", "/metrics", "/privacy", "/keywords"):
        async with place.client.get(path) as answer:
            text = await answer.text()
            assert answer.status == 200, path
            assert ME.removeprefix("+91") not in text
            assert K not in text
    async with place.client.get(WHATSAPP_HOOK) as answer:
        assert answer.status == 405
