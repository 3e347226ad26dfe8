"""Faults, theft, outages and bills that seem wrong."""

import pytest

from bot.handlers.dispute import look_into
from bot.handlers.faults import REPORT_METER, REPORT_QUALITY, name_municipality, report_theft
from bot.handlers.follow_up import reopen, tell_application
from bot.handlers.outage import reconnect, tell_outage
from models.case import CaseKind
from models.deeds import OpenCase
from models.message import Reply
from tests.conversations.givens import World, world
from tests.unit.handlers.turns import CONSUMER, OTHER, OWES, K, a_turn

BEFORE = "had 98 units in Oct 2026, ₹720, paid on 20 Oct 2026"
MINE = "is registered on the sender's mobile"


def opened(reply: Reply) -> OpenCase:
    """The one case that a reply opens."""
    (deed,) = reply.deeds
    assert isinstance(deed, OpenCase)
    return deed


async def test_a_fault_of_a_connection_keeps_what_was_written() -> None:
    reply = await REPORT_QUALITY.answer(a_turn(world((CONSUMER,)), "voltage bahut kam hai"))

    case = opened(reply)
    assert (case.kind, case.k, case.text) == (CaseKind.QUALITY, K, "voltage bahut kam hai")
    assert not case.unnamed


async def test_a_fault_of_a_place_asks_for_the_place_once_and_keeps_both() -> None:
    assert REPORT_QUALITY.without is not None
    asked = await REPORT_QUALITY.without(a_turn(World(), "voltage bahut kam hai"))
    assert asked is not None
    facts = {**asked.kept, "place": "Pushkar road"}

    reply = await REPORT_QUALITY.without(a_turn(World(), "Pushkar road", facts=facts))

    assert (asked.then, asked.slot) == ("supply_quality", "place")
    assert reply is not None
    assert opened(reply).text == "voltage bahut kam hai\nPushkar road"


async def test_two_kinds_of_fault_of_one_connection_are_two_cases() -> None:
    made = world((CONSUMER, f"CMP-00011X about quality is open since 24 Nov 2026, for {K}"))

    again = await REPORT_QUALITY.answer(a_turn(made, "voltage kam hai"))
    other = await REPORT_METER.answer(a_turn(made, "meter band hai"))

    assert not again.deeds
    assert opened(other).kind == CaseKind.METER


async def test_theft_is_noted_without_a_connection_and_without_a_name() -> None:
    made = world((CONSUMER, MINE))
    asked = await report_theft(a_turn(made, f"padosi chori karta hai {OTHER}"))
    facts = {**asked.kept, "place": "Gandhi Nagar, gali 2"}

    case = opened(await report_theft(a_turn(made, facts=facts, k=K)))

    assert case.unnamed
    assert case.k is None
    assert case.text == f"padosi chori karta hai {OTHER}\nGandhi Nagar, gali 2"


async def test_a_street_light_is_noted_nowhere() -> None:
    reply = await name_municipality(a_turn(World(), "road light band hai"))

    assert not reply.deeds
    assert [it.name for it in reply.lines] == ["street-light-whose", "street-light-danger"]


async def test_only_the_verified_see_units_and_earlier_bills_beside_a_wrong_bill() -> None:
    owner = await look_into(a_turn(world((CONSUMER, OWES, BEFORE, MINE)), "bill galat hai"))
    stranger = await look_into(a_turn(world((CONSUMER, OWES, BEFORE)), "bill galat hai"))

    assert [it.name for it in owner.lines[:2]] == ["dispute-bill", "dispute-bill-days"]
    assert owner.lines[1].facts["units"] == 98
    assert not any("units" in it.facts for it in stranger.lines)
    assert stranger.options[0].key == f"bill_dispute:{K}:sure=yes"


async def test_a_wrong_bill_is_noted_on_a_yes_with_the_bill_and_the_first_words() -> None:
    made = world((CONSUMER, OWES))
    asked = await look_into(a_turn(made, "bill bahut zyada hai"))

    yes = await look_into(a_turn(made, "haan", facts={**asked.kept, "sure": "yes"}))
    no = await look_into(a_turn(made, "nahi", facts={**asked.kept, "sure": "no"}))

    case = opened(yes)
    assert (case.kind, case.text) == (CaseKind.BILLING, "bill bahut zyada hai")
    assert case.facts == {"bill": made.bill.number}
    assert not no.deeds


async def test_without_a_bill_there_is_nothing_to_dispute() -> None:
    reply = await look_into(a_turn(world((CONSUMER,)), facts={"sure": "yes"}))

    assert not reply.deeds
    assert reply.lines[0].name == "bill-none"


async def test_an_outage_is_told_by_its_connection_whoever_reported_it() -> None:
    noted = f"CMP-00011X about no_supply is open since 24 Nov 2026, for {K}, from somebody else"

    reply = await tell_outage(a_turn(world((CONSUMER, noted)), "light kab aayegi"))

    assert "CMP-00011X" in str(reply.lines)
    assert any(it.name == "outage-no-time" for it in reply.lines)


@pytest.mark.parametrize("about", ["complaint is open", "no_supply is resolved"])
async def test_another_case_is_no_outage(about: str) -> None:
    made = world((f"CMP-00011X about {about} since 24 Nov 2026",))

    reply = await tell_outage(a_turn(made, "light kab aayegi"))

    assert reply.lines[0].name == "outage-not-noted"
    assert reply.options[0].key == "outage_report"


async def test_a_connection_that_was_not_cut_is_offered_a_report() -> None:
    active = await reconnect(a_turn(world((CONSUMER, OWES))))
    cut = await reconnect(a_turn(world((CONSUMER, OWES, "is disconnected"))))

    assert active.options[0].key == f"outage_report:{K}"
    assert cut.lines[0].name == "connection-disconnected"
    assert cut.options[0].key == f"bill_pay:{K}"


async def test_not_solved_means_what_was_finished_last_and_not_what_is_open() -> None:
    made = world(
        (
            CONSUMER,
            f"CMP-00011X about billing is closed since 20 Nov 2026, for {K}",
            "CMP-00012V about complaint is open since 23 Nov 2026",
        )
    )

    case = opened(await reopen(a_turn(made, "it is not solved")))

    assert (case.kind, case.k, case.facts) == (CaseKind.BILLING, K, {"again": "CMP-00011X"})


async def test_what_is_open_or_somebody_else_s_is_not_opened_anew() -> None:
    open_still = world(("CMP-00011X about complaint is open since 23 Nov 2026",))
    theirs = world(("CMP-00011X about meter is closed since 23 Nov 2026, from somebody else",))
    facts = {"ref": "CMP-00011X"}

    assert not (await reopen(a_turn(open_still))).deeds
    assert not (await reopen(a_turn(open_still, facts=facts))).deeds
    assert not (await reopen(a_turn(theirs, facts=facts))).deeds


async def test_a_reopened_case_of_a_place_does_not_become_a_connection_s() -> None:
    made = world((CONSUMER, "CMP-00011X about no_supply is closed since 23 Nov 2026"))

    assert opened(await reopen(a_turn(made))).k is None


async def test_an_application_is_the_office_s_and_a_reference_is_looked_up() -> None:
    made = world(("CMP-00011X about contact is assigned since 23 Nov 2026",))

    plain = await tell_application(a_turn(made, "mera aavedan"))
    by_reference = await tell_application(a_turn(made, facts={"ref": "CMP-00011X"}))
    elsewhere = await tell_application(a_turn(made, facts={"ref": "NC-00011X"}))

    assert plain.lines[0].name == "application-where"
    assert by_reference.lines[0].name == "case-status"
    assert elsewhere.lines[0].name in {"case-elsewhere", "case-check"}
