"""Twilio's forms, one kind after another, and what is none of them."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.channel import Malformed
from channels.twilio_inbound import fields, message, receipt
from models.message import Address, ChannelName, DeliveryState, InboundMessage, Kind, Receipt

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SID = "SM" + "1" * 32
SMS = {"MessageSid": SID, "From": "+919829012345", "To": "+15005550006", "Body": "BILL"}
CHAT = {**SMS, "From": "whatsapp:+919829012345", "To": "whatsapp:+14155238886"}


def read(form: dict[str, str]) -> InboundMessage:
    found = message(form, NOW)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, Kind.TEXT),
        ({"NumMedia": "0"}, Kind.TEXT),
        (
            {"NumMedia": "1", "MediaContentType0": "audio/ogg", "MediaUrl0": "https://m/1"},
            Kind.VOICE,
        ),
        ({"NumMedia": "1", "MediaContentType0": "image/jpeg"}, Kind.PICTURE),
        ({"NumMedia": "1", "MediaContentType0": "image/webp"}, Kind.STICKER),
        ({"NumMedia": "1", "MediaContentType0": "application/pdf"}, Kind.DOCUMENT),
        ({"NumMedia": "1", "MediaContentType0": "text/vcard; charset=utf-8"}, Kind.CONTACT),
        ({"NumMedia": "1", "MediaContentType0": "video/mp4"}, Kind.OTHER),
        ({"NumMedia": "1"}, Kind.OTHER),
        ({"Latitude": "26.450000", "Longitude": "74.640000"}, Kind.LOCATION),
        ({"Latitude": "<b>", "Longitude": "74.64"}, Kind.TEXT),
        ({"NumMedia": "x"}, Kind.TEXT),
    ],
)
def test_a_message_is_of_the_kind_that_was_sent(more: dict[str, str], kind: Kind) -> None:
    assert read({**CHAT, **more}).kind is kind


def test_media_and_places_are_kept_as_addresses() -> None:
    two = {"NumMedia": "2", "MediaUrl0": "https://m/0", "MediaUrl1": "https://m/1"}

    assert read({**CHAT, **two}).media == ("https://m/0", "https://m/1")
    place = {"Latitude": "26.45", "Longitude": "-74.64"}
    assert read({**CHAT, **place}).media == ("geo:26.45,-74.64",)


@pytest.mark.parametrize(
    "more",
    [
        {"ButtonPayload": "bill:pay", "ButtonText": "Pay now", "Body": "Pay now"},
        {"ListId": "bill:pay", "ListTitle": "Pay now", "Body": "Pay now"},
        {"ButtonPayload": "bill:pay", "Body": "Pay now"},
    ],
)
def test_a_tap_is_a_choice(more: dict[str, str]) -> None:
    found = read({**CHAT, **more})

    assert (found.kind, found.choice, found.text) == (Kind.CHOICE, "bill:pay", "Pay now")


@pytest.mark.parametrize(
    ("came_from", "sender"),
    [
        ("+919829012345", Address(ChannelName.SMS, "+919829012345")),
        ("whatsapp:+919829012345", Address(ChannelName.WHATSAPP, "+919829012345")),
        (
            "whatsapp:IN.13491208655302741918",
            Address(ChannelName.WHATSAPP, "IN.13491208655302741918"),
        ),
        ("whatsapp:IN.ENT.13a", Address(ChannelName.WHATSAPP, "IN.ENT.13a")),
    ],
)
def test_the_sender_has_an_address(came_from: str, sender: Address) -> None:
    assert read({**SMS, "From": came_from}).sender == sender


@pytest.mark.parametrize(
    "came_from",
    ["57575", "VM-HDFCBK", "whatsapp:", "whatsapp:+12\n", "+91982901234५", "+0123456789"],
)
def test_who_takes_no_reply_is_not_heard(came_from: str) -> None:
    assert message({**SMS, "From": came_from}, NOW) is None


def test_an_opt_out_was_answered_by_twilio_itself() -> None:
    assert message({**SMS, "Body": "STOP", "OptOutType": "STOP"}, NOW) is None


@pytest.mark.parametrize("missing", ["MessageSid", "From", "Body"])
def test_a_form_without_the_fields_of_a_message_is_malformed(missing: str) -> None:
    form = {name: value for name, value in SMS.items() if name != missing}

    with pytest.raises(Malformed):
        message(form, NOW)


@pytest.mark.parametrize("sid", ["", " ", "SM\0", "S" * 65, "SM/../1", "एसएम"])
def test_an_id_that_is_none_is_malformed(sid: str) -> None:
    with pytest.raises(Malformed):
        message({**SMS, "MessageSid": sid}, NOW)


def test_an_empty_text_is_a_message() -> None:
    assert read({**SMS, "Body": ""}).text == ""


def test_what_no_database_takes_is_left_out() -> None:
    form = dict(fields(urlencode({**SMS, "Body": "a\0b"}).encode() + b"&X=%ED%A0%80&Y=%FF"))

    assert read(form).text == "ab"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("queued", DeliveryState.ACCEPTED),
        ("sending", DeliveryState.ACCEPTED),
        ("sent", DeliveryState.SENT),
        ("delivered", DeliveryState.DELIVERED),
        ("read", DeliveryState.READ),
        ("undelivered", DeliveryState.FAILED),
        ("failed", DeliveryState.FAILED),
        ("canceled", DeliveryState.FAILED),
    ],
)
def test_a_status_is_a_receipt(status: str, state: DeliveryState) -> None:
    form = {"MessageSid": SID, "MessageStatus": status, "To": "whatsapp:+919829012345"}

    found = receipt({**form, "ErrorCode": "63016"}, "/webhooks/twilio/status?m=42&x=1")

    assert found == Receipt(ChannelName.WHATSAPP, SID, state, 42, "63016")


@pytest.mark.parametrize("query", ["", "?m=", "?m=-1", "?m=१", "?m=" + "9" * 30, "?m=1;drop", "?["])
def test_a_receipt_without_our_number_is_still_a_receipt(query: str) -> None:
    form = {"MessageSid": SID, "MessageStatus": "sent", "To": "+919829012345"}

    assert receipt(form, f"/status{query}") == Receipt(ChannelName.SMS, SID, DeliveryState.SENT)


def test_a_status_twilio_thought_of_later_is_no_receipt() -> None:
    assert receipt({"MessageSid": SID, "MessageStatus": "pondered"}, "/status") is None


def test_a_status_without_a_message_is_malformed() -> None:
    with pytest.raises(Malformed):
        receipt({"MessageStatus": "sent"}, "/status")


@given(st.dictionaries(st.sampled_from([*CHAT, "NumMedia", "ListId", "Latitude"]), st.text()))
def test_no_form_surprises_us(form: dict[str, str]) -> None:
    try:
        found = message(form, NOW)
    except Malformed:
        return

    assert found is None or found.text.encode() is not None
