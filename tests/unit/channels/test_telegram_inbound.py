"""Telegram's updates, one kind after another, and what is none of them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.channel import Malformed
from channels.telegram_inbound import Update, read
from models.message import Address, ChannelName, InboundMessage, Kind

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ASHA = {"id": 42, "is_bot": False, "first_name": "Asha"}
CHAT = {"id": 42, "type": "private"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def update(kind: str = "message", **content: object) -> Update:
    part = {"message_id": 7, "from": ASHA, "chat": CHAT, "date": 1_795_500_000, **content}
    return read(json.dumps({"update_id": 100, kind: part}).encode(), NOW)


def message(kind: str = "message", **content: object) -> InboundMessage:
    found = update(kind, **content).message
    assert found is not None
    return found


def test_a_text_is_a_message() -> None:
    assert message(text="मेरा बिल") == InboundMessage(
        "update:100", Address(ChannelName.TELEGRAM, "42"), "मेरा बिल", NOW
    )


@pytest.mark.parametrize("text", ["/bill 901010000123", "/start a-deep-link", "/bill@SaathiBot"])
def test_a_command_is_text(text: str) -> None:
    assert message(text=text).text == text


def test_an_edited_message_has_an_id_of_its_own_and_names_the_first() -> None:
    found = message("edited_message", text="the load is 3 kW")

    assert (found.id, found.edits) == ("update:100", "message:7")


@pytest.mark.parametrize(
    ("content", "kind", "media"),
    [
        ({"voice": {"file_id": "v1"}}, Kind.VOICE, ("v1",)),
        ({"audio": {"file_id": "a1"}}, Kind.VOICE, ("a1",)),
        ({"photo": [{"file_id": "small"}, {"file_id": "large"}]}, Kind.PICTURE, ("large",)),
        ({"document": {"file_id": "d1"}}, Kind.DOCUMENT, ("d1",)),
        ({"animation": {"file_id": "g1"}, "document": {"file_id": "g1"}}, Kind.OTHER, ()),
        ({"sticker": {"file_id": "s1"}}, Kind.STICKER, ("s1",)),
        ({"location": {"latitude": 26.5, "longitude": 74.6}}, Kind.LOCATION, ("geo:26.5,74.6",)),
        ({"video": {"file_id": "m1"}}, Kind.OTHER, ()),
        ({"dice": {}}, Kind.OTHER, ()),
    ],
)
def test_a_message_is_of_the_kind_that_was_sent(
    content: dict[str, Any], kind: Kind, media: tuple[str, ...]
) -> None:
    found = message(**content)

    assert (found.kind, found.media, found.text) == (kind, media, "")


def test_a_caption_is_the_text_of_a_file() -> None:
    found = message(photo=[{"file_id": "p"}], caption="my pin is 4521")

    assert (found.text, found.blanked) == ("my pin is ••••", True)


@pytest.mark.parametrize("number", ["919829012345", "+919829012345", "+91 98290 12345"])
def test_a_number_is_shared_by_its_owner(number: str) -> None:
    found = message(contact={"phone_number": number, "user_id": 42})

    assert (found.kind, found.shared_phone) == (Kind.CONTACT, "+919829012345")


@pytest.mark.parametrize(
    "contact",
    [
        {"phone_number": "919829012345", "user_id": 43},
        {"phone_number": "919829012345"},
        {"phone_number": "919829012345", "user_id": "42"},
        {"phone_number": "call me", "user_id": 42},
        {"phone_number": None, "user_id": 42},
        {"user_id": 42},
    ],
)
def test_a_contact_that_is_not_the_senders_own_proves_nothing(contact: dict[str, Any]) -> None:
    found = message(contact=contact)

    assert (found.kind, found.shared_phone) == (Kind.CONTACT, None)


def tap(**more: object) -> Update:
    keyboard = {
        "inline_keyboard": [
            [{"text": "Later", "callback_data": "no"}],
            [{"text": "Pay now", "callback_data": "pay:1"}],
        ]
    }
    under = {"message_id": 7, "chat": CHAT, "date": 1, "reply_markup": keyboard}
    query = {"id": "q1", "from": ASHA, "message": under, "data": "pay:1", **more}
    return read(json.dumps({"update_id": 100, "callback_query": query}).encode(), NOW)


def test_a_tap_is_a_choice_with_the_words_on_the_button() -> None:
    found = tap()

    assert found.tap == "q1"
    assert found.message == InboundMessage(
        "update:100",
        Address(ChannelName.TELEGRAM, "42"),
        "Pay now",
        NOW,
        kind=Kind.CHOICE,
        choice="pay:1",
    )


def test_a_tap_under_a_message_telegram_has_forgotten_is_a_choice_all_the_same() -> None:
    found = tap(message=None)

    assert found.message is not None
    assert (found.message.choice, found.message.text) == ("pay:1", "")


def test_a_tap_without_a_key_is_only_answered() -> None:
    assert tap(data=None) == Update(tap="q1")


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hello", "chat": {"id": -100, "type": "supergroup"}},
        {"text": "hello", "chat": {"id": -5, "type": "group"}},
        {"text": "hello", "from": {**ASHA, "is_bot": True}},
        {"pinned_message": {"message_id": 3}},
        {"new_chat_title": "x"},
        {},
    ],
)
def test_groups_bots_and_the_chats_own_news_are_not_heard(content: dict[str, Any]) -> None:
    assert update(**content) == Update()


@pytest.mark.parametrize("kind", ["my_chat_member", "poll", "inline_query", "tomorrow's kind"])
def test_other_updates_are_valid_and_none_of_ours(kind: str) -> None:
    assert update(kind, text="x") == Update()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 1e3}',
        b'{"update_id": ' + b"9" * 30 + b"}",
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"message": {"text": "x"}}',
        b"[" * 100_000,
        b"\xff\xfe",
        b"a" * 1_048_576,
    ],
)
def test_what_is_no_update_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body, NOW)


def test_what_no_database_takes_is_left_out() -> None:
    body = rb'{"update_id": 1, "message": {"text": "a\u0000b\ud800", "from": {"id": 42},'
    found = read(body + rb' "chat": {"id": 42, "type": "private"}}}', NOW).message

    assert found is not None
    assert found.text == "ab\ufffd"


@given(
    st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]),
    st.dictionaries(
        st.sampled_from(
            ["chat", "from", "text", "contact", "photo", "location", "data", "id", "message"]
        ),
        JSON | st.just(CHAT) | st.just(ASHA),
    ),
)
def test_no_update_surprises_us(kind: str, part: dict[str, Any]) -> None:
    found = read(json.dumps({"update_id": 1, kind: part}).encode(), NOW)

    assert found.message is None or found.message.text.encode() is not None
