"""Razorpay's refusals, states and events, through Razorpay's own SDK."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import razorpay
import requests
from aiohttp import ClientSession, web
from razorpay.errors import BadRequestError, ServerError

from simulators.faults import Fault
from simulators.razorpay import Razorpay
from simulators.razorpay_account import (
    DEMO_KEY,
    DEMO_KEY_SECRET,
    DEMO_WEBHOOK_SECRET,
    NotPayable,
)
from simulators.running import running
from tests.unit.simulators.ears import Ears

NOON = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
BILL = {"amount": 124_000, "currency": "INR", "reference_id": "BILL-1", "description": "बिजली बिल"}


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def gateway(ears: Ears, clock: Clock) -> AsyncIterator[Razorpay]:
    simulator = Razorpay(webhook_url=f"{ears.base}/webhooks/razorpay", clock=clock)
    simulator.bell.rings.retry_seconds = 0.01
    async with running(simulator):
        yield simulator


@pytest.fixture
def client(gateway: Razorpay) -> razorpay.Client:
    return razorpay.Client(auth=(DEMO_KEY, DEMO_KEY_SECRET), base_url=gateway.base)


async def ask(call: Callable[..., Any], *args: object, **more: object) -> Any:  # noqa: ANN401  the SDK has no types
    return await asyncio.to_thread(call, *args, **more)


def in_minutes(minutes: int) -> int:
    return int((NOON + timedelta(minutes=minutes)).timestamp())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": 99}, "minimum"),
        ({"amount": "124000"}, "integer"),
        ({"amount": 1240.5}, "integer"),
        ({"amount": None}, "required"),
        ({"currency": "USD"}, "Currency"),
        ({"reference_id": "x" * 41}, "40"),
        ({"description": "x" * 2049}, "2048"),
        ({"expire_by": in_minutes(14)}, "15 minutes"),
        ({"expire_by": in_minutes(60 * 24 * 190)}, "6 months"),
        ({"notes": {str(n): "x" for n in range(16)}}, "15"),
        ({"notes": {"a": "x" * 256}}, "255"),
        ({"upi_link": True}, "UPI"),
        ({"first_min_partial_amount": 10_000}, "accept_partial"),
        ({"callback_url": "https://a.example/"}, "callback_method"),
        ({"callback_url": "a.example", "callback_method": "get"}, "callback url"),
        ({"colour": "red"}, "colour is/are not required"),
    ],
)
async def test_what_razorpay_refuses_is_refused(
    client: razorpay.Client, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadRequestError, match=words):
        await ask(client.payment_link.create, {**BILL, **change})


async def test_a_link_is_made_found_and_its_reference_is_used_up(client: razorpay.Client) -> None:
    made = await ask(client.payment_link.create, {**BILL, "expire_by": in_minutes(16)})

    assert (made["status"], made["amount_paid"]) == ("created", 0)
    found = await ask(client.payment_link.all, {"reference_id": "BILL-1"})
    assert [link["id"] for link in found["payment_links"]] == [made["id"]]
    with pytest.raises(BadRequestError, match="already attempted"):
        await ask(client.payment_link.create, BILL)


async def test_paying_tells_it_signed_and_sends_the_payer_back_signed(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    back = {"callback_url": f"{ears.base}/pay/return", "callback_method": "get"}
    made = await ask(client.payment_link.create, {**BILL, **back, "notes": {"k": "901"}})

    async with ClientSession() as browser:
        page = await browser.get(made["short_url"])
        assert "₹1,240" in await page.text()
        returned = await browser.post(made["short_url"], data={"do": "upi"}, allow_redirects=False)

    await gateway.settled()
    kinds = [json.loads(call.body)["event"] for call in ears.calls]
    assert kinds == [
        "payment.authorized",
        "payment.captured",
        "order.paid",
        "payment_link.paid",
    ]
    for call in ears.calls:
        client.utility.verify_webhook_signature(
            call.body.decode(), call.headers["X-Razorpay-Signature"], DEMO_WEBHOOK_SECRET
        )
    assert len({call.headers["x-razorpay-event-id"] for call in ears.calls}) == 4
    query = {k: v[0] for k, v in parse_qs(urlsplit(returned.headers["Location"]).query).items()}
    assert client.utility.verify_payment_link_signature(
        {
            "payment_link_id": query["razorpay_payment_link_id"],
            "payment_link_reference_id": query["razorpay_payment_link_reference_id"],
            "payment_link_status": query["razorpay_payment_link_status"],
            "razorpay_payment_id": query["razorpay_payment_id"],
            "razorpay_signature": query["razorpay_signature"],
        }
    )
    link = await ask(client.payment_link.fetch, made["id"])
    assert (link["status"], link["amount_paid"]) == ("paid", 124_000)
    payment = await ask(client.payment.fetch, link["payments"][0]["payment_id"])
    assert (payment["status"], payment["method"], payment["notes"]) == (
        "captured",
        "upi",
        {"k": "901"},
    )
    by_payment = await ask(client.payment_link.all, {"payment_id": payment["id"]})
    assert by_payment["payment_links"][0]["id"] == made["id"]


async def test_the_events_envelope_is_razorpays(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    made = await ask(client.payment_link.create, BILL)
    gateway.pay(made["id"])
    await gateway.settled()

    event = json.loads(ears.calls[-1].body)

    assert event["contains"] == ["payment_link", "order", "payment"]
    assert event["created_at"] == made["created_at"]
    payment = event["payload"]["payment"]["entity"]
    assert payment["order_id"] == f"order_{event['payload']['order']['entity']['id']}"


async def test_a_failed_payment_leaves_the_link_payable(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, BILL)
    failed = gateway.fail(made["id"])

    link = await ask(client.payment_link.fetch, made["id"])
    payment = await ask(client.payment.fetch, failed)

    assert (link["status"], payment["status"]) == ("created", "failed")
    assert payment["error_code"] == "BAD_REQUEST_ERROR"


async def test_a_payment_can_fail_and_arrive_after_all(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    made = await ask(client.payment_link.create, BILL)

    payment_id = gateway.fail_then_pay(made["id"])

    await gateway.settled()
    told = [
        (event["event"], event["payload"]["payment"]["entity"]["id"])
        for event in (json.loads(call.body) for call in ears.calls)
    ]
    assert told[0] == ("payment.failed", payment_id)
    assert ("payment.captured", payment_id) in told


async def test_money_can_arrive_after_the_link_has_ended(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    made = await ask(client.payment_link.create, BILL)

    payment_id = gateway.pay_late(made["id"])

    await gateway.settled()
    assert [json.loads(call.body)["event"] for call in ears.calls] == [
        "payment_link.expired",
        "payment.authorized",
        "payment.captured",
    ]
    link = await ask(client.payment_link.fetch, made["id"])
    assert link["status"] == "expired"
    assert link["payments"][0]["payment_id"] == payment_id


async def test_a_link_can_be_paid_twice_at_once(client: razorpay.Client, gateway: Razorpay) -> None:
    made = await ask(client.payment_link.create, BILL)

    first, second = gateway.pay_twice(made["id"])

    link = await ask(client.payment_link.fetch, made["id"])
    assert {payment["payment_id"] for payment in link["payments"]} == {first, second}
    assert link["amount_paid"] == 124_000


async def test_a_link_ends_with_its_time(
    client: razorpay.Client, gateway: Razorpay, clock: Clock, ears: Ears
) -> None:
    made = await ask(client.payment_link.create, {**BILL, "expire_by": in_minutes(16)})
    clock.now += timedelta(minutes=16)

    link = await ask(client.payment_link.fetch, made["id"])

    assert link["status"] == "expired"
    await gateway.settled()
    assert json.loads(ears.calls[-1].body)["contains"] == ["payment_link"]
    with pytest.raises(NotPayable):
        gateway.pay(made["id"])
    with pytest.raises(BadRequestError, match="expired"):
        await ask(client.payment_link.cancel, made["id"])


async def test_only_an_open_link_is_edited_and_cancelled(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, BILL)
    edited = await ask(client.payment_link.edit, made["id"], {"expire_by": in_minutes(20)})
    assert edited["expire_by"] == in_minutes(20)

    cancelled = await ask(client.payment_link.cancel, made["id"])

    assert cancelled["status"] == "cancelled"
    with pytest.raises(BadRequestError, match="cancelled"):
        await ask(client.payment_link.edit, made["id"], {"expire_by": in_minutes(30)})


async def test_a_part_leaves_the_rest_and_cannot_be_withdrawn(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, {**BILL, "accept_partial": True})

    gateway.pay(made["id"], amount=24_000)

    link = await ask(client.payment_link.fetch, made["id"])
    assert (link["status"], link["amount_paid"]) == ("partially_paid", 24_000)
    with pytest.raises(BadRequestError):
        await ask(client.payment_link.cancel, made["id"])
    gateway.pay(made["id"])
    link = await ask(client.payment_link.fetch, made["id"])
    assert (link["status"], link["amount_paid"]) == ("paid", 124_000)


async def test_razorpay_texts_the_payer_when_it_is_let(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, {**BILL, "notify": {"sms": True, "email": False}})

    await ask(client.payment_link.notifyBy, made["id"], "email")

    assert list(gateway.notified) == [(made["id"], "sms"), (made["id"], "email")]


async def test_events_come_again_until_they_are_taken(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    ears.answers.extend([lambda: web.Response(status=500), lambda: web.Response(status=404)])
    made = await ask(client.payment_link.create, BILL)

    await ask(client.payment_link.cancel, made["id"])

    await gateway.settled()
    assert len(ears.calls) == 3
    assert len({call.headers["x-razorpay-event-id"] for call in ears.calls}) == 1


async def test_events_come_backwards_twice_and_signed_with_the_old_secret(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    gateway.bell.rings.shuffled = gateway.bell.rings.repeated = True
    made = await ask(client.payment_link.create, BILL)

    gateway.fail_then_pay(made["id"])
    gateway.bell.secret = "new"

    await gateway.settled()
    kinds = [json.loads(call.body)["event"] for call in ears.calls]
    assert kinds[:2] == ["payment_link.paid"] * 2
    assert kinds[-1] == "payment.failed"
    client.utility.verify_webhook_signature(
        ears.calls[0].body.decode(),
        ears.calls[0].headers["X-Razorpay-Signature"],
        DEMO_WEBHOOK_SECRET,
    )


async def test_silence_leaves_only_asking(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    gateway.bell.rings.silent = True
    made = await ask(client.payment_link.create, BILL)

    gateway.pay(made["id"])

    await gateway.settled()
    assert not ears.calls
    assert (await ask(client.payment_link.fetch, made["id"]))["status"] == "paid"


async def test_faults_strike_the_next_calls_in_order(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    gateway.faults.next.extend([Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.BAD_GATEWAY])

    with pytest.raises(BadRequestError, match="Too many"):
        await ask(client.payment_link.create, BILL)
    with pytest.raises(ServerError):
        await ask(client.payment_link.create, BILL)
    with pytest.raises(requests.JSONDecodeError):
        await ask(client.payment_link.create, BILL)

    assert not gateway.links


async def test_a_lost_answer_is_a_link_made_all_the_same(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    gateway.faults.next.append(Fault.LOST_ANSWER)

    with pytest.raises(requests.ConnectionError):
        await ask(client.payment_link.create, BILL)

    found = await ask(client.payment_link.all, {"reference_id": "BILL-1"})
    assert len(found["payment_links"]) == 1


async def test_another_key_opens_nothing(gateway: Razorpay) -> None:
    client = razorpay.Client(auth=(DEMO_KEY, "wrong"), base_url=gateway.base)

    with pytest.raises(BadRequestError, match="Authentication"):
        await ask(client.payment_link.create, BILL)


async def test_refunds_are_made_once_a_key(
    client: razorpay.Client, gateway: Razorpay, ears: Ears
) -> None:
    made = await ask(client.payment_link.create, BILL)
    payment_id = gateway.pay(made["id"])
    key = {"headers": {"X-Refund-Idempotency": "refund-0001"}}

    first = await ask(client.payment.refund, payment_id, {"amount": 24_000}, **key)
    again = await ask(client.payment.refund, payment_id, {"amount": 24_000}, **key)

    assert first["id"] == again["id"]
    with pytest.raises(BadRequestError, match="Different"):
        await ask(client.payment.refund, payment_id, {"amount": 1_000}, **key)
    with pytest.raises(BadRequestError, match="greater"):
        await ask(client.payment.refund, payment_id, {"amount": 124_000})
    await ask(client.payment.refund, payment_id, {})
    payment = await ask(client.payment.fetch, payment_id)
    assert (payment["status"], payment["refund_status"]) == ("refunded", "full")
    await gateway.settled()
    assert json.loads(ears.calls[-1].body)["event"] == "refund.processed"


async def test_the_same_refund_at_the_same_time_is_a_conflict(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, BILL)
    payment_id = gateway.pay(made["id"])
    gateway.faults.next.append(Fault.SLOW)
    gateway.faults.slow_seconds = 0.3
    key = {"headers": {"X-Refund-Idempotency": "refund-0001"}}

    slow = asyncio.create_task(ask(client.payment.refund, payment_id, {}, **key))
    await asyncio.sleep(0.1)

    with pytest.raises(BadRequestError, match="in progress"):
        await ask(client.payment.refund, payment_id, {}, **key)
    assert (await slow)["amount"] == 124_000


async def test_the_settlement_report_names_payments_and_refunds(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, BILL)
    payment_id = gateway.pay(made["id"], method="card")
    await ask(client.payment.refund, payment_id, {"amount": 1_000})

    report = await ask(client.settlement.report, {"year": 2026, "month": 11})

    rows = {row["type"]: row for row in report["items"]}
    assert rows["payment"]["entity_id"] == payment_id
    assert rows["payment"]["credit"] == 124_000 - rows["payment"]["fee"]
    assert rows["refund"]["debit"] == 1_000


async def test_the_page_of_a_paid_link_takes_nothing(
    client: razorpay.Client, gateway: Razorpay
) -> None:
    made = await ask(client.payment_link.create, BILL)
    gateway.pay(made["id"])

    async with ClientSession() as browser:
        page = await browser.post(made["short_url"], data={"do": "upi"})
        text = await page.text()

    assert "This is paid" in text
    assert "भुगतान हो गया है" in text
    assert len(gateway.payments) == 1


@pytest.mark.parametrize("wish", ["fail", "late", "leave"])
async def test_the_page_tells_what_happened_in_both_languages(
    client: razorpay.Client, gateway: Razorpay, wish: str
) -> None:
    made = await ask(client.payment_link.create, BILL)

    async with ClientSession() as browser:
        page = await browser.post(made["short_url"], data={"do": wish}, allow_redirects=False)
        text = await page.text()

    assert page.status == 200
    words = {
        "fail": ("The bank declined it", "बैंक ने मना कर दिया"),
        "late": ("then the money arrived", "पैसा उसके बाद पहुँचा"),
        "leave": ("Nothing was paid", "कोई भुगतान नहीं हुआ"),
    }
    assert all(word in text for word in words[wish])


async def test_a_link_nobody_made_has_no_page(gateway: Razorpay) -> None:
    async with ClientSession() as browser:
        page = await browser.get(f"{gateway.base}/pay/plink_none")

    assert page.status == 404
