"""The fakes behind handlers and transcripts keep the promises of `bot/ports.py`."""

import pytest

from models.errors import Temporary
from models.message import ENGLISH
from models.money import Money
from tests.conversations.givens import World, world
from tests.unit.handlers.turns import CONSUMER, OTHER, OWES, K


async def asked(made: World, amount: Money | None, key: str) -> tuple[str, Money]:
    """The link for a sum of the bill, under a key."""
    link = await made.payments.ask(
        (made.account,), amount, conversation_id=1, tag=ENGLISH, key=key, now=made.now
    )
    return link.url, link.amount


async def test_asking_again_gives_the_same_link_and_another_sum_another_one() -> None:
    made = world((CONSUMER, OWES))

    whole, again, part = [
        await asked(made, amount, key)
        for amount, key in ((None, "m1"), (None, "m2"), (Money(500_00), "m3"))
    ]

    assert whole == again
    assert whole[1] == Money(1_240_00)
    assert part[1] == Money(500_00)
    assert part[0] != whole[0]


async def test_the_same_key_gives_the_same_link() -> None:
    made = world((CONSUMER, OWES))

    assert await asked(made, None, "m1") == await asked(made, Money(500_00), "m1")


async def test_a_silent_gateway_gives_no_link_and_no_fresh_news() -> None:
    made = world((CONSUMER, OWES, "payment of ₹1,240 is asked since 24 Nov 2026"))
    made.payments.silent = True

    with pytest.raises(Temporary):
        await asked(made, None, "m1")
    with pytest.raises(Temporary):
        await made.payments.news(K, fresh=True, now=made.now)
    assert await made.payments.news(K, fresh=False, now=made.now) is not None


async def test_look_ups_are_counted_once_and_end_for_the_day() -> None:
    made = world((CONSUMER, OWES))
    made.accounts.look_ups_left = 1

    first, again, other = [await made.accounts.look_up(1, k, made.now) for k in (K, K, OTHER)]

    assert (first.counts, again.counts, other.counts) == (True, False, False)
    assert (first.allowed, again.allowed, other.allowed) == (True, True, False)


async def test_ones_own_connection_never_counts() -> None:
    made = world((CONSUMER, OWES, f"the sender has {K}", "the look-ups of today are used up"))

    look = await made.accounts.look_up(1, K, made.now)

    assert look.allowed
    assert look.account == made.account


async def test_papers_are_none_of_nothing_and_temporary_where_nobody_prints() -> None:
    made = world((CONSUMER,))

    assert await made.papers.bill(made.account, ENGLISH, made.now) is None

    made = world((CONSUMER, OWES, "the printer is broken"))
    with pytest.raises(Temporary):
        await made.papers.bill(made.account, ENGLISH, made.now)


async def test_histories_begin_with_the_newest() -> None:
    receipt = "has the receipt CTR-1 for ₹980 of 22 Oct 2026"
    older = "has the receipt CTR-0 for ₹500 of 22 Sep 2026"
    had = "had 190 units in Aug 2026, ₹1,502", "had 168 units in Oct 2026, ₹1,310"
    made = world((CONSUMER, OWES, *had, older, receipt))

    bills = await made.accounts.history(K, 2)
    paid = await made.payments.history(K, 6)

    assert [it.month.month for it in bills] == [11, 10]
    assert [it.number for it in paid] == ["CTR-1", "CTR-0"]
