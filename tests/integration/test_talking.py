"""What reaches us is kept once, answered once and in order; what we say goes forward only."""

from datetime import UTC, datetime, timedelta

import pytest

from models.conversation import Talk
from models.errors import Conflict
from models.message import (
    Address,
    ChannelName,
    DeliveryState,
    InboundMessage,
    Phone,
    Receipt,
    Tag,
)
from storage import inbox, nodes, outbox, talks
from storage.seals import Seals
from storage.store import Store
from storage.tables import inbox as inbox_rows
from storage.tables import outbox as outbox_rows

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SENDER = Address(ChannelName.WHATSAPP, "+919999000001")
ME, OTHER = "serve-1", "worker-1"


@pytest.fixture
def seals() -> Seals:
    return Seals([bytes(32)])


def a_message(id_: str = "SM1", text: str = "बिल", sender: Address = SENDER) -> InboundMessage:
    return InboundMessage(id_, sender, text, NOW)


async def take_in(
    store: Store, seals: Seals, message: InboundMessage, owner: str = ME
) -> inbox.Kept:
    return await store.write(inbox.keep, seals, message, owner, NOW)


async def answer(store: Store, seals: Seals, conversation: int, text: str = "नमस्ते") -> list[int]:
    opened = await store.read(talks.take_up, seals, conversation, ME)
    assert opened is not None
    said = talks.Said(
        opened.waiting.inbox_id,
        opened.conversation,
        Talk(tag=Tag("hi"), last_heard=NOW),
        (outbox.body(text, [("help", "मदद")], "hi"),),
    )
    return await store.write(talks.keep, seals, said, ME, NOW)


async def at_work(store: Store) -> None:
    """Both processes hold their slots."""
    for pid, slot in enumerate((ME, OTHER), 1):
        await store.write(nodes.lease, "", slot, "host", pid, NOW, lambda _: True)


async def state_of(store: Store, message: int) -> str:
    def look(db: object) -> str:
        row = db.execute(outbox_rows.select().where(outbox_rows.c.id == message)).one()  # type: ignore[attr-defined]  # a Connection
        return str(row.state)

    return await store.read(look)


async def test_a_repeated_message_is_kept_once(store: Store, seals: Seals) -> None:
    first = await take_in(store, seals, a_message())
    again = await take_in(store, seals, a_message())

    assert first.new
    assert not again.new
    assert (again.inbox_id, again.conversation_id) == (first.inbox_id, first.conversation_id)


async def test_the_message_comes_back_as_it_was(store: Store, seals: Seals) -> None:
    message = InboundMessage(
        "SM2",
        SENDER,
        "मेरा बिल ₹",
        NOW,
        choice="bill_pay:901010000123",
        edits="SM1",
        shared_phone=Phone("+919999000002"),
        blanked=True,
    )

    kept = await take_in(store, seals, message)
    opened = await store.read(talks.take_up, seals, kept.conversation_id, ME)

    assert opened is not None
    assert opened.waiting.message == message


async def test_no_phone_number_stands_in_the_clear(store: Store, seals: Seals) -> None:
    message = InboundMessage("SM3", SENDER, "हाँ", NOW, shared_phone=Phone("+919999000002"))
    await take_in(store, seals, message)

    def everything(db: object) -> str:
        tables = inbox_rows.metadata.sorted_tables
        return repr([db.execute(it.select()).all() for it in tables])  # type: ignore[attr-defined]  # a Connection

    assert "99990000" not in await store.read(everything)


async def test_messages_of_one_talk_stay_with_one_process(store: Store, seals: Seals) -> None:
    await take_in(store, seals, a_message("SM1"), ME)

    second = await take_in(store, seals, a_message("SM2"), OTHER)

    assert second.owner == ME


async def test_messages_are_answered_in_order_and_once(store: Store, seals: Seals) -> None:
    first = await take_in(store, seals, a_message("SM1", "एक"))
    await take_in(store, seals, a_message("SM2", "दो"))

    texts = []
    while opened := await store.read(talks.take_up, seals, first.conversation_id, ME):
        texts.append(opened.waiting.message.text)
        await answer(store, seals, first.conversation_id)

    assert texts == ["एक", "दो"]


async def test_a_turn_is_kept_once(store: Store, seals: Seals) -> None:
    kept = await take_in(store, seals, a_message())
    opened = await store.read(talks.take_up, seals, kept.conversation_id, ME)
    assert opened is not None
    said = talks.Said(kept.inbox_id, opened.conversation, Talk(), (outbox.body("नमस्ते", [], "hi"),))
    await store.write(talks.keep, seals, said, ME, NOW)

    with pytest.raises(Conflict):
        await store.write(talks.keep, seals, said, ME, NOW)


async def test_the_talk_comes_back_as_it_was(store: Store, seals: Seals) -> None:
    kept = await take_in(store, seals, a_message())
    await answer(store, seals, kept.conversation_id)

    loaded = await store.read(talks.load, seals, kept.conversation_id)

    assert loaded.talk == Talk(tag=Tag("hi"), last_heard=NOW)
    assert loaded.version == 1
    assert loaded.address == SENDER


async def test_what_is_sent_says_whether_the_window_is_open(store: Store, seals: Seals) -> None:
    kept = await take_in(store, seals, a_message())
    ids = await answer(store, seals, kept.conversation_id)

    [soon] = await store.read(outbox.load, seals, ids, NOW + timedelta(hours=1))
    [late] = await store.read(outbox.load, seals, ids, NOW + timedelta(hours=24))

    message = soon.message
    assert (message.to, message.text, message.options) == (SENDER, "नमस्ते", (("help", "मदद"),))
    assert (soon.attempt, soon.doubtful) == (1, False)
    assert message.window_open
    assert not late.message.window_open


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        (["sent", "delivered", "read"], "read"),
        (["read", "delivered", "sent"], "read"),
        (["delivered", "delivered"], "delivered"),
        (["failed", "sent"], "failed"),
        (["failed", "delivered"], "delivered"),
    ],
)
async def test_callbacks_move_a_message_forward_only(
    store: Store, seals: Seals, told: list[str], ends: str
) -> None:
    kept = await take_in(store, seals, a_message())
    [message] = await answer(store, seals, kept.conversation_id)

    for state in told:
        receipt = Receipt(ChannelName.WHATSAPP, "SMout", DeliveryState(state), message)
        await store.write(outbox.apply, [receipt], NOW)

    assert await state_of(store, message) == ends


async def test_a_callback_may_come_before_the_provider_s_answer(store: Store, seals: Seals) -> None:
    kept = await take_in(store, seals, a_message())
    [message] = await answer(store, seals, kept.conversation_id)
    early = Receipt(ChannelName.WHATSAPP, "SMout", DeliveryState.DELIVERED, message)
    await store.write(outbox.apply, [early], NOW)

    await store.write(outbox.accepted, message, "SMout", NOW)

    assert await state_of(store, message) == "delivered"
    later = Receipt(ChannelName.WHATSAPP, "SMout", DeliveryState.READ)
    assert await store.write(outbox.apply, [later], NOW) == 1


async def test_a_retry_is_claimed_when_due_and_once(store: Store, seals: Seals) -> None:
    await at_work(store)
    kept = await take_in(store, seals, a_message())
    [message] = await answer(store, seals, kept.conversation_id)
    later = NOW + timedelta(minutes=1)
    await store.write(outbox.again, message, 2, later, "20429", NOW, doubtful=False)

    early = await store.write(outbox.claim, OTHER, [], NOW, 10)
    due = await store.write(outbox.claim, OTHER, [], NOW + timedelta(minutes=2), 10)
    twice = await store.write(outbox.claim, ME, [], NOW + timedelta(minutes=2), 10)

    assert (early, due, twice) == ([], [message], [])
    [waiting] = await store.read(outbox.load, seals, due, NOW)
    assert (waiting.attempt, waiting.doubtful) == (2, False)


async def test_only_the_dead_s_messages_are_taken_over(store: Store, seals: Seals) -> None:
    await at_work(store)
    kept = await take_in(store, seals, a_message())
    [message] = await answer(store, seals, kept.conversation_id)

    assert await store.write(outbox.claim, OTHER, [], NOW, 10) == []
    assert await store.write(outbox.claim, OTHER, [ME], NOW, 10) == [message]
    [waiting] = await store.read(outbox.load, seals, [message], NOW)
    assert waiting.doubtful  # the dead may have sent it


async def test_what_a_slot_left_behind_is_taken_over(store: Store, seals: Seals) -> None:
    await at_work(store)
    kept = await take_in(store, seals, a_message())
    [message] = await answer(store, seals, kept.conversation_id)
    await take_in(store, seals, a_message("SM2"))

    await store.write(nodes.leave, ME, "host", 1)

    assert await store.write(outbox.claim, OTHER, [], NOW, 10) == [message]
    assert await store.write(inbox.adopt, OTHER, []) == 1


async def test_whoever_was_taken_for_dead_hears_of_it(store: Store) -> None:
    await store.write(nodes.lease, "serve", ME, "near", 1, NOW, lambda _: True)
    late = NOW + timedelta(minutes=1)
    await store.write(nodes.lease, "serve", ME, "far", 2, late, lambda _: True)

    with pytest.raises(nodes.SlotTaken):
        await store.write(nodes.beat, ME, "near", 1, late, lambda _: True)


async def test_nobody_is_taken_for_dead_because_the_database_was_away(store: Store) -> None:
    await at_work(store)
    back = NOW + timedelta(minutes=5)
    a_moment_later = back + timedelta(seconds=5)

    dead = await store.write(nodes.beat, ME, "host", 1, a_moment_later, lambda _: True, back)

    assert dead == []


async def test_the_pace_is_kept_over_all_processes(store: Store) -> None:
    waits = [await store.write(outbox.reserve, "whatsapp", 10.0, 1, 1000.0) for _ in range(20)]

    assert waits == pytest.approx([n / 10 for n in range(20)])


async def test_a_slot_is_leased_once_and_freed_by_death(store: Store) -> None:
    living = {11, 12}

    async def lease(pid: int) -> str:
        return await store.write(nodes.lease, "worker", None, "host", pid, NOW, living.__contains__)

    assert [await lease(11), await lease(12)] == ["worker-1", "worker-2"]
    living.discard(11)
    living.add(13)
    assert await lease(13) == "worker-1"
    with pytest.raises(nodes.SlotTaken):
        await store.write(nodes.lease, "worker", "worker-2", "other", 99, NOW, living.__contains__)


async def test_a_silent_process_of_another_host_counts_as_dead(store: Store) -> None:
    await store.write(nodes.lease, "worker", None, "far", 5, NOW, lambda _: True)
    me = await store.write(nodes.lease, "worker", None, "near", 6, NOW, lambda _: True)

    soon = await store.write(nodes.beat, me, "near", 6, NOW + timedelta(seconds=5), lambda _: True)
    late = await store.write(nodes.beat, me, "near", 6, NOW + timedelta(seconds=20), lambda _: True)

    assert (soon, late) == ([], ["worker-1"])
