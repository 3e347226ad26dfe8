"""SMS gateways and missed calls through the real server: who is let in, and what is answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest_asyncio
from sqlalchemy import select

from models.message import DeliveryState
from simulators.faults import Fault
from simulators.phone import SMS
from simulators.running import running
from simulators.sms_gateway import (
    DEMO_KEY,
    DEMO_SECRET,
    SECRET_HEADER,
    SECRET_NAME,
    Dialect,
    SmsAggregator,
)
from storage.tables import inbox, outbox
from tests.contracts.sms_gateway_worlds import FORM_FIELDS, JSON_FIELDS, JSON_HEADERS, WORDS
from tests.integration.talking_town import ME, SMS_HOOK, K, Town, town, until

FORM_HOOK, JSON_HOOK = "/webhooks/sms/formal", "/webhooks/sms/modern"
CALL_HOOK = "/webhooks/missed-call/exotel"
HOOKS = (FORM_HOOK, f"{FORM_HOOK}/status", JSON_HOOK, f"{JSON_HOOK}/status", CALL_HOOK)
NUMBER = "+919220512345"
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
KNOWS = {SECRET_NAME: DEMO_SECRET}


@dataclass
class Market:
    """A house that sends SMS by a gateway of forms, and hears another and a telephone one."""

    town: Town
    formal: SmsAggregator
    modern: SmsAggregator

    def said(self, person: str = ME) -> list[str]:
        """What stands on a person's phone from the company, oldest first."""
        return [it.text for it in self.formal.phones.on(SMS, person) if it.ours]

    async def asks(self, text: str, person: str = ME) -> str:
        """Write to the gateway that sends, and wait for the answer."""
        before = len(self.said(person))
        answer = await self.formal.person_says(person, text)
        assert (answer.status, answer.text) == (200, "{}")
        await until(lambda: len(self.said(person)) > before)
        return self.said(person)[-1]

    async def get(self, path: str, **fields: str) -> int:
        """Any call by GET; the status of the answer."""
        async with self.town.client.get(path, params=fields) as answer:
            return answer.status

    async def post(self, path: str, fields: Mapping[str, str], **query: str) -> int:
        """Any form; the status of the answer."""
        path = f"{path}?{urlencode(query)}" if query else path
        status, _ = await self.town.post(path, urlencode(fields).encode(), FORM_TYPE)
        return status

    async def settle(self) -> None:
        """Wait until nothing is under way, ours or the gateways'."""
        await self.town.house.worker.idle()
        await self.formal.settled()
        await self.modern.settled()


def environment(formal: SmsAggregator, modern: SmsAggregator, **more: str) -> dict[str, str]:
    """The settings of both gateways and the telephone."""
    at = "BIJLI_CHANNELS__SMS_GATEWAYS__"
    form = {
        "inbound": {"from": "mobile", "text": "msg", "id": "msgid", "time": "rcvd"},
        "status": {"id": "msgid", "state": "stat", "map": WORDS},
        "secret_in": f"query:{SECRET_NAME}",
        "inbound_number": NUMBER,
        "dlt": False,
        "outbound": {"url": f"{formal.base}/api/sendsms", "body": FORM_FIELDS},
    }
    as_json = {
        "inbound": {"from": "from", "text": "text", "id": "id"},
        "status": {"id": "report.id", "state": "report.status", "map": WORDS},
        "secret_in": f"header:{SECRET_HEADER}",
        "inbound_number": "+919220554321",
        "two_way": True,
        "dlt": False,
        "outbound": {
            "url": f"{modern.base}/v2/messages",
            "headers": JSON_HEADERS,
            "body": JSON_FIELDS,
            "id_path": "data.0.id",
        },
    }
    telephone = {
        "from": "From",
        "to": "To",
        "id": "CallSid",
        "secret_in": f"query:{SECRET_NAME}",
        "numbers": {"+911412345678": "bill", "+911412345679": "outage"},
    }
    return {
        f"{at}FORMAL": json.dumps(form),
        f"{at}FORMAL__SECRET": DEMO_SECRET,
        f"{at}FORMAL__KEY": DEMO_KEY,
        f"{at}MODERN": json.dumps(as_json),
        f"{at}MODERN__SECRET": DEMO_SECRET,
        f"{at}MODERN__KEY": DEMO_KEY,
        "BIJLI_CHANNELS__SMS_BY": "formal",
        "BIJLI_CHANNELS__MISSED_CALL__EXOTEL": json.dumps(telephone),
        "BIJLI_CHANNELS__MISSED_CALL__EXOTEL__SECRET": DEMO_SECRET,
        **more,
    }


@asynccontextmanager
async def opened(database_url: str, **more: str) -> AsyncIterator[Market]:
    """A town with its gateways."""
    async with AsyncExitStack() as stack:
        formal, modern = SmsAggregator(Dialect.FORM), SmsAggregator(Dialect.JSON)
        for it in (formal, modern):
            await stack.enter_async_context(running(it))
        place = await stack.enter_async_context(
            town(database_url, env=environment(formal, modern, **more))
        )
        formal.inbound_url, formal.call_url = place.public + FORM_HOOK, place.public + CALL_HOOK
        formal.status_url = f"{place.public}{FORM_HOOK}/status"
        modern.inbound_url = place.public + JSON_HOOK
        yield Market(place, formal, modern)


@pytest_asyncio.fixture
async def market(database_url: str) -> AsyncIterator[Market]:
    async with opened(database_url) as market:
        yield market


async def test_people_are_answered_by_the_gateway_and_told_where_to_write(market: Market) -> None:
    said = await market.asks(f"BILL {K}")

    assert "Rs.1,240" in said
    offer = await market.asks("HELP")
    assert "92205" in said + offer
    assert "reply" not in (said + offer).lower()


async def test_get_and_post_and_either_dialect_are_heard(market: Market) -> None:
    market.formal.by_get = True
    by_get = await market.asks(f"BILL {K}")
    market.formal.by_get = False

    answer = await market.modern.person_says("+919999000002", f"BILL {K}")
    await until(lambda: bool(market.said("+919999000002")))

    assert answer.status == 200
    assert "1,240" in by_get
    assert "1,240" in market.said("+919999000002")[0]  # what sends is the one that is configured
    assert market.modern.calls == 0


async def test_twilio_is_still_heard_where_a_gateway_sends(market: Market) -> None:
    form = {
        "MessageSid": "SM" + "1" * 32,
        "AccountSid": market.town.twilio.account_sid,
        "From": ME,
        "To": market.town.twilio.senders["sms"],
        "Body": f"BILL {K}",
    }

    assert (await market.town.post_signed(SMS_HOOK, form))[0] == 200
    await until(lambda: bool(market.said()))

    assert market.town.said(ME, "sms") == []


async def test_reports_move_our_messages_on(market: Market) -> None:
    await market.asks(f"BILL {K}")
    await market.settle()

    states = await market.town.house.store.read(
        lambda db: list(db.execute(select(outbox.c.state)).scalars())
    )
    assert states
    assert set(states) == {DeliveryState.DELIVERED}


async def test_a_repeated_message_has_no_second_effect(market: Market) -> None:
    fields = {"mobile": "919999000001", "msg": f"BILL {K}", "msgid": "77", "rcvd": "10:00"}
    for _ in range(3):
        assert await market.post(FORM_HOOK, fields, **KNOWS) == 200
    await asyncio.gather(*(market.get(FORM_HOOK, **fields, **KNOWS) for _ in range(3)))
    without_id = {**fields, "msgid": "", "msg": f"DUE {K}"}
    for _ in range(2):
        assert await market.post(FORM_HOOK, without_id, **KNOWS) == 200
    await market.settle()

    rows = await market.town.rows()
    assert rows["inbox"] == 2


async def test_strangers_are_refused_and_leave_nothing(market: Market) -> None:
    before = await market.town.rows()
    fields = {"mobile": "9829012345", "msg": "BILL", "msgid": "1", "From": "9829012345"}
    too_much = b"msg=" + b"x" * (1 << 20)

    for path in HOOKS:
        assert await market.post(path, fields) == 403, path
        assert await market.post(path, fields | KNOWS, token="guessed") == 403
        assert await market.get(path, **fields) == 403
        assert await market.get(path, **fields, token="") == 403
        assert (await market.town.post(f"{path}?token={DEMO_SECRET}x", too_much, {}))[0] == 413
        assert (await market.town.post(path, too_much, {SECRET_HEADER: DEMO_SECRET}))[0] == 413
        assert (await market.town.post(path, b"{" * 1000, {}))[0] == 403

    assert await market.town.rows() == before


async def test_what_is_no_message_is_refused_and_leaves_nothing(market: Market) -> None:
    before = await market.town.rows()
    header = {SECRET_HEADER: DEMO_SECRET, "Content-Type": "application/json"}

    answers = [
        *[
            await market.post(path, {"foo": "bar"}, **KNOWS)
            for path in HOOKS
            if "modern" not in path
        ],
        *[await market.get(path, **KNOWS) for path in HOOKS if "modern" not in path],
        *[
            (await market.town.post(JSON_HOOK, body, header))[0]
            for body in (b"", b"{", b"[]", b"{}", b"null", b'{"from": {}}', b"[" * 100_000)
        ],
    ]

    assert set(answers) == {400}
    assert await market.town.rows() == before


async def test_what_takes_no_reply_is_taken_in_silence(market: Market) -> None:
    before = await market.town.rows()

    answers = [
        await market.get(FORM_HOOK, mobile="VM-HDFCBK", msg="OTP", msgid="1", **KNOWS),
        await market.get(f"{FORM_HOOK}/status", msgid="9", stat="INVENTED", **KNOWS),
        await market.get(f"{FORM_HOOK}/status", msgid="9", stat="DELIVRD", **KNOWS),
        await market.get(CALL_HOOK, From="01412222222", To="01412345678", CallSid="1", **KNOWS),
        await market.get(CALL_HOOK, From="9829012345", To="01419999999", CallSid="1", **KNOWS),
    ]

    assert set(answers) == {200}
    assert await market.town.rows() == before


async def test_unknown_gateways_are_not_there(market: Market) -> None:
    for path in (
        "/webhooks/sms/nobody",
        "/webhooks/sms/nobody/status",
        "/webhooks/missed-call/nobody",
        "/webhooks/missed-call/formal",
    ):
        assert await market.get(path, **KNOWS) == 404, path
        assert await market.post(path, {}, **KNOWS) == 404, path


async def test_a_gateway_without_its_secret_is_not_there(database_url: str) -> None:
    off = {
        "BIJLI_CHANNELS__SMS_GATEWAYS__FORMAL__SECRET": "",
        "BIJLI_CHANNELS__MISSED_CALL__EXOTEL__SECRET": "",
    }
    async with opened(database_url, **off) as market:
        for path in (FORM_HOOK, f"{FORM_HOOK}/status", CALL_HOOK):
            assert await market.get(path, token="") == 404
            assert await market.post(path, {}) == 404


async def test_ten_rings_are_taken_in_once(market: Market) -> None:
    answers = [await market.formal.person_rings(ME, "01412345678") for _ in range(10)]
    answers += [await market.formal.person_rings(ME, "01412345679")]

    assert {(it.status, it.text) for it in answers} == {(200, "{}")}
    bodies = await market.town.house.store.read(
        lambda db: list(db.execute(select(inbox.c.body).order_by(inbox.c.id)).scalars())
    )
    assert [json.loads(it)["choice"] for it in bodies] == [
        "missed_call:purpose=bill",
        "missed_call:purpose=outage",
    ]


async def test_on_a_registered_route_nothing_leaves_without_its_template(
    database_url: str,
) -> None:
    registered = {"BIJLI_CHANNELS__SMS_GATEWAYS__FORMAL__DLT": "true"}
    async with opened(database_url, **registered) as market:
        await market.formal.person_says(ME, "no sentence of ours has an id yet")
        await market.settle()

        reasons = await market.town.house.store.read(
            lambda db: list(db.execute(select(outbox.c.reason)).scalars())
        )
        assert market.formal.calls == 0
        assert reasons
        assert all("no registered template" in it for it in reasons)


async def test_a_gateway_that_asks_for_patience_gets_the_message_later(market: Market) -> None:
    market.formal.faults.next.append(Fault.TOO_MANY)

    assert "1,240" in await market.asks(f"BILL {K}")
    assert market.formal.calls > len(market.said())
