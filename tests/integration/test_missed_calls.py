"""Missed calls: one answer per number and purpose in ten minutes, however often it rings."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from models.message import Address, ChannelName, InboundMessage, Kind
from storage.inbox import keep
from storage.seals import Seals
from storage.store import Database, Store

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SEALS = Seals([b"k" * 32])
ME, SOMEBODY = "+919829012345", "+919829054321"


def ring(name: str, at: datetime = NOW, purpose: str = "bill", who: str = ME) -> InboundMessage:
    return InboundMessage(
        id=f"missed:exotel:{name}",
        sender=Address(ChannelName.SMS, who),
        text="",
        received_at=at,
        kind=Kind.MISSED_CALL,
        choice=f"missed_call:purpose={purpose}",
    )


async def is_new(store: Store, call: InboundMessage) -> bool:
    kept = await store.write(keep, SEALS, call, None, call.received_at)
    return kept.new


async def test_ten_rings_are_one_question(store: Store) -> None:
    kept = [
        await store.write(keep, SEALS, ring(f"c{n}", NOW + timedelta(seconds=n)), None, NOW)
        for n in range(10)
    ]

    assert [it.new for it in kept] == [True] + 9 * [False]
    assert len({it.inbox_id for it in kept}) == 1


async def test_another_purpose_and_another_number_are_other_questions(store: Store) -> None:
    assert await is_new(store, ring("c1"))
    assert await is_new(store, ring("c2", purpose="outage"))
    assert await is_new(store, ring("c3", who=SOMEBODY))


@pytest.mark.parametrize(("minutes", "new"), [(9.99, False), (10, True), (25, True)])
async def test_after_ten_minutes_a_ring_is_a_new_question(
    store: Store, minutes: float, *, new: bool
) -> None:
    await is_new(store, ring("c1"))

    assert await is_new(store, ring("c2", NOW + timedelta(minutes=minutes))) is new


async def test_rings_in_between_do_not_put_the_ten_minutes_off(store: Store) -> None:
    rung = [await is_new(store, ring(f"c{n}", NOW + timedelta(minutes=4 * n))) for n in range(6)]

    assert rung == [True, False, False, True, False, False]


async def test_the_same_call_told_again_an_hour_later_is_a_repeat(store: Store) -> None:
    await is_new(store, ring("c1"))

    assert not await is_new(store, ring("c1", NOW + timedelta(hours=1)))


async def test_what_people_write_meanwhile_is_not_a_ring(store: Store) -> None:
    words = InboundMessage("S1", Address(ChannelName.SMS, ME), "BILL", NOW)

    assert await is_new(store, words)
    assert await is_new(store, ring("c1"))


@pytest.fixture
def processes(database_url: str) -> Iterator[list[Store]]:
    """Four processes on one database, as far as the database can tell."""
    made = [Store(Database(database_url)) for _ in range(4)]
    yield made
    for it in made:
        it.close()


async def test_rings_that_several_processes_hear_at_once_are_one_question(
    processes: list[Store],
) -> None:
    people = [f"+9198290{n:05d}" for n in range(20)]
    for who in people:  # they have written before, so nobody waits for their row to be made
        await is_new(processes[0], InboundMessage(who, Address(ChannelName.SMS, who), "hi", NOW))

    heard = await asyncio.gather(
        *(
            is_new(process, ring(f"{who}-{n}", who=who))
            for who in people
            for n, process in enumerate(processes)
        )
    )

    assert sum(heard) == len(people)
