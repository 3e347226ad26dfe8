"""What the bot asks about codes, cases and registered mobiles, answered from the store."""

import pytest
from sqlalchemy import Connection, update

from app.services import StoredAccounts, StoredCases, StoredCodes
from bot.ports import Accounts, Cases, Codes
from models.case import CaseKind
from models.deeds import EnterCode, OpenCase
from storage.store import Store
from storage.tables import audit, complaint
from tests.integration.deed_world import (
    NOW,
    OTHER_PHONE,
    PHONE,
    SEALS,
    WHATSAPP,
    K,
    World,
    a_code,
    k_number,
)


@pytest.fixture
def world(store: Store) -> World:
    world = World(store.database)
    world.connection(mobile=OTHER_PHONE)
    return world


async def test_a_code_is_known_from_its_asking_to_its_entering(store: Store, world: World) -> None:
    codes: Codes = StoredCodes(store, SEALS)
    me = world.meets(WHATSAPP)
    assert (await codes.outlook(me.person_id, K, NOW)).ends_in == OTHER_PHONE[-2:]
    assert await codes.pending(me.conversation_id, NOW) is None

    world.does(me, a_code())
    pending = await codes.pending(me.conversation_id, NOW)
    assert pending is not None
    assert (pending.purpose, pending.k_number) == ("contact_update", K)
    assert not await codes.entered(me.conversation_id, "contact_update", K, NOW)

    world.does(me, EnterCode(pending.id))
    assert await codes.entered(me.conversation_id, "contact_update", K, NOW)
    assert await codes.pending(me.conversation_id, NOW) is None


async def test_a_case_is_found_by_all_its_ways(store: Store, world: World) -> None:
    cases: Cases = StoredCases(store)
    me = world.meets(WHATSAPP)
    ref = await cases.new_reference()
    world.does(me, OpenCase(ref, CaseKind.REFUND, K))

    found = await cases.by_reference(ref, me.person_id)

    assert found is not None
    assert await cases.newest(me.person_id) == found
    assert await cases.unfinished(K, CaseKind.REFUND, me.person_id) == found
    assert await cases.unfinished(K, CaseKind.READING, me.person_id) is None


async def test_what_was_finished_last_is_found_beside_what_is_open(
    store: Store, world: World
) -> None:
    cases: Cases = StoredCases(store)
    me = world.meets(WHATSAPP)
    for ref, kind in (("CMP-1", CaseKind.METER), ("CMP-2", CaseKind.BILLING)):
        world.does(me, OpenCase(ref, kind, K))
    assert await cases.last_finished(me.person_id) is None

    def close(db: Connection) -> None:
        db.execute(update(complaint).where(complaint.c.ref == "CMP-1").values(state="closed"))

    await store.write(close)

    found = await cases.last_finished(me.person_id)
    assert found is not None
    assert (found.ref, found.kind) == ("CMP-1", CaseKind.METER)


async def test_an_unnamed_case_leads_to_nobody(store: Store, world: World) -> None:
    cases: Cases = StoredCases(store)
    me = world.meets(WHATSAPP)
    world.does(me, OpenCase("CMP-1", CaseKind.THEFT, None, "a hook at the pole", unnamed=True))

    found = await cases.by_reference("CMP-1", me.person_id)

    assert found is not None
    assert not found.mine
    assert await cases.newest(me.person_id) is None
    (row,) = world.rows(complaint)
    assert (row["person_id"], row["conversation_id"]) == (None, None)
    written = [it for it in world.rows(audit) if it["subject"] == "case:CMP-1"]
    assert [it["actor"] for it in written] == ["somebody"]
    assert not world.breaches()


async def test_a_mobile_s_connections_are_known_before_anybody_writes(
    store: Store, world: World
) -> None:
    accounts: Accounts = StoredAccounts(store, SEALS, lambda: NOW)
    world.connection(k_number(1), mobile=OTHER_PHONE, status="closed")

    assert await accounts.registered(OTHER_PHONE) == (K,)
    assert await accounts.registered(PHONE) == ()
