"""The person's own K-numbers and contact: what no transcript can show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.handlers.account import MOST, add_several
from bot.handlers.account_list import show_list
from bot.handlers.contact import CHANGE_CONTACT, change_contact
from bot.turn import Need, Turn
from models.deeds import Consent, NameEmail, SaveKNumber, StartNotices
from models.k_number import KNumber
from tests.conversations.givens import World, world
from tests.unit.handlers.turns import CONSUMER, OTHER, OWES, K, a_turn

EMAIL = {"what": "email", "email": "ram@example.in"}


def without_mail(turn: Turn) -> Turn:
    return replace(turn, services=replace(turn.services, emails=False))


async def test_without_a_mail_server_no_address_is_asked_for_or_taken() -> None:
    made = world((CONSUMER, OWES, "is registered on the sender's mobile"))

    said = await add_several(
        without_mail(a_turn(made, facts={"sure": "yes"})), (made.accounts.accounts[K],)
    )
    given = await change_contact(without_mail(a_turn(World(), facts=EMAIL)))

    assert (said.then, said.slot) == (None, "")
    assert given.deeds == ()


async def test_whoever_was_asked_for_an_address_is_not_asked_again() -> None:
    made = world((CONSUMER, OWES, "the sender's e-mail address is confirmed"))

    said = await add_several(a_turn(made, facts={"sure": "no"}), (made.accounts.accounts[K],))

    assert said.then is None


@pytest.mark.parametrize(
    ("facts", "confirmed", "need"),
    [
        ({}, True, Need.NOTHING),
        (EMAIL, False, Need.NOTHING),
        (EMAIL, True, Need.OWN_CODE),
        ({"what": "email", "skip": "yes"}, True, Need.NOTHING),
        ({"what": "mobile"}, False, Need.CODE),
        ({"what": "details"}, False, Need.CODE),
    ],
)
def test_a_code_is_needed_for_what_is_confirmed_or_on_record(
    facts: dict[str, str],
    confirmed: bool,  # noqa: FBT001 -- a row of the table
    need: Need,
) -> None:
    givens = ("the sender's e-mail address is confirmed",) if confirmed else ()

    assert CHANGE_CONTACT.need(a_turn(world(givens), facts=facts)) is need


async def test_an_address_is_kept_with_the_language_of_the_talk() -> None:
    said = await change_contact(a_turn(World(), facts=EMAIL))

    assert said.deeds == (NameEmail("ram@example.in", "en"),)


async def test_one_yes_is_a_consent_for_each_and_ends_a_stop() -> None:
    made = world((CONSUMER, OWES, f"consumer {OTHER}, Sita Devi", "owes ₹842.50 by 9 Dec 2026"))
    made.person = replace(made.person, registered=(K, OTHER), stopped=True)
    accounts = (made.accounts.accounts[K], made.accounts.accounts[OTHER])

    said = await add_several(a_turn(made, facts={"sure": "yes"}), accounts)

    starts, *consents = said.deeds
    assert starts == StartNotices()
    assert [(it.k, it.given) for it in consents if isinstance(it, Consent)] == [
        (K, True),
        (OTHER, True),
    ]


@pytest.mark.parametrize(("before", "kept"), [(0, 2), (MOST - 2, 2), (MOST - 1, 1), (MOST, 0)])
async def test_no_more_than_twenty_five_are_ever_saved(before: int, kept: int) -> None:
    made = world((CONSUMER, OWES, f"consumer {OTHER}, Sita Devi", "owes ₹842.50 by 9 Dec 2026"))
    others = tuple(KNumber(f"9010200{number:05d}") for number in range(before))
    made.person = replace(made.person, saved=others)
    accounts = (made.accounts.accounts[K], made.accounts.accounts[OTHER])

    said = await add_several(a_turn(made), accounts)

    assert len([it for it in said.deeds if isinstance(it, SaveKNumber)]) == kept


async def test_two_that_end_alike_are_told_apart() -> None:
    twin = KNumber("901020000123")
    made = world(
        (CONSUMER, OWES, f"consumer {twin}, Ramesh Kumar", OWES, f"the sender has {K}, {twin}")
    )

    said = await show_list(a_turn(made))

    labels = [it.label.facts["k"] for it in said.options if "k" in it.label.facts]
    assert len(set(labels)) == 2
    assert all(str(label).endswith("0123") for label in labels)


async def test_a_list_of_twenty_five_names_each_place_once_on_sms() -> None:
    numbers = [KNumber(f"9010200{number:05d}") for number in range(MOST)]
    consumers = [line for k in numbers for line in (f"consumer {k}, Ramesh Kumar", OWES)]
    made = world((*consumers, f"the sender has {', '.join(numbers)}"))

    said = await show_list(a_turn(made))

    sent = [said.sms, *said.more_sms]
    places = [
        it.facts[place].facts["place"]  # type: ignore[union-attr]  # each is a sentence
        for it in sent
        if it is not None
        for place in ("first", "second", "third")
        if place in it.facts
    ]
    assert places == list(range(1, MOST + 1))
    assert said.more_sms[-1].name == "list-total"
    assert len(said.options) <= 10
