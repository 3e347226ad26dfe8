"""Razorpay's signatures against known vectors, and what its events may look like."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from payments.gateway import Forged, GatewayEvent, Malformed
from payments.razorpay import Razorpay

SECRET = "whsec_test"

# razorpay-python's own test of a payment link's callback.
CALLBACK = {
    "razorpay_payment_link_id": "plink_IH3cNucfVEgV68",
    "razorpay_payment_link_reference_id": "TSsd1989",
    "razorpay_payment_link_status": "paid",
    "razorpay_payment_id": "pay_IH3d0ara9bSsjQ",
    "razorpay_signature": "07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b",
}
PAID = (
    b'{"entity":"event","account_id":"acc_TEST","event":"payment_link.paid","contains":'
    b'["payment_link","order","payment"],"payload":{"payment_link":{"entity":{"id":"plink_T1",'
    b'"amount":123450,"amount_paid":123450,"status":"paid","reference_id":"BILL-2026-11-0001"}}},'
    b'"created_at":1795464000}'
)
PAID_SIGNATURE = "4d0addf070b5f7ccd4df41805a7faca598651d83e85283331c436d5a1e768946"
HINDI = '{"event":"payment.failed","payload":{"payment":{"entity":{"description":"बिल"}}}}'.encode()
HINDI_SIGNATURE = "4cb75dbb618f0dc138106849e458176bc92fb550c49be62066a70bfab6273697"


def gateway(*secrets: str) -> Razorpay:
    return Razorpay("key", "EnLs21M47BllR3X8PSFtjtbd", secrets or (SECRET,))


def signed(said: object) -> tuple[dict[str, str], bytes]:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Razorpay-Signature": signature, "x-razorpay-event-id": "ev_1"}, body


def test_the_callback_of_the_sdks_own_tests_is_right() -> None:
    assert gateway().returned(CALLBACK) == "plink_IH3cNucfVEgV68"


@pytest.mark.parametrize("name", CALLBACK)
def test_a_callback_with_anything_changed_is_not(name: str) -> None:
    assert gateway().returned(CALLBACK | {name: "other"}) is None


def test_a_callback_without_a_reference_may_be_right() -> None:
    body = b"plink_1||paid|pay_1"
    right = hmac.new(b"EnLs21M47BllR3X8PSFtjtbd", body, hashlib.sha256).hexdigest()
    query = {
        "razorpay_payment_link_id": "plink_1",
        "razorpay_payment_link_reference_id": "",
        "razorpay_payment_link_status": "paid",
        "razorpay_payment_id": "pay_1",
        "razorpay_signature": right,
    }

    assert gateway().returned(query) == "plink_1"


def test_a_webhook_signed_over_its_raw_body_is_read() -> None:
    headers = {"X-Razorpay-Signature": PAID_SIGNATURE, "x-razorpay-event-id": "ev_1"}

    assert gateway().receive(headers, PAID) == GatewayEvent(
        "ev_1", "payment_link.paid", "plink_T1", ""
    )


def test_a_body_in_hindi_has_the_signature_of_its_bytes() -> None:
    # It is signed well, but it names no payment.
    with pytest.raises(Malformed):
        gateway().receive({"X-Razorpay-Signature": HINDI_SIGNATURE}, HINDI)


def test_an_older_secret_still_opens_while_it_is_named() -> None:
    headers = {"x-razorpay-signature": PAID_SIGNATURE}

    assert gateway("newer", SECRET).receive(headers, PAID) is not None
    with pytest.raises(Forged):
        gateway("newer").receive(headers, PAID)


@pytest.mark.parametrize(
    "signature", ["", "0" * 64, PAID_SIGNATURE.upper(), "ü", PAID_SIGNATURE[1:]]
)
def test_any_other_signature_is_forged(signature: str) -> None:
    with pytest.raises(Forged):
        gateway().receive({"X-Razorpay-Signature": signature}, PAID)


def test_a_signed_body_that_is_no_text_is_malformed() -> None:
    with pytest.raises(Malformed):
        gateway().receive(*signed(b"\xff\xfe"))


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"null",
        {"event": 1, "payload": {}},
        {"payload": {}},
        {"event": "payment_link.paid"},
        {"event": "payment_link.paid", "payload": []},
        {"event": "payment_link.paid", "payload": {"payment_link": {"entity": {"id": 5}}}},
        {"event": "payment.captured", "payload": {"payment": {"entity": {"id": ""}}}},
        {"event": "refund.processed", "payload": {"refund": {"entity": {"id": "rfnd_1"}}}},
    ],
)
def test_a_signed_body_that_is_no_event_is_malformed(said: object) -> None:
    with pytest.raises(Malformed):
        gateway().receive(*signed(said))


@pytest.mark.parametrize(
    "kind", ["payment.authorized", "order.paid", "settlement.processed", "payment.downtime.started"]
)
def test_kinds_we_do_not_need_are_left_alone(kind: str) -> None:
    assert gateway().receive(*signed({"event": kind, "payload": {}})) is None


def test_an_event_without_an_id_is_known_by_its_body() -> None:
    headers, body = signed(PAID)
    del headers["x-razorpay-event-id"]

    first, again = gateway().receive(headers, body), gateway().receive(headers, body)

    assert first is not None
    assert first.id
    assert first == again
