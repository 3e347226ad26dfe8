"""What staff are to finish: outages, complaints, readings, money to give back."""

import pytest

from bot.handlers.case import complain, tell_status
from bot.handlers.paper_bill import bill_not_received
from bot.handlers.reading import take_reading
from bot.handlers.refund import ask_back
from bot.handlers.supply import report_outage, report_place
from bot.turn import Turn
from models.case import CaseKind
from models.deeds import OpenCase
from models.message import Reply
from tests.conversations.givens import World, world
from tests.unit.handlers.turns import CONSUMER, OWES, K, a_turn

DUPLICATE = "payment of ₹1,240 is duplicate since 20 Nov 2026"


def opened(reply: Reply) -> OpenCase:
    """The one case that a reply opens."""
    (deed,) = reply.deeds
    assert isinstance(deed, OpenCase)
    return deed


async def test_an_outage_of_a_connection_is_noted_with_what_was_written() -> None:
    reply = await report_outage(a_turn(world((CONSUMER,)), "light nahi hai subah se"))

    case = opened(reply)
    assert (case.kind, case.k, case.text) == (
        CaseKind.NO_SUPPLY,
        K,
        "light nahi hai subah se",
    )


async def test_a_keyword_is_no_text_of_a_case() -> None:
    reply = await report_outage(a_turn(world((CONSUMER,)), f"OUT {K}"))

    assert opened(reply).text == ""


async def test_the_same_fault_brought_up_again_opens_nothing() -> None:
    made = world((CONSUMER, f"CMP-00011X about no_supply is open since 24 Nov 2026, for {K}"))

    reply = await report_outage(a_turn(made, "light nahi hai"))

    assert not reply.deeds
    assert "CMP-00011X" in str(reply.lines)


async def test_what_was_first_written_stays_with_the_case_when_the_place_is_asked() -> None:
    asked = await report_place(a_turn(World(), "light nahi hai subah se"))
    facts = {**asked.kept, "place": "Vaishali Nagar"}

    reply = await report_place(a_turn(World(), "Vaishali Nagar", facts=facts))

    assert (asked.then, asked.slot) == ("outage_report", "place")
    case = opened(reply)
    assert case.k is None
    assert case.text == "light nahi hai subah se\nVaishali Nagar"
    assert case.facts == {"place": "Vaishali Nagar"}


async def test_a_location_is_kept_as_degrees() -> None:
    reply = await report_place(a_turn(World(), facts={"place": "geo:26.4499,-74.6"}))

    assert opened(reply).facts == {"lat": "26.4499", "lon": "-74.6"}


@pytest.mark.parametrize("place", ["2", "98290", "9010 1000", "?"])
async def test_a_few_digits_are_no_place(place: str) -> None:
    reply = await report_place(a_turn(World(), place, facts={"place": place}))

    assert not reply.deeds
    assert reply.slot == "place"


@pytest.mark.parametrize("place", ["305001", "Sector 4", "पुष्कर रोड"])
async def test_a_pincode_and_words_are_places(place: str) -> None:
    reply = await report_place(a_turn(World(), place, facts={"place": place}))

    assert opened(reply).facts == {"place": place}


async def test_a_no_notes_nothing_where_nothing_was_brought_up_lately() -> None:
    old = f"CMP-00011X about no_supply is closed since 2 Nov 2026, for {K}"

    for made in (world((CONSUMER,)), world((CONSUMER, old))):
        reply = await report_outage(a_turn(made, "NO", facts={"still": "yes"}))

        assert not reply.deeds
        assert reply.slot == "place"


async def test_still_off_after_a_case_was_closed_is_a_new_case_that_names_it() -> None:
    made = world((CONSUMER, f"CMP-00011X about no_supply is closed since 23 Nov 2026, for {K}"))

    reply = await report_outage(a_turn(made, "NO", facts={"still": "yes"}))

    case = opened(reply)
    assert (case.k, case.facts) == (K, {"again": "CMP-00011X"})


async def test_still_off_of_a_place_does_not_become_another_connection_s() -> None:
    made = world((CONSUMER, "CMP-00011X about no_supply is closed since 23 Nov 2026"))

    reply = await report_outage(a_turn(made, "NO", facts={"still": "yes"}))

    assert opened(reply).k is None


async def test_a_complaint_asks_for_its_words_once_and_keeps_them() -> None:
    made = world((CONSUMER,))

    asked = await complain(a_turn(made, "COMP"))
    reply = await complain(a_turn(made, facts={"words": "meter box is open"}))

    assert (asked.then, asked.slot, asked.deeds) == ("complaint_new", "words", ())
    assert opened(reply).text == "meter box is open"


async def test_of_somebody_else_s_case_only_kind_and_state_are_told() -> None:
    made = world(
        (
            CONSUMER,
            f"CMP-00011X about refund is assigned since 20 Nov 2026, for {K}, from somebody else",
        )
    )

    reply = await tell_status(a_turn(made, facts={"ref": "CMP-00011X"}))

    assert [it.name for it in reply.lines] == ["case-status", "case-call"]
    assert K not in str(reply.lines[0].facts["kind"])
    assert reply.sms is not None
    assert K[-4:] not in str(reply.sms.facts["what"])


async def test_a_payment_that_came_twice_is_asked_back_without_a_question() -> None:
    made = world((CONSUMER, OWES, DUPLICATE))

    reply = await ask_back(a_turn(made, "money back please"))

    assert opened(reply).facts == {"duplicate_paise": "124000", "day": "2026-11-20"}


async def test_the_paper_bill_is_wanted_only_when_it_is_asked_for() -> None:
    made = world((CONSUMER, OWES))

    shown = await bill_not_received(a_turn(made))
    wanted = await bill_not_received(a_turn(made, facts={"paper": "yes"}))

    assert not shown.deeds
    assert shown.options[-1].key == f"bill_not_received:{K}:paper=yes"
    assert opened(wanted).kind == CaseKind.BILL_NOT_RECEIVED


def reading(made: World, digits: str) -> Turn:
    """A turn in which a reading is given."""
    return a_turn(made, digits, facts={"reading": digits})


async def test_a_reading_below_the_last_bill_is_asked_again_and_not_noted() -> None:
    made = world((CONSUMER, OWES))  # whose last reading is 4452

    low = await take_reading(reading(made, "4451.9"))
    same = await take_reading(reading(made, "4452"))

    assert (low.deeds, low.slot) == ((), "reading")
    assert opened(same).facts == {"reading": "4452"}
