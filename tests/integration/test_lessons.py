"""What was not understood is kept once, masked, labelled by a choice, and forgotten in time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.conversation import Talk
from models.lesson import Lesson
from models.message import HINGLISH, Address, ChannelName, InboundMessage
from storage import inbox, lessons, nodes, talks
from storage.retention import forget
from storage.seals import Seals
from storage.store import Store

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SENDER = Address(ChannelName.WHATSAPP, "+919999000001")
ME = "serve-1"
LESSON = Lesson("paisa 000000000000", HINGLISH, "bill_pay", 0.4)


@pytest.fixture
def seals() -> Seals:
    return Seals([bytes(32)])


async def turn(store: Store, seals: Seals, id_: str, lesson: Lesson | None) -> None:
    """A message, answered; what it teaches is kept in the same commit."""
    message = InboundMessage(id_, SENDER, "paisa", NOW)
    kept = await store.write(inbox.keep, seals, message, ME, NOW)
    opened = await store.read(talks.take_up, seals, kept.conversation_id, ME)
    assert opened is not None
    said = talks.Said(
        opened.waiting.inbox_id, opened.conversation, Talk(last_heard=NOW), (), lesson=lesson
    )
    await store.write(talks.keep, seals, said, ME, NOW)


async def test_a_text_is_kept_once_and_labelled_by_what_was_chosen(
    store: Store, seals: Seals
) -> None:
    await store.write(nodes.lease, "", ME, "host", 1, NOW, lambda _: True)
    await turn(store, seals, "SM1", LESSON)
    await turn(store, seals, "SM2", replace(LESSON, confidence=0.5))
    await turn(store, seals, "SM3", None)
    await turn(store, seals, "SM4", Lesson(LESSON.text, HINGLISH, chosen="payment_status"))
    await turn(store, seals, "SM5", Lesson(LESSON.text, HINGLISH, chosen="bill_view"))

    kept = await store.read(lessons.lessons, NOW - timedelta(days=1))

    assert list(kept) == [replace(LESSON, chosen="payment_status")]


async def test_a_choice_alone_keeps_nothing(store: Store) -> None:
    await store.write(lessons.learn, Lesson("bill", HINGLISH, chosen="bill_view"), NOW)

    assert not await store.read(lessons.lessons, NOW - timedelta(days=1))


async def test_lessons_go_with_the_messages(store: Store) -> None:
    await store.write(lessons.learn, LESSON, NOW - timedelta(days=181))
    await store.write(lessons.learn, replace(LESSON, text="naya"), NOW - timedelta(days=179))

    await store.write(forget, 180, NOW)

    kept = await store.read(lessons.lessons, NOW - timedelta(days=365))
    assert [it.text for it in kept] == ["naya"]
