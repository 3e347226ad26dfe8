"""Notices on and off, missed calls, and being forgotten."""

import pytest

from bot.handlers import HANDLERS
from bot.handlers.erase import erase
from bot.handlers.missed_call import answer_call
from bot.handlers.notices import again, notices_off, notices_on, several_on
from bot.turn import Need
from models.deeds import Consent, ErasePerson, OpenCase, StartNotices, StopNotices
from tests.conversations.givens import World, world
from tests.unit.handlers.turns import CONSUMER, OTHER, OWES, K, a_turn

SECOND = f"consumer {OTHER}, Sita Devi / सीता देवी"


async def test_asking_for_notices_is_the_consent() -> None:
    reply = await notices_on(a_turn(world((CONSUMER,))))

    (deed,) = reply.deeds
    assert isinstance(deed, Consent)
    assert (deed.k, deed.given, deed.asked.name) == (K, True, "notices-on")


async def test_notices_after_a_stop_begin_again() -> None:
    made = world((CONSUMER, SECOND, "the sender stopped notices"))

    reply = await several_on(a_turn(made), tuple(made.accounts.accounts.values()))

    assert reply.deeds[0] == StartNotices()
    assert [it.k for it in reply.deeds if isinstance(it, Consent)] == [K, OTHER]


async def test_only_start_goes_on_without_a_connection() -> None:
    started = await again(a_turn(World(), "START", facts={"again": "yes"}))
    asked = await again(a_turn(World(), "SUB"))

    assert started is not None
    assert started.deeds == (StartNotices(),)
    assert asked is None


async def test_a_stop_stops_at_once_and_a_bare_off_asks() -> None:
    stopped = await notices_off(a_turn(World(), "STOP"))
    asked = await notices_off(a_turn(World(), "बंद", facts={"bare": "yes"}))

    assert stopped.deeds == (StopNotices(),)
    assert not asked.deeds
    assert [it.key for it in asked.options] == [
        "unsubscribe",
        "outage_report",
        "disconnection_request",
    ]


async def test_forgetting_needs_a_code_of_their_own_and_is_warned_of() -> None:
    handler = HANDLERS["data_erase"]

    reply = await erase(a_turn(World(), "delete my data"))

    assert handler.needs is Need.OWN_CODE
    assert handler.warns is not None
    assert reply.deeds == (ErasePerson(),)


@pytest.mark.parametrize(
    ("own", "sentence"),
    [((), "greet"), ((K,), "bill-due"), ((K, OTHER), "k-number-choose-two")],
)
async def test_a_missed_call_for_the_bill_is_one_sms(own: tuple[str, ...], sentence: str) -> None:
    owned = (f"the sender has {', '.join(own)}",) if own else ()
    made = world((SECOND, CONSUMER, OWES, *owned))

    reply = await answer_call(a_turn(made, facts={"purpose": "bill"}))

    assert (reply.sms or reply.lines[0]).name == sentence
    assert not reply.more_sms


async def test_a_caller_with_many_connections_is_asked_about_three_in_one_sms() -> None:
    numbers = [f"90101000012{last}" for last in range(5)]
    made = world(
        (*(f"consumer {k}, Gopal" for k in numbers), f"the sender has {','.join(numbers)}")
    )

    reply = await answer_call(a_turn(made, facts={"purpose": "bill"}))

    assert len(reply.options) == 3
    assert not reply.more_sms


async def test_a_missed_call_for_no_supply_notes_it_for_the_only_connection() -> None:
    made = world((CONSUMER, f"the sender has {K}"))

    reply = await answer_call(a_turn(made, facts={"purpose": "outage"}))

    (deed,) = reply.deeds
    assert isinstance(deed, OpenCase)
    assert (deed.k, deed.text) == (K, "")
