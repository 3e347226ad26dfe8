"""Offices, what they do with papers, and rates."""

from dataclasses import replace

import pytest

from bot.handlers.office_work import (
    APPROVALS,
    CATEGORY,
    LOAD,
    NAME,
    SMART_METER,
    SOLAR,
    Work,
    explain,
    explain_closing,
)
from bot.handlers.offices import find_office, name_office
from bot.handlers.tariff import explain_subsidy, show_rates
from models.message import Reply
from tests.conversations.givens import TARIFF, World, world
from tests.unit.handlers.turns import CONSUMER, OWES, K, a_turn

HOMES = "a unit of LT-1 costs 50 at ₹4.75, 150 at ₹6, 300 at ₹7"
INDUSTRY = "a unit of LT-6 costs beyond at ₹6.50"
OFFICE = "AJC-101 is the office Hathi Bhata / हाथी भाटा, 0145-2600000"
ELSEWHERE = "AJD-101 is the office Pushkar / पुष्कर, 0145-2770000"


def names(reply: Reply) -> list[str]:
    """The sentences of a reply."""
    return [it.name for it in reply.lines]


@pytest.mark.parametrize("work", [LOAD, NAME, CATEGORY, APPROVALS, SOLAR, SMART_METER])
async def test_office_work_is_told_in_five_lines_with_the_office_at_their_end(work: Work) -> None:
    made = world((CONSUMER, "office Pushkar / पुष्कर, 0145-2770000", f"the sender has {K}"))

    known = await explain(work, a_turn(made))
    unknown = await explain(work, a_turn(World()))

    assert len(known.lines) <= 5
    assert names(known)[-1] == "connection-office"
    assert names(unknown)[-1] == "connection-office-unnamed"


async def test_whoever_closes_a_connection_is_told_what_is_due_on_it() -> None:
    owing = await explain_closing(a_turn(world((CONSUMER, OWES, f"the sender has {K}"))))
    clear = await explain_closing(a_turn(world((CONSUMER, f"the sender has {K}"))))

    assert "closing-due" in names(owing)
    assert owing.options[0].key == f"bill_pay:{K}"
    assert "closing-due" not in names(clear)
    assert not clear.options


async def test_the_rate_above_the_last_known_slab_is_not_told() -> None:
    reply = await show_rates(a_turn(world((HOMES,))))

    assert names(reply)[:5] == ["tariff-title", *["tariff-slab"] * 3, "tariff-rest"]


async def test_a_category_is_told_to_its_owner_alone() -> None:
    about = (CONSUMER, "is of category LT-6")
    owner = world((*about, "is registered on the sender's mobile", HOMES, INDUSTRY))
    saver = world((*about, f"the sender has {K}", HOMES, INDUSTRY))

    theirs = await show_rates(a_turn(owner))
    usual = await show_rates(a_turn(saver))

    assert names(theirs)[0] == "tariff-flat"
    assert names(usual)[0] == "tariff-title"


async def test_a_key_with_a_group_nobody_knows_tells_the_usual_rates() -> None:
    reply = await show_rates(a_turn(world((HOMES,)), facts={"category": "moon"}))

    assert names(reply)[0] == "tariff-title"


async def test_a_group_without_a_confirmed_rate_says_so() -> None:
    reply = await show_rates(a_turn(world((HOMES,)), facts={"category": "non_domestic"}))

    assert names(reply)[0] == "tariff-none"


async def test_a_tariff_that_has_ended_is_not_told() -> None:
    made = world((HOMES,))
    made.tariffs = (replace(TARIFF, rates=made.tariffs[0].rates, ends=TARIFF.begins),)

    reply = await show_rates(a_turn(made))

    assert names(reply)[0] == "tariff-unknown"


@pytest.mark.parametrize(
    ("subsidy", "sentence"),
    [("for subsidy ₹562", "subsidy-on-bill"), ("for subsidy ₹0", "subsidy-not-on-bill")],
)
async def test_the_subsidy_of_the_own_bill_is_told(subsidy: str, sentence: str) -> None:
    made = world((CONSUMER, OWES, subsidy, f"the sender has {K}"))

    assert sentence in names(await explain_subsidy(a_turn(made)))
    assert sentence not in names(await explain_subsidy(a_turn(World())))


async def test_the_office_that_a_message_names_comes_before_their_own() -> None:
    made = world((CONSUMER, OFFICE, ELSEWHERE))

    own = await name_office(a_turn(made, "bijli office kahan hai"))
    named = await name_office(a_turn(made, "pushkar office kahan hai"))

    assert own.lines[0].facts["phone"] == "0145-2600000"
    assert named.lines[0].facts["phone"] == "0145-2770000"


async def test_an_office_not_in_the_list_leaves_the_helpline() -> None:
    reply = await name_office(a_turn(world((CONSUMER,)), "bijli office kahan hai"))

    assert names(reply)[:2] == ["office-none", "human-call"]


async def test_a_place_that_is_no_office_is_asked_for_again() -> None:
    asked = await find_office(a_turn(world((OFFICE,)), "office kahan hai"))
    again = await find_office(a_turn(world((OFFICE,)), "Delhi", facts={"place": "Delhi"}))
    found = await find_office(a_turn(world((OFFICE,)), facts={"place": "hathi bhata"}))

    assert (asked.then, asked.slot) == ("office_info", "place")
    assert names(again)[0] == "office-unknown"
    assert found.then is None
