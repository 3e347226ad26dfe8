"""Several bills in one link: split to the paisa, receipted each, on both databases."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

import pytest
import pytest_asyncio
from sqlalchemy import Connection, select

from models.bill import IST
from models.k_number import KNumber
from models.message import ENGLISH
from models.money import Money
from models.payment import LinkPart, PaymentState
from models.reference import reference
from payments.desk import NothingOwed
from payments.pages import link_page
from payments.reconcile import reconcile
from storage.payments import Collected, export_collections, post_collections
from storage.store import Store
from storage.tables import collection, conversation, ledger
from tests.integration.payment_world import (
    OTHER_K,
    OWED,
    K,
    PaymentWorld,
    account,
    add_bill,
)

THIRD = KNumber("901010000125")
OTHER_OWED = Money(50_000)
THIRD_OWED = Money(84_250)
ALL = (K, OTHER_K, THIRD)
TOTAL = OWED + OTHER_OWED + THIRD_OWED


@pytest_asyncio.fixture
async def world(store: Store) -> PaymentWorld:
    world = PaymentWorld(store)
    await world.settle_in()
    await world.store.write(
        add_bill, THIRD, number="B3", amount=THIRD_OWED, due_on=date(2026, 12, 3)
    )
    return world


async def of_each(world: PaymentWorld, table: str) -> dict[KNumber, int]:
    """What each connection was receipted (`receipts`), or credited in the ledger (`ledger`)."""

    def read(db: Connection) -> list[tuple[int | None, int]]:
        receipts = select(collection.c.k_number, collection.c.amount).where(
            collection.c.gateway_payment_id.is_not(None)
        )
        credits_ = select(ledger.c.k_number, ledger.c.paise).where(ledger.c.account == "consumer")
        chosen = receipts if table == "receipts" else credits_
        return [(row[0], row[1]) for row in db.execute(chosen)]

    sums: dict[KNumber, int] = {}
    for k, paise in await world.store.read(read):
        name = KNumber(f"{k:012d}")
        sums[name] = sums.get(name, 0) + paise
    return sums


async def test_one_link_asks_for_all_and_ends_with_the_first_due_date(world: PaymentWorld) -> None:
    asked = await world.ask_all(*ALL)

    assert asked.amount == TOTAL
    assert asked.until == datetime(2026, 12, 3, 23, 59, 59, tzinfo=IST)
    assert asked.parts == (
        LinkPart(K, "B1", OWED),
        LinkPart(OTHER_K, "B2", OTHER_OWED),
        LinkPart(THIRD, "B3", THIRD_OWED),
    )
    [request] = world.gateway.requests()
    assert request.amount == TOTAL
    assert request.notes["k_number"] == " ".join(ALL)


async def test_asking_for_the_same_in_another_order_gives_the_same_link(
    world: PaymentWorld,
) -> None:
    first = await world.ask_all(*ALL)

    assert await world.ask_all(*reversed(ALL)) == first


async def test_what_owes_nothing_is_left_out(world: PaymentWorld) -> None:
    await world.ask(k=OTHER_K)
    world.gateway.pay("plink_1")
    await world.hear()

    asked = await world.ask_all(*ALL)

    assert [part.k_number for part in asked.parts] == [K, THIRD]
    assert asked.amount == OWED + THIRD_OWED


async def test_where_none_owes_anything_no_link_is_made(world: PaymentWorld) -> None:
    strangers = (KNumber("901010000777"), KNumber("901010000778"))

    with pytest.raises(NothingOwed):
        await world.ask_all(*strangers)

    assert not world.gateway.requests()


async def test_a_part_of_several_is_refused(world: PaymentWorld) -> None:
    with pytest.raises(ValueError, match="Money"):
        await world.ask_all(K, OTHER_K, amount=Money(50_000))


async def test_each_gets_its_receipt_and_its_ledger_line(world: PaymentWorld) -> None:
    await world.ask_all(*ALL)

    world.gateway.pay("plink_1")
    await world.hear()
    await world.hear()

    owed = {K: OWED.paise, OTHER_K: OTHER_OWED.paise, THIRD: THIRD_OWED.paise}
    assert await of_each(world, "receipts") == owed
    assert await of_each(world, "ledger") == {k: -paise for k, paise in owed.items()}
    assert await world.ledger() == {"gateway": TOTAL.paise, "consumer": -TOTAL.paise}
    assert await world.unbalanced() == []
    assert await world.states() == ["paid"]
    [told] = await world.said()
    assert told.count("payment-received") == 3
    exported = await world.store.read(export_collections, date(2026, 12, 1))
    assert [(it.number, it.k_number, it.amount) for it in exported] == [
        (reference("PAY", 1), K, OWED),
        (reference("PAY", 2), OTHER_K, OTHER_OWED),
        (reference("PAY", 3), THIRD, THIRD_OWED),
    ]


async def test_on_sms_each_receipt_is_a_message_of_its_own(world: PaymentWorld) -> None:
    await world.store.write(
        lambda db: (
            db.execute(
                conversation.update().values(channel="sms").where(conversation.c.id == world.talk)
            ).rowcount
        )
    )
    await world.ask_all(K, OTHER_K)

    world.gateway.pay("plink_1")
    await world.hear()

    assert [it.count("payment-received") for it in await world.said()] == [1, 1]


async def test_what_goes_back_in_part_is_taken_from_the_receipts_to_the_paisa(
    world: PaymentWorld,
) -> None:
    await world.ask_all(*ALL)
    paid = world.gateway.pay("plink_1")
    await world.hear()

    world.gateway.refund(paid, Money(150_001))
    await world.hear()
    left = await of_each(world, "receipts")
    world.gateway.refund(paid)
    await world.hear()

    assert sum(left.values()) == TOTAL.paise - 150_001
    assert left == {K: 0, OTHER_K: 23_999, THIRD: THIRD_OWED.paise}
    assert set((await of_each(world, "receipts")).values()) == {0}
    assert set((await of_each(world, "ledger")).values()) == {0}
    assert await world.unbalanced() == []
    assert await world.states() == ["refunded"]


async def test_paying_one_of_them_alone_ends_the_link_for_all(world: PaymentWorld) -> None:
    together = await world.ask_all(*ALL)

    alone = await world.ask(k=THIRD)

    assert alone.instead
    assert await world.states() == ["cancelled", "asked"]
    assert world.gateway.open_links() == ["plink_2"]
    page = link_page(await world.desk.view(together.url[-8:], world.now))
    assert [line.name for line in page.lines] == ["page-replaced", "page-new-link"]
    assert page.button is not None
    assert page.button.makes_new
    assert page.button.code == together.url[-8:]


async def test_a_link_for_all_ends_those_for_each(world: PaymentWorld) -> None:
    alone = [await world.ask(k=k) for k in ALL]

    together = await world.ask_all(*ALL)

    assert together.instead
    assert await world.states() == ["cancelled"] * 3 + ["asked"]
    for it in alone:
        page = link_page(await world.desk.view(it.url[-8:], world.now))
        assert page.button is not None
        assert page.button.code == together.url[-8:]


async def test_whoever_asks_in_the_same_moment_no_bill_is_in_two_live_links(
    world: PaymentWorld,
) -> None:
    wishes = [ALL, (K, OTHER_K), (OTHER_K, THIRD), (THIRD, K), (K,), (THIRD,)]

    await asyncio.gather(*(world.ask_all(*it) for it in wishes), return_exceptions=True)
    await reconcile(world.desk, world.now)

    open_ = [
        k
        for it in world.gateway.open_links()
        for k in world.gateway.request(it).notes["k_number"].split()
    ]
    assert len(open_) == len(set(open_))
    assert await world.live() == len(open_)


async def test_money_for_one_that_was_paid_at_a_counter_is_kept_and_the_rest_receipted(
    world: PaymentWorld,
) -> None:
    asked = await world.ask_all(K, OTHER_K)
    begun = world.gateway.begin("plink_1")
    row = Collected(OTHER_K, "CTR-1", date(2026, 12, 1), OTHER_OWED, "cash")
    await world.store.write(post_collections, [row], world.now)

    world.gateway.capture(begun)
    await world.hear()

    assert await of_each(world, "receipts") == {K: OWED.paise}
    assert await world.ledger() == {
        "gateway": OWED.paise + OTHER_OWED.paise,
        "consumer": -OWED.paise,
        "suspense": -OTHER_OWED.paise,
    }
    view = await world.desk.view(asked.url[-8:], world.now)
    assert view is not None
    assert [(it.k_number, it.amount, bool(it.receipt)) for it in view.arrived] == [
        (K, OWED, True),
        (OTHER_K, OTHER_OWED, False),
    ]
    paid = await world.desk.news(K, fresh=False, now=world.now)
    twice = await world.desk.news(OTHER_K, fresh=False, now=world.now)
    assert paid is not None
    assert (paid.state, paid.duplicate) == (PaymentState.PAID, False)
    assert twice is not None
    assert twice.duplicate


async def test_each_hears_of_its_own_part_of_the_link(world: PaymentWorld) -> None:
    asked = await world.ask_all(*ALL)

    news = [await world.desk.news(k, fresh=False, now=world.now) for k in ALL]

    assert [(it.amount, it.url) for it in news if it] == [
        (OWED, asked.url),
        (OTHER_OWED, asked.url),
        (THIRD_OWED, asked.url),
    ]


async def test_one_that_was_paid_elsewhere_ends_the_link(world: PaymentWorld) -> None:
    asked = await world.ask_all(*ALL)
    row = Collected(K, "CTR-1", date(2026, 12, 1), OWED, "cash")
    await world.store.write(post_collections, [row], world.now)

    await reconcile(world.desk, world.now)
    again = await world.ask_all(*ALL)

    assert await world.states() == ["cancelled", "asked"]
    assert again.amount == OTHER_OWED + THIRD_OWED
    assert again.url != asked.url


async def test_a_link_for_several_is_renewed_for_what_is_owed_then(world: PaymentWorld) -> None:
    old = await world.ask_all(*ALL)
    world.now = datetime(2026, 12, 4, 9, tzinfo=IST)
    world.gateway.expire_due()
    await reconcile(world.desk, world.now)

    link = await world.desk.renew(old.url[-8:], world.now)

    assert link.code != old.url[-8:]
    assert [part.amount for part in link.parts] == [OWED, OTHER_OWED, Money(126_500)]
    assert link.expires_at == datetime(2026, 12, 5, 23, 59, 59, tzinfo=IST)


async def test_another_process_finishes_the_link_after_a_crash(world: PaymentWorld) -> None:
    world.gateway.down = 1
    with pytest.raises(Exception, match="down"):
        await world.ask_all(*ALL)

    desk = world.open_desk()
    asked = await desk.ask(
        tuple(account(k) for k in ALL),
        None,
        conversation_id=world.talk,
        tag=ENGLISH,
        key="m2",
        now=world.now,
    )

    assert asked.amount == TOTAL
    assert await world.live() == len(ALL)
    assert len(world.gateway.open_links()) == 1
