"""What stands behind the words of a bill: which buttons, about which connection."""

import pytest

from bot.handlers.bill import show_bill, show_due_date
from bot.handlers.breakdown import show_breakdown
from models.words import Say
from tests.conversations.givens import world
from tests.unit.handlers.turns import CONSUMER, OTHER, OWES, K, a_turn


async def test_every_button_names_the_connection_it_is_about() -> None:
    reply = await show_bill(a_turn(world((CONSUMER, OWES))))

    assert [it.key for it in reply.options] == [f"bill_pay:{K}", f"bill_breakdown:{K}"]


async def test_with_several_connections_in_a_message_each_button_says_which_it_pays() -> None:
    made = world((CONSUMER, OWES))

    reply = await show_bill(a_turn(made, f"BILL {K} {OTHER}"))

    assert [(it.key, it.label) for it in reply.options] == [
        (f"bill_pay:{K}", Say("pay-this", {"k": "0123"}))
    ]


@pytest.mark.parametrize(
    "state",
    [
        ("owes ₹0 by 5 Dec 2026",),
        ("owes ₹0 by 5 Dec 2026", "for energy ₹475; subsidy ₹475"),
        ("owes -₹360 by 5 Dec 2026",),
        (OWES, "paid ₹1,240 on 22 Nov 2026, receipt PAY-9T3M8A"),
        ("is closed",),
        ("is disconnected",),
        (),
    ],
)
async def test_where_nothing_is_due_there_is_no_button_to_pay(state: tuple[str, ...]) -> None:
    turn = a_turn(world((CONSUMER, *state)))

    replies = [await show(turn) for show in (show_bill, show_due_date, show_breakdown)]

    assert not [it for reply in replies for it in reply.options if it.key.startswith("bill_pay")]


async def test_charges_of_nothing_are_left_out() -> None:
    turn = a_turn(world((CONSUMER, OWES, "for energy ₹1,240")))

    reply = await show_breakdown(turn)

    charges = [line.name for line in reply.lines if line.name.startswith("charge-")]
    assert charges == ["charge-energy"]


async def test_a_bill_of_one_charge_names_the_next_as_nothing_on_sms() -> None:
    reply = await show_breakdown(a_turn(world((CONSUMER, OWES, "for energy ₹1,240"))))

    assert reply.sms is not None
    assert reply.sms.name == "breakdown"
