"""Links, parts and what to say when there is none."""

from datetime import UTC, datetime

import pytest

from bot.handlers.connection import by
from bot.handlers.instalment import pay_a_part
from bot.handlers.payment import pay
from bot.handlers.several import pay_several
from models.bill import IST
from models.k_number import KNumber
from models.money import Money
from tests.conversations.givens import World, world
from tests.unit.handlers.turns import CONSUMER, OTHER, OWES, K, a_turn


async def test_a_button_for_a_sum_gives_a_link_for_that_sum() -> None:
    made = world((CONSUMER, OWES))

    await pay(a_turn(made, facts={"paise": "50000"}))

    assert _sums(made) == {K: Money(500_00)}


async def test_one_message_about_two_bills_gets_one_link_for_both() -> None:
    made = world((CONSUMER, OWES, f"consumer {OTHER}, Sita Devi", "owes ₹842.50 by 9 Dec 2026"))
    accounts = (made.accounts.accounts[K], made.accounts.accounts[OTHER])

    await pay_several(a_turn(made, f"PAY {K} {OTHER}"), accounts)

    assert len(made.payments.made) == 1
    assert _sums(made) == {K: Money(1_240_00), OTHER: Money(842_50)}


async def test_a_part_of_several_is_asked_about_and_makes_no_link() -> None:
    made = world((CONSUMER, OWES, f"consumer {OTHER}, Sita Devi", "owes ₹842.50 by 9 Dec 2026"))
    accounts = (made.accounts.accounts[K], made.accounts.accounts[OTHER])

    reply = await pay_several(a_turn(made, facts={"paise": "50000"}), accounts)

    assert not made.payments.made
    assert [it.key for it in reply.options] == [
        f"bill_pay:{K}:paise=50000",
        f"bill_pay:{OTHER}:paise=50000",
    ]


async def test_a_message_answered_twice_makes_one_link() -> None:
    made = world((CONSUMER, OWES))

    first, second = [await pay(a_turn(made)) for _ in range(2)]

    assert first == second
    assert len(made.payments.made) == 1


@pytest.mark.parametrize("state", [("owes ₹0 by 5 Dec 2026",), ("is closed",), ()])
async def test_no_link_is_made_where_nothing_is_due(state: tuple[str, ...]) -> None:
    made = world((CONSUMER, *state))

    await pay(a_turn(made))
    await pay_a_part(a_turn(made))

    assert not made.payments.made


@pytest.mark.parametrize(
    ("owes", "sums"),
    [
        ("₹1,240", ["62000", "124000"]),
        ("₹1,241", ["62100", "124100"]),
        ("₹842.50", ["42200", "84250"]),
        ("₹150", ["15000"]),  # half of it is less than the least part
    ],
)
async def test_half_in_whole_rupees_and_all_of_it_are_offered(owes: str, sums: list[str]) -> None:
    made = world((CONSUMER, f"owes {owes} by 5 Dec 2026"))

    reply = await pay_a_part(a_turn(made))

    assert [it.key for it in reply.options] == [f"bill_pay:{K}:paise={sum_}" for sum_ in sums]
    assert reply.then == "bill_instalment"


async def test_the_last_part_may_be_smaller_than_the_least_one() -> None:
    made = world((CONSUMER, OWES, "paid ₹1,200 on 22 Nov 2026, receipt PAY-9T3M8A"))

    await pay(a_turn(made))

    assert _sums(made) == {K: Money(40_00)}


def _sums(made: World) -> dict[KNumber, Money]:
    """What the links made so far ask for each connection."""
    return {part.k_number: part.amount for parts in made.payments.made for part in parts}


def test_a_link_that_lasts_the_whole_day_names_the_day_alone() -> None:
    midnight = datetime(2026, 12, 5, 18, 29, 59, tzinfo=UTC)
    morning = datetime(2026, 12, 1, 6, 2, tzinfo=UTC)

    assert by(midnight) == midnight.astimezone(IST).date()
    assert by(morning) == morning
