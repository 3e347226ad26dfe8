"""Money comes in: links, settlement, receipts, on both databases."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from models.bill import IST
from models.errors import Temporary
from models.message import ENGLISH, HINDI, HINGLISH
from models.money import Money
from models.payment import PaymentState
from models.reference import reference
from payments.desk import NothingOwed
from payments.reconcile import reconcile
from storage.payments import (
    Collected,
    export_collections,
    in_suspense,
    last_receipt,
    post_collections,
)
from storage.store import Store
from storage.tables import audit, bill, conversation
from tests.integration.payment_world import (
    OTHER_K,
    OWED,
    K,
    PaymentWorld,
    account,
    add_bill,
    add_conversation,
)

PART = Money(50_000)


@pytest_asyncio.fixture
async def world(store: Store) -> PaymentWorld:
    world = PaymentWorld(store)
    await world.settle_in()
    return world


async def test_asking_makes_a_link_behind_our_own_address(world: PaymentWorld) -> None:
    asked = await world.ask()

    [(code, state, amount)] = await world.links()
    assert asked.url == f"https://b.example/p/{code}"
    assert len(code) == 8
    assert (state, amount, asked.amount) == ("asked", 124_000, OWED)
    assert asked.until == datetime(2026, 12, 5, 23, 59, 59, tzinfo=IST)
    [request] = world.gateway.requests()
    assert request.amount == OWED
    assert request.expires_at == asked.until
    assert request.return_url == "https://b.example/pay/return"


async def test_asking_again_gives_the_same_link_whoever_asks(world: PaymentWorld) -> None:
    first = await world.ask()
    other = await world.store.write(add_conversation)

    again = await world.ask()
    another = await world.desk.ask(
        (account(K),), None, conversation_id=other, tag=HINDI, key="m2", now=world.now
    )

    assert first == again == another
    assert len(world.gateway.requests()) == 1


async def test_the_page_speaks_to_whoever_asked_last(world: PaymentWorld) -> None:
    other = await world.store.write(add_conversation)
    for tag in (ENGLISH, HINDI, HINGLISH):
        asked = await world.desk.ask(
            (account(K),), None, conversation_id=other, tag=tag, key=tag, now=world.now
        )

        view = await world.desk.view(asked.url.rsplit("/", 1)[1], world.now)
        assert view is not None
        assert view.link.tag == tag


async def test_everybody_who_asked_is_thanked(world: PaymentWorld) -> None:
    await world.ask()
    other = await world.store.write(add_conversation)
    await world.desk.ask(
        (account(K),), None, conversation_id=other, tag=HINDI, key="m2", now=world.now
    )

    world.gateway.pay("plink_1")
    await world.hear()

    assert (
        await world.said() == ["payment-received amount=124000 date=2026-12-01 k=901010000123"] * 2
    )
    assert world.woken == 1


async def test_two_who_ask_in_the_same_moment_get_the_same_link(world: PaymentWorld) -> None:
    asked = await asyncio.gather(*(world.ask() for _ in range(8)))

    assert len({it.url for it in asked}) == 1
    assert len(world.gateway.open_links()) == 1
    assert await world.live() == 1


async def test_two_who_want_different_sums_leave_one_live_link(world: PaymentWorld) -> None:
    await asyncio.gather(world.ask(), world.ask(PART), return_exceptions=True)

    assert await world.live() == 1
    assert len(world.gateway.open_links()) == 1


async def test_another_sum_cancels_the_link_before(world: PaymentWorld) -> None:
    first = await world.ask()

    second = await world.ask(PART)

    assert second.amount == PART
    assert first.url != second.url
    assert await world.states() == ["cancelled", "asked"]
    assert world.gateway.open_links() == ["plink_2"]
    view = await world.desk.view(first.url[-8:], world.now)
    assert view is not None
    assert not view.payable
    assert view.replacement is not None
    assert view.replacement.code == second.url[-8:]


async def test_a_sum_above_what_is_owed_becomes_what_is_owed(world: PaymentWorld) -> None:
    asked = await world.ask(Money(999_900))

    assert asked.amount == OWED


async def test_a_paid_link_thanks_once_however_often_it_is_rung(world: PaymentWorld) -> None:
    await world.ask()
    paid = world.gateway.pay("plink_1")

    await world.hear()
    await world.hear()
    await reconcile(world.desk, world.now + timedelta(days=1))

    assert await world.states() == ["paid"]
    assert await world.receipts() == [(reference("PAY", 1), 124_000)]
    assert await world.payments() == [(paid, "paid", 124_000, 0)]
    assert await world.ledger() == {"gateway": 124_000, "consumer": -124_000}
    assert await world.said() == ["payment-received amount=124000 date=2026-12-01 k=901010000123"]
    assert await world.live() == 0


async def test_a_part_says_what_is_left(world: PaymentWorld) -> None:
    await world.ask(PART)
    world.gateway.pay("plink_1")

    await world.hear()

    assert await world.states() == ["part_paid"]
    assert await world.said() == [
        "payment-received-part amount=50000 date=2026-12-01 k=901010000123 left=74000"
    ]
    assert (await world.ask()).amount == Money(74_000)


async def test_money_for_a_link_paid_twice_is_kept_and_told(world: PaymentWorld) -> None:
    await world.ask()
    first, second = world.gateway.begin("plink_1"), world.gateway.begin("plink_1")
    world.gateway.capture(first)
    world.gateway.capture(second)

    await world.hear()

    assert await world.states() == ["paid"]
    assert await world.payments() == [
        (first, "paid", 124_000, 0),
        (second, "duplicate", 124_000, 124_000),
    ]
    assert await world.ledger() == {"gateway": 248_000, "consumer": -124_000, "suspense": -124_000}
    assert (await world.said())[-1].endswith("payment-duplicate amount=124000 k=901010000123")
    [waiting] = await world.store.read(in_suspense, 0, 10)
    assert (waiting.gateway_payment_id, waiting.amount) == (second, OWED)
    news = await world.desk.news(K, fresh=False, now=world.now)
    assert news is not None
    assert news.duplicate


async def test_money_for_a_bill_paid_at_a_counter_is_kept_and_told(world: PaymentWorld) -> None:
    await world.ask()
    counter = Collected(K, "C-1", date(2026, 12, 1), OWED, "cash")
    await world.store.write(post_collections, [counter], world.now)
    world.gateway.pay("plink_1")

    await world.hear()

    assert await world.states() == ["duplicate"]
    assert await world.receipts() == []
    assert await world.said() == ["payment-duplicate amount=124000 k=901010000123"]


async def test_a_late_capture_beside_a_part_credits_only_what_was_owed(world: PaymentWorld) -> None:
    await world.ask()
    late = world.gateway.begin("plink_1")
    await world.ask(PART)
    world.gateway.pay("plink_2")
    await world.hear()

    world.gateway.capture(late)
    await world.hear()

    assert await world.states() == ["paid", "part_paid"]
    assert await world.ledger() == {"gateway": 174_000, "consumer": -124_000, "suspense": -50_000}
    assert (await world.said())[-1].splitlines() == [
        "payment-received amount=74000 date=2026-12-01 k=901010000123",
        "payment-duplicate amount=50000 k=901010000123",
    ]


async def test_by_sms_each_sum_that_arrived_is_a_message_of_its_own(world: PaymentWorld) -> None:
    by_sms = update(conversation).values(channel="sms")
    await world.store.write(lambda db: db.execute(by_sms))
    await world.ask()
    late = world.gateway.begin("plink_1")
    await world.ask(PART)
    world.gateway.pay("plink_2")
    await world.hear()

    world.gateway.capture(late)
    await world.hear()

    assert (await world.said())[-2:] == [
        "payment-received amount=74000 date=2026-12-01 k=901010000123",
        "payment-duplicate amount=50000 k=901010000123",
    ]


@pytest.mark.parametrize("first", ["expire", "cancel", "fail"])
async def test_money_captured_after_the_end_counts(world: PaymentWorld, first: str) -> None:
    await world.ask()
    paying = world.gateway.begin("plink_1")
    if first == "expire":
        world.gateway.expire("plink_1")
    elif first == "cancel":
        await world.ask(PART)
    else:
        world.gateway.fail(paying)
    await world.hear()
    before = (await world.states())[0]

    world.gateway.capture(paying)
    await world.hear()

    assert before == {"expire": "expired", "cancel": "cancelled", "fail": "failed"}[first]
    assert (await world.states())[0] == "paid"
    assert await world.receipts() == [(reference("PAY", 1), 124_000)]


async def test_a_link_that_became_too_much_is_ended_by_reconciling(world: PaymentWorld) -> None:
    await world.ask()
    paying = world.gateway.begin("plink_1")
    await world.ask(PART)
    world.gateway.capture(paying)
    await world.hear()

    await reconcile(world.desk, world.now)

    assert await world.states() == ["paid", "cancelled"]
    assert world.gateway.open_links() == []


async def test_a_lost_bell_is_found_by_reconciling(world: PaymentWorld) -> None:
    await world.ask()
    world.gateway.pay("plink_1")

    world.wait(minutes=11)
    await reconcile(world.desk, world.now)

    assert await world.states() == ["paid"]


async def test_a_lost_bell_after_the_end_is_found_too(world: PaymentWorld) -> None:
    await world.ask()
    paying = world.gateway.begin("plink_1")
    world.now = datetime(2026, 12, 6, 0, 1, tzinfo=IST)
    await reconcile(world.desk, world.now)
    assert await world.states() == ["expired"]

    world.gateway.capture(paying)
    for _ in range(5):
        world.wait(days=1)
        await reconcile(world.desk, world.now)

    assert await world.states() == ["paid"]


async def test_a_ring_that_could_not_be_answered_is_answered_later(world: PaymentWorld) -> None:
    await world.ask()
    world.gateway.pay("plink_1")
    world.gateway.down = 10

    await world.hear()
    assert await world.states() == ["asked"]
    world.gateway.down = 0
    world.wait(minutes=2)
    await reconcile(world.desk, world.now)

    assert await world.states() == ["paid"]


async def test_a_link_made_before_a_crash_is_finished_by_whoever_comes_next(
    world: PaymentWorld,
) -> None:
    world.gateway.mute = 1
    with pytest.raises(Temporary):
        await world.ask()

    asked = await world.ask()

    assert len(world.gateway.requests()) == 1
    assert await world.links() == [(asked.url[-8:], "asked", 124_000)]


async def test_a_link_never_made_is_finished_by_reconciling(world: PaymentWorld) -> None:
    world.gateway.down = 1
    with pytest.raises(Temporary):
        await world.ask()

    world.wait(minutes=6)
    await reconcile(world.desk, world.now)

    assert await world.gateway_ids() == ["plink_1"]


async def test_asking_for_what_was_just_paid_settles_instead(world: PaymentWorld) -> None:
    full = await world.ask()
    world.gateway.pay("plink_1")

    asked = await world.ask(PART)

    assert asked.url == full.url
    assert await world.states() == ["paid"]
    with pytest.raises(NothingOwed):
        await world.ask()


async def test_after_the_due_date_the_link_takes_the_later_amount(world: PaymentWorld) -> None:
    early = await world.ask()
    world.now = datetime(2026, 12, 6, 9, tzinfo=IST)

    late = await world.ask()

    assert late.amount == Money(126_500)
    assert late.until == world.now + timedelta(days=7)
    assert late.url != early.url
    assert await world.states() == ["expired", "asked"]


async def test_a_link_is_never_shorter_than_sixteen_minutes(world: PaymentWorld) -> None:
    world.now = datetime(2026, 12, 5, 23, 50, tzinfo=IST)

    asked = await world.ask()

    assert asked.until == world.now + timedelta(minutes=16)
    assert asked.amount == OWED
    world.now = datetime(2026, 12, 6, 0, 2, tzinfo=IST)
    view = await world.desk.view(asked.url[-8:], world.now)
    assert view is not None
    assert view.payable


async def test_a_new_bill_ends_the_link_of_the_old_one(world: PaymentWorld) -> None:
    old = await world.ask()
    await world.store.write(
        add_bill, number="B9", month=202612, billed_on=date(2026, 12, 1), amount=Money(300_000)
    )

    view = await world.desk.view(old.url[-8:], world.now)
    new = await world.ask()

    assert view is not None
    assert not view.payable
    assert new.amount == Money(300_000)
    assert await world.states() == ["cancelled", "asked"]


async def test_a_corrected_bill_ends_its_link(world: PaymentWorld) -> None:
    old = await world.ask()
    await world.store.write(
        lambda db: (
            db.execute(
                update(bill).where(bill.c.bill_number == "B1").values(amount=130_000)
            ).rowcount
        )
    )

    view = await world.desk.view(old.url[-8:], world.now)

    assert view is not None
    assert not view.payable


async def test_money_for_no_link_of_ours_waits_in_suspense(world: PaymentWorld) -> None:
    strange = world.gateway.foreign(Money(7_000))

    await world.hear()
    await world.hear()

    assert await world.payments() == [(strange, "duplicate", 7_000, 7_000)]
    assert await world.ledger() == {"gateway": 7_000, "suspense": -7_000}
    [waiting] = await world.store.read(in_suspense, 0, 10)
    assert (waiting.code, waiting.amount) == ("", Money(7_000))


async def test_a_refund_takes_the_receipt_back(world: PaymentWorld) -> None:
    await world.ask()
    paid = world.gateway.pay("plink_1")
    await world.hear()

    world.gateway.refund(paid, Money(40_000))
    await world.hear()
    partly = await world.states()
    world.gateway.refund(paid)
    await world.hear()

    assert partly == ["paid"]
    assert await world.states() == ["refunded"]
    assert sum(amount for _, amount in await world.receipts()) == 0
    assert await world.ledger() == {}
    assert await world.unbalanced() == []
    assert await world.store.read(last_receipt, K) is None
    assert (await world.ask()).amount == OWED


async def test_a_refund_of_money_that_came_twice_leaves_the_receipt(world: PaymentWorld) -> None:
    await world.ask()
    first, second = world.gateway.begin("plink_1"), world.gateway.begin("plink_1")
    world.gateway.capture(first)
    world.gateway.capture(second)
    await world.hear()

    world.gateway.refund(second)
    await world.hear()

    assert await world.states() == ["paid"]
    assert await world.receipts() == [(reference("PAY", 1), 124_000)]
    assert await world.ledger() == {"gateway": 124_000, "consumer": -124_000}
    assert await world.store.read(in_suspense, 0, 10) == []


async def test_the_export_carries_our_receipt_and_the_gateways_payment(world: PaymentWorld) -> None:
    await world.ask()
    paid = world.gateway.pay("plink_1")
    await world.hear()

    [row] = await world.store.read(export_collections, date(2026, 12, 1))

    assert (row.k_number, row.number, row.paid_on) == (K, reference("PAY", 1), date(2026, 12, 1))
    assert (row.amount, row.mode, row.gateway_payment_id) == (OWED, "upi", paid)
    assert await world.store.read(export_collections, date(2026, 12, 2)) == []


async def test_a_payment_learnt_of_after_midnight_is_in_that_days_export_too(
    world: PaymentWorld,
) -> None:
    await world.ask()
    world.gateway.pay("plink_1")
    world.wait(days=1)
    await world.hear()

    days = [
        len(await world.store.read(export_collections, date(2026, 12, day))) for day in (1, 2, 3)
    ]

    assert days == [1, 1, 0]


@pytest.mark.parametrize("named", ["receipt", "payment"])
async def test_a_collection_that_comes_back_is_matched_not_added(
    world: PaymentWorld, named: str
) -> None:
    await world.ask()
    paid = world.gateway.pay("plink_1")
    await world.hear()
    name = reference("PAY", 1) if named == "receipt" else paid
    back = Collected(K, name, date(2026, 12, 1), OWED, "online")

    ours = [await world.store.write(post_collections, [back], world.now) for _ in range(2)]

    assert ours == [1, 1]
    assert await world.states() == ["posted"]
    assert await world.receipts() == [(reference("PAY", 1), 124_000)]
    with pytest.raises(NothingOwed):
        await world.ask()


async def test_collections_of_others_are_added_and_updated(world: PaymentWorld) -> None:
    first = Collected(K, "C-1", date(2026, 12, 1), Money(10_000), "cash")
    second = Collected(K, "C-1", date(2026, 12, 1), Money(20_000), "cash")

    for rows in ([first], [first], [second]):
        await world.store.write(post_collections, rows, world.now)

    receipt = await world.store.read(last_receipt, K)
    assert receipt is not None
    assert (receipt.number, receipt.amount) == ("C-1", Money(20_000))
    assert (await world.ask()).amount == Money(104_000)


async def test_money_at_a_counter_ends_the_link(world: PaymentWorld) -> None:
    asked = await world.ask()
    counter = Collected(K, "C-1", date(2026, 12, 1), OWED, "cash")
    await world.store.write(post_collections, [counter], world.now)

    view = await world.desk.view(asked.url[-8:], world.now)
    await reconcile(world.desk, world.now)

    assert view is not None
    assert not view.payable
    assert await world.states() == ["cancelled"]
    assert world.gateway.open_links() == []


async def test_news_tell_what_became_of_the_newest_link(world: PaymentWorld) -> None:
    assert await world.desk.news(K, fresh=False, now=world.now) is None
    asked = await world.ask()
    waiting = await world.desk.news(K, fresh=False, now=world.now)
    world.gateway.pay("plink_1")
    stale = await world.desk.news(K, fresh=False, now=world.now)
    fresh = await world.desk.news(K, fresh=True, now=world.now)

    assert waiting is not None
    assert (waiting.state, waiting.url) == (PaymentState.ASKED, asked.url)
    assert stale == waiting
    assert fresh is not None
    assert (fresh.state, fresh.amount, fresh.receipt, fresh.url) == (
        PaymentState.PAID,
        OWED,
        reference("PAY", 1),
        "",
    )


async def test_an_expired_link_is_renewed_for_its_payer(world: PaymentWorld) -> None:
    old = await world.ask()
    world.now = datetime(2026, 12, 6, 9, tzinfo=IST)

    link = await world.desk.renew(old.url[-8:], world.now)

    assert link.amount == Money(126_500)
    assert link.tag == ENGLISH
    assert await world.states() == ["expired", "asked"]
    with pytest.raises(LookupError):
        await world.desk.renew("00000000", world.now)


async def test_bills_of_different_consumers_stand_beside_each_other(world: PaymentWorld) -> None:
    await world.ask()
    await world.ask(k=OTHER_K)

    assert await world.states() == ["asked", "asked"]
    assert await world.live() == 2


async def test_every_move_is_told_to_staff(world: PaymentWorld) -> None:
    code = (await world.ask()).url[-8:]
    world.gateway.pay("plink_1")
    await world.hear()

    sentences = await world.store.read(
        lambda db: list(db.execute(select(audit.c.sentence).order_by(audit.c.id)).scalars())
    )

    assert sentences == [
        "A link for Rs.1,240 was asked for.",
        "Rs.1,240 came in as pay_1.",
        f"{code}: asked → paid.",
    ]
