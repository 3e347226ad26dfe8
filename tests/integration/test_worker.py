"""A worker among people, providers and a database that all have bad days."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import Connection, select, update
from sqlalchemy.engine import make_url

from app.chores import purge, sweep
from app.stored_outbox import StoredOutbox
from app.worker import CLAIMED, Worker, this_machine
from bot.engine import Speech, Step
from channels.sender import Sender
from models.conversation import Conversation
from models.errors import Conflict, Temporary, Unknown
from models.message import ENGLISH, Address, ChannelName, InboundMessage, OutboundMessage
from simulators.faults import Fault
from storage import inbox, nodes, outbox, talks
from storage.seals import SealBroken, Seals
from storage.store import Database, Store
from storage.tables import fact, node
from storage.tables import inbox as inbox_rows
from storage.tables import outbox as outbox_rows
from tests.databases import PostgresServer
from tests.fakes.channel import FakeChannel
from tests.integration.talking_town import ME, K, Town, town, until

WHATSAPP = ChannelName.WHATSAPP
DEAD = 2**22 + 1  # no process has this number
KEY = bytes(range(32))


@dataclass
class Echo:
    """An engine that says what it heard; the first tries may go wrong, or take their time."""

    troubles: list[Exception] = field(default_factory=list)
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    async def step(self, message: InboundMessage, talk: Conversation, now: datetime) -> Step:
        self.heard.append(message.text)
        if message.text in self.slow:
            await self.slow[message.text].wait()
        if self.troubles:
            raise self.troubles.pop(0)
        said = f"you said {message.text}"
        return Step((Speech(said),), replace(talk.talk, last_heard=now), ENGLISH)

    def give_up(self, talk: Conversation) -> Step:
        return Step((Speech("sorry"),), talk.talk, ENGLISH)


@dataclass
class Desk:
    """A worker over a fake channel, and the clock it goes by."""

    store: Store
    worker: Worker
    channel: FakeChannel
    engine: Echo
    later: timedelta = timedelta()

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.later

    async def hears(self, text: str, id_: str = "", sender: str = ME) -> bool:
        address = Address(WHATSAPP, sender)
        message = InboundMessage(id_ or f"SM-{sender}-{text}", address, text, self.clock())
        return await self.worker.take_in(message)

    def said(self, person: str = ME) -> list[str]:
        return [it.text for it in self.channel.sent if it.to.id == person]

    async def states(self) -> list[str]:
        rows = await self.store.read(
            lambda db: db.execute(select(outbox_rows.c.state)).scalars().all()
        )
        return sorted(rows)


def a_desk(store: Store, *, alone: bool = False, channel: FakeChannel | None = None) -> Desk:
    channel, engine = channel or FakeChannel(WHATSAPP), Echo()
    made: list[Desk] = []

    def clock() -> datetime:
        return made[0].clock()

    letters = StoredOutbox(store, clock, {})
    worker = Worker(
        store=store,
        seals=Seals([KEY]),
        engine=engine,  # type: ignore[arg-type]  # only these two methods are called
        sender=Sender({WHATSAPP: channel}, letters, clock, {}),
        kind="chat" if alone else "serve",
        clock=clock,
        alone=alone,
    )
    made.append(Desk(store, worker, channel, engine))
    return made[0]


@pytest_asyncio.fixture
async def desk(store: Store) -> AsyncIterator[Desk]:
    desk = a_desk(store)
    await desk.worker.start()
    yield desk
    await desk.worker.close(1.0)


@pytest_asyncio.fixture
async def place(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url) as place:
        yield place


async def someone_else_said(store: Store, count: int, slot: str, pid: int) -> None:
    """Letters and a question that another process of this machine was seeing to."""
    other = a_desk(store)
    other.worker.slot = slot
    other.worker.works = True
    await store.write(nodes.lease, "", slot, this_machine(), pid, other.clock(), lambda _: True)
    conversations = []
    for n in range(count):
        message = InboundMessage(
            f"SM{slot}{n}", Address(WHATSAPP, f"+91999910{n:04d}"), "x", other.clock()
        )
        found = await store.write(inbox.keep, other.worker.seals, message, slot, other.clock())
        conversations.append(found.conversation_id)

    def leave(db: Connection) -> None:
        for it in conversations:
            outbox.put(db, it, outbox.body("hello", (), "en"), other.clock(), slot)
        db.execute(update(inbox_rows).values(answered_at=1))

    await store.write(leave)


async def test_one_talk_is_answered_in_order_and_others_beside_it(desk: Desk) -> None:
    desk.engine.slow["first"] = asyncio.Event()
    await desk.hears("first")
    await desk.hears("second")
    await desk.hears("third")
    await desk.hears("hello", sender="+919999000002")
    await until(lambda: desk.said("+919999000002") == ["you said hello"])
    assert desk.said() == []

    desk.engine.slow["first"].set()
    await until(lambda: len(desk.said()) == 3)

    assert desk.said() == ["you said first", "you said second", "you said third"]


async def test_fifty_messages_at_once_are_each_answered_once_and_in_order(desk: Desk) -> None:
    people = [f"+9199990003{n:02d}" for n in range(5)]
    for n in range(10):
        await asyncio.gather(*(desk.hears(f"{n}", sender=it) for it in people for _ in range(3)))
    await desk.worker.idle()

    assert [desk.said(it) for it in people] == [[f"you said {n}" for n in range(10)]] * 5


async def test_a_turn_that_met_another_is_done_again(desk: Desk) -> None:
    desk.engine.troubles = [Conflict(), Conflict()]
    await desk.hears("hello")
    await desk.worker.idle()

    assert desk.engine.heard == ["hello"] * 3
    assert desk.said() == ["you said hello"]


async def test_a_turn_that_never_fits_is_given_up_and_not_tried_for_ever(desk: Desk) -> None:
    desk.engine.troubles = [Conflict() for _ in range(100)]
    await desk.hears("hello")
    await desk.worker.idle()

    assert desk.said() == ["sorry"]
    assert len(desk.engine.heard) <= 5


async def test_a_conflict_in_a_batch_harms_nobody_else_in_it(desk: Desk) -> None:
    await desk.hears("hello")
    await desk.worker.idle()

    def opened(db: Connection) -> Conversation:
        return talks.load(db, desk.worker.seals, 1)

    now_kept = await desk.store.read(opened)
    stale = talks.Said(1, replace(now_kept, version=0), now_kept.talk, ("{}",))
    writes = [
        desk.store.write(talks.keep, desk.worker.seals, stale, "serve-1", desk.clock()),
        *(desk.hears("hi", sender=f"+9199990004{n:02d}") for n in range(10)),
    ]
    done = await asyncio.gather(*writes, return_exceptions=True)
    await desk.worker.idle()

    assert isinstance(done[0], Conflict)
    assert done[1:] == [True] * 10
    assert len(desk.channel.sent) == 11


async def test_a_database_that_is_away_postpones_the_turn_and_loses_nothing(desk: Desk) -> None:
    desk.engine.troubles = [Temporary(), Temporary()]
    await desk.hears("hello")
    await desk.worker.idle()
    assert desk.said() == []

    for _ in range(2):
        await desk.worker.tick()
        await desk.worker.idle()

    assert desk.said() == ["you said hello"]


async def test_a_talk_that_cannot_be_read_is_logged_and_left(desk: Desk) -> None:
    desk.engine.troubles = [SealBroken() for _ in range(4)]
    await desk.hears("hello")
    for _ in range(6):
        await desk.worker.idle()
        await desk.worker.tick()
    await desk.worker.idle()

    assert desk.said() == ["you said hello"]


async def test_whatever_a_dead_process_left_is_sent_however_much_it_is(store: Store) -> None:
    await someone_else_said(store, CLAIMED + 30, "serve-1", DEAD)
    desk = a_desk(store)

    await desk.worker.start()
    await desk.worker.idle()

    assert desk.worker.slot == "serve-1"
    assert len(desk.channel.sent) == CLAIMED + 30
    await desk.worker.close(1.0)
    assert set(await desk.states()) == {"accepted"}


async def test_what_a_slot_given_up_for_good_left_is_sent_by_others(desk: Desk) -> None:
    await someone_else_said(desk.store, 3, "worker-7", os.getpid())
    await desk.worker.tick()
    await desk.worker.idle()
    assert desk.channel.sent == []

    def leave(db: Connection) -> None:
        nodes.leave(db, "worker-7", this_machine(), os.getpid())

    await desk.store.write(leave)
    await desk.worker.tick()
    await desk.worker.idle()

    assert len(desk.channel.sent) == 3


async def test_what_the_dead_had_sent_is_not_sent_again(desk: Desk) -> None:
    await someone_else_said(desk.store, 2, "worker-7", DEAD)
    waiting = await desk.store.read(outbox.load, desk.worker.seals, [1], desk.clock())
    desk.channel.sent.append(waiting[0].message)

    await desk.worker.tick()
    await desk.worker.idle()

    assert len(desk.channel.sent) == 2
    assert await desk.states() == ["accepted", "accepted"]


async def test_a_terminal_takes_over_nobody_s_messages(store: Store) -> None:
    await someone_else_said(store, 3, "serve-1", DEAD)
    terminal = a_desk(store, alone=True)
    await terminal.worker.start()
    await terminal.hears("hello")
    await terminal.worker.tick()
    await terminal.worker.idle()

    assert [it.text for it in terminal.channel.sent] == ["you said hello"]
    await terminal.worker.close(1.0)


async def test_a_letter_lost_on_the_way_is_found_and_looked_up(desk: Desk) -> None:
    await desk.hears("hello")
    await desk.worker.idle()

    def forget(db: Connection) -> None:
        db.execute(update(outbox_rows).values(state="sending", provider_id=None))

    await desk.store.write(forget)  # as if the answer had come while the database was away
    await desk.worker.let_go_of_stranded(desk.clock())
    assert await desk.states() == ["sending"]
    desk.later = timedelta(minutes=5)
    await desk.worker.let_go_of_stranded(desk.clock())
    await desk.worker.tick()
    await desk.worker.idle()

    assert await desk.states() == ["accepted"]
    assert desk.said() == ["you said hello"]


async def test_a_send_in_doubt_waits_and_is_looked_up(desk: Desk) -> None:
    desk.channel.troubles.append(Unknown())
    await desk.hears("hello")
    await desk.worker.idle()
    assert await desk.states() == ["retry"]

    desk.later = timedelta(minutes=2)
    await desk.worker.tick()
    await desk.worker.idle()

    assert desk.said() == ["you said hello"]
    assert await desk.states() == ["accepted"]


async def test_an_hour_without_the_provider_is_waited_out(desk: Desk) -> None:
    desk.channel.troubles.extend(Temporary(wait=60) for _ in range(4))
    await desk.hears("hello")
    for _ in range(5):
        await desk.worker.idle()
        desk.later += timedelta(minutes=50)
        await desk.worker.tick()
    await desk.worker.idle()

    assert desk.said() == ["you said hello"]
    assert await desk.states() == ["accepted"]


async def test_whoever_was_taken_for_dead_goes_on_under_another_slot(desk: Desk) -> None:
    def steal(db: Connection) -> None:
        db.execute(update(node).values(pid=os.getppid()))

    await desk.store.write(steal)
    await desk.worker.tick()
    await desk.hears("hello")
    await desk.worker.idle()

    assert desk.worker.slot == "serve-2"
    assert desk.said() == ["you said hello"]


async def test_stopping_leaves_what_could_not_be_sent_to_the_next(store: Store) -> None:
    first = a_desk(store)
    first.channel.troubles.append(Temporary())
    await first.worker.start()
    await first.hears("hello")
    await until(lambda: not first.channel.troubles)
    await first.worker.close(1.0)
    assert first.said() == []

    second = a_desk(store)
    second.later = timedelta(minutes=1)
    await second.worker.start()
    await second.worker.idle()
    await second.worker.close(1.0)

    assert second.said() == ["you said hello"]


async def test_a_sweep_takes_in_what_was_never_delivered_once(desk: Desk) -> None:
    def made(db: Connection) -> None:
        moment = desk.clock() - timedelta(hours=1)
        db.execute(
            update(fact)
            .where(fact.c.name == "made_at")
            .values(value=str(int(moment.timestamp() * 1000)))
        )

    await desk.store.write(made)
    await desk.hears("seen", "SM1")
    await desk.worker.idle()
    now = desk.clock()
    record = desk.channel.on_record
    for id_, minutes in (("SM1", 0), ("SM2", 2), ("SM3", 120)):
        sent = now - timedelta(minutes=minutes)
        record.append(InboundMessage(id_, Address(WHATSAPP, ME), id_, sent))

    found = [await sweep(desk.worker, desk.channel, now) for _ in range(2)]
    await desk.worker.idle()

    assert found == [1, 0]
    assert desk.said() == ["you said seen", "you said SM2"]


async def test_a_sweep_does_not_believe_a_list_that_goes_back_too_far(desk: Desk) -> None:
    before = InboundMessage("SM0", Address(WHATSAPP, ME), "old", desk.clock() - timedelta(days=2))

    class Careless(FakeChannel):
        async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
            yield before

    assert await sweep(desk.worker, Careless(WHATSAPP), desk.clock()) == 0


async def test_what_is_past_its_time_is_forgotten_and_what_waits_is_not(desk: Desk) -> None:
    await desk.hears("hello")
    await desk.worker.idle()
    desk.engine.troubles = [Temporary()]
    await desk.hears("still open")
    await desk.worker.idle()

    await purge(desk.worker, 180, desk.clock() + timedelta(days=181))

    rows: Sequence[str] = await desk.store.read(
        lambda db: db.execute(select(inbox_rows.c.provider_id)).scalars().all()
    )
    assert rows == [f"SM-{ME}-still open"]
    assert await desk.states() == []


@pytest.mark.parametrize(
    "fault", [Fault.TOO_MANY, Fault.BAD_GATEWAY, Fault.SERVER_ERROR, Fault.LOST_ANSWER]
)
async def test_a_provider_s_bad_moment_costs_no_reply_and_doubles_none(
    database_url: str, fault: Fault
) -> None:
    moved = [timedelta()]
    async with town(database_url, clock=lambda: datetime.now(UTC) + moved[0]) as place:
        await until(lambda: bool(place.house.ways.contents))  # else it meets the menus
        place.twilio.callbacks.statuses = ()  # no receipt tells what became of it
        place.twilio.faults.next.append(fault)
        await place.twilio.person_says("whatsapp", ME, f"BILL {K}")
        await place.house.worker.idle()
        moved[0] = timedelta(minutes=2)
        await place.house.worker.tick()
        await place.house.worker.idle()

        def tries(db: Connection) -> list[tuple[str, int]]:
            rows = db.execute(select(outbox_rows.c.state, outbox_rows.c.attempt))
            return [(row.state, row.attempt) for row in rows]

        assert not place.twilio.faults.next
        assert len(place.said()) == 1
        assert [state for state, _ in await place.house.store.read(tries)] == ["accepted"]


@pytest.mark.parametrize("way", ["early", "late", "twice", "out of order"])
async def test_callbacks_come_as_they_like(place: Town, way: str) -> None:
    told = place.twilio.callbacks
    told.before_answer, told.repeated, told.shuffled = (
        way == "early",
        way == "twice",
        way == "out of order",
    )
    told.seconds = 0.1 if way == "late" else 0.0

    await place.asks(f"BILL {K}")
    await place.house.worker.idle()
    await place.twilio.settled()

    states = await place.house.store.read(
        lambda db: db.execute(select(outbox_rows.c.state)).scalars().all()
    )
    assert states == ["read"]
    assert len(place.said()) == 1


class Hesitant(FakeChannel):
    """A provider that takes a message at once and says so a little later."""

    def __init__(self) -> None:
        super().__init__(WHATSAPP)
        self.taken = asyncio.Event()

    async def send(self, message: OutboundMessage) -> str:
        found = await super().send(message)
        self.taken.set()
        await asyncio.sleep(0.3)
        return found


async def test_postgresql_gone_and_back_loses_and_doubles_nothing(
    postgres_url: str, postgres_server: PostgresServer
) -> None:
    name = make_url(postgres_url).database
    store, channel, admin = Store(Database(postgres_url)), Hesitant(), postgres_server.admin
    desk = a_desk(store, channel=channel)
    await desk.worker.start()

    await desk.hears("before")
    await channel.taken.wait()
    admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')  # before it can be noted
    admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )
    with pytest.raises(Temporary):
        await desk.hears("meanwhile")
    await asyncio.sleep(1.0)
    admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    await desk.hears("after")
    await until(lambda: len(desk.said()) == 2)
    await desk.worker.idle()

    assert desk.said() == ["you said before", "you said after"]
    assert await desk.states() == ["accepted", "accepted"]
    await desk.worker.close(1.0)
    store.close()
