"""What a turn decides is done once, in its commit, and only where the records still allow it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from models.case import CaseKind, CaseState
from models.conversation import Person
from models.deeds import (
    Consent,
    DisownKNumber,
    EmailAsked,
    NameEmail,
    OpenCase,
    RemoveKNumber,
    SaveKNumber,
    StartNotices,
    StopNotices,
)
from models.errors import Conflict, Misconfigured
from models.k_number import KNumber
from models.words import Say
from storage import cases, emails
from storage.accounts import look_up
from storage.deeds import TooManySaved
from storage.doer import Doer, SomebodyElse
from storage.merging import link_phone
from storage.people import registered, registered_mobile
from storage.sql import stamp
from storage.store import Database
from storage.tables import complaint, consent, disowned, email, person, saved_k_number
from tests.integration.deed_world import (
    NOW,
    OTHER,
    OTHER_PHONE,
    PHONE,
    SEALS,
    SMS,
    TELEGRAM,
    WHATSAPP,
    K,
    World,
    k_number,
)

YES = Consent(K, given=True, asked=Say("notices-ask"), words="News about this connection?")
NO = Consent(K, given=False, asked=Say("notices-ask"), words="News about this connection?")


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def test_a_saved_number_stays_with_its_first_day_and_its_newest_nickname(world: World) -> None:
    me = world.meets(SMS)

    world.does(me, SaveKNumber(K, "Shop"))
    world.does(me, SaveKNumber(k_number(1)))
    world.does(me, SaveKNumber(K), now=NOW + timedelta(days=1))
    world.does(me, SaveKNumber(K, "Home"), now=NOW + timedelta(days=2))

    found = world.person(me)
    assert found.saved == (K, k_number(1))
    assert dict(found.nicknames) == {K: "Home"}
    assert world.breaches() == []


def test_a_person_keeps_25_numbers_and_no_more(world: World) -> None:
    me = world.meets(SMS)
    world.does(me, *(SaveKNumber(k_number(n)) for n in range(25)))

    with pytest.raises(TooManySaved):
        world.does(me, SaveKNumber(k_number(25)))
    with pytest.raises(TooManySaved):
        world.does(me, Consent(k_number(26), given=True, asked=Say("x")))
    world.does(me, SaveKNumber(k_number(3), "Well"))

    assert len(world.person(me).saved) == 25
    assert world.count(consent) == 0


def test_a_removed_number_ends_its_notices(world: World) -> None:
    me = world.meets(SMS)
    world.does(me, YES)
    assert world.person(me).notified == (K,)

    world.does(me, RemoveKNumber(K))
    world.does(me, RemoveKNumber(K))
    world.does(me, SaveKNumber(K))

    assert world.person(me).notified == ()
    assert sum("was removed" in it for it in world.story()) == 1


def test_a_yes_saves_the_number_and_keeps_the_words_and_the_time(world: World) -> None:
    me = world.meets(SMS)

    world.does(me, YES)
    world.does(me, NO, now=NOW + timedelta(days=1))

    found = world.person(me)
    assert (found.saved, found.notified) == ((K,), ())
    kept = [(it["given"], it["words"], it["at"]) for it in world.rows(consent)]
    assert kept == [
        (True, YES.words, stamp(NOW)),
        (False, YES.words, stamp(NOW + timedelta(days=1))),
    ]


def test_a_no_saves_nothing(world: World) -> None:
    me = world.meets(SMS)

    world.does(me, NO)

    assert world.person(me).saved == ()
    assert world.count(consent) == 1


def test_stop_and_start_are_kept_and_hold_on_every_channel(world: World) -> None:
    me, also_me = world.meets(SMS), world.meets(WHATSAPP)

    world.does(me, StopNotices())
    stopped = world.person(also_me).stopped
    world.does(also_me, StartNotices())

    assert stopped
    assert not world.person(me).stopped
    assert [(it["words"], it["given"]) for it in world.rows(consent)] == [
        ("STOP", False),
        ("START", True),
    ]


def test_a_disowned_connection_is_no_longer_theirs(world: World) -> None:
    world.connection(mobile=PHONE)
    world.connection(k_number(1), mobile=PHONE)
    me = world.meets(SMS)
    world.does(me, YES)

    world.does(me, DisownKNumber(K))
    world.does(me, DisownKNumber(K))

    found = world.person(me)
    assert (found.registered, found.saved, found.notified) == ((k_number(1),), (), ())
    assert not found.is_verified(K)
    assert world.database.read(registered, SEALS, PHONE) == (k_number(1),)
    assert world.database.read(registered_mobile, K) is None
    assert world.database.read(look_up, me.person_id, K, NOW).counts
    assert not world.database.read(look_up, me.person_id, k_number(1), NOW).counts
    assert world.count(disowned) == 1


def test_closed_connections_prove_whose_they_were_and_are_not_listed(world: World) -> None:
    world.connection(mobile=PHONE, status="closed")
    me = world.meets(SMS)

    found = world.person(me)

    assert (found.registered, found.closed, found.is_verified(K)) == ((), (K,), True)
    assert world.database.read(registered, SEALS, PHONE) == ()


@pytest.mark.parametrize(("connections", "somebodys"), [(25, True), (26, False)])
def test_a_mobile_on_many_connections_proves_nothing(
    world: World, connections: int, *, somebodys: bool
) -> None:
    for n in range(connections):
        world.connection(k_number(n), mobile=PHONE)
    me = world.meets(SMS)

    assert bool(world.person(me).registered) is somebodys
    assert bool(world.database.read(registered, SEALS, PHONE)) is somebodys
    assert (world.database.read(registered_mobile, K) is not None) is somebodys
    assert world.database.read(look_up, me.person_id, K, NOW).counts is not somebodys


def test_a_named_address_is_written_to_and_asked_for_no_more(world: World) -> None:
    me = world.meets(WHATSAPP)

    world.does(me, NameEmail("asha@example.com", "hi"))

    assert world.person(me).email_asked
    assert not world.person(me).email_confirmed
    (letter,) = world.letters()
    (row,) = world.rows(email)
    assert letter.message.to.id == "asha@example.com"
    assert letter.message.text == f"confirm {row['id']}"
    assert world.breaches() == []


def test_an_address_is_asked_for_once(world: World) -> None:
    me = world.meets(WHATSAPP)

    world.does(me, EmailAsked())
    world.does(me, EmailAsked(), now=NOW + timedelta(days=1))

    assert world.person(me).email_asked
    assert [it["email_asked_at"] for it in world.rows(person)] == [stamp(NOW)]


def test_without_a_mailer_no_address_is_taken(world: World) -> None:
    me = world.meets(WHATSAPP)
    silent = Doer(me.conversation_id, me.person_id, me.channel, me.tag)

    with pytest.raises(Misconfigured):
        world.does(silent, NameEmail("asha@example.com", "hi"))

    assert world.count(email) == 0


def test_what_goes_wrong_leaves_nothing_of_the_turn(world: World) -> None:
    me = world.meets(SMS)
    world.does(me, *(SaveKNumber(k_number(n)) for n in range(25)))
    opened = world.hears(SMS, "add", "SM1").opened

    with pytest.raises(Conflict):
        world.answers(opened, "Saved.", StopNotices(), SaveKNumber(k_number(25)))

    assert world.letters() == []
    assert not world.person(me).stopped
    assert world.count(consent) == 0


def test_a_turn_does_its_deeds_once_however_often_it_is_kept(world: World) -> None:
    opened = world.hears(SMS, "sub", "SM1").opened
    world.answers(opened, "Yes.", YES)

    with pytest.raises(Conflict):
        world.answers(opened, "Yes.", YES)

    assert world.count(consent) == 1
    assert [it.message.text for it in world.letters()] == ["Yes."]


def test_a_person_who_became_another_one_meanwhile_is_asked_again(world: World) -> None:
    chat, _ = world.meets(TELEGRAM), world.meets(SMS)
    other = Doer(chat.conversation_id, chat.person_id + 1, chat.channel, chat.tag)

    with pytest.raises(SomebodyElse):
        world.does(other, SaveKNumber(K))

    assert world.count(saved_k_number) == 0


def a_case(ref: str, k: KNumber | None = K, kind: CaseKind = CaseKind.COMPLAINT) -> OpenCase:
    return OpenCase(ref, kind, k, "The meter runs backwards.", {"since": "Monday"})


def test_a_case_goes_to_the_office_of_its_connection(world: World) -> None:
    world.connection()
    me, stranger = world.meets(SMS), world.meets(OTHER)
    ref = world.database.write(cases.new_reference)

    world.does(me, a_case(ref))

    assert ref.startswith("CMP-")
    assert world.database.write(cases.new_reference) != ref
    (row,) = world.rows(complaint)
    assert (row["office_code"], row["text"]) == ("AJC-101", "The meter runs backwards.")
    mine = world.database.read(cases.by_reference, ref, me.person_id)
    theirs = world.database.read(cases.by_reference, ref, stranger.person_id)
    assert mine is not None
    assert theirs is not None
    assert (mine.kind, mine.state, mine.k_number, mine.mine) == (
        CaseKind.COMPLAINT,
        CaseState.OPEN,
        K,
        True,
    )
    assert not theirs.mine
    assert world.database.read(cases.by_reference, "CMP-000000", me.person_id) is None
    assert world.breaches() == []


def test_a_mobile_number_in_a_case_stands_sealed(world: World) -> None:
    world.connection()
    me = world.meets(SMS)
    facts = {"what": "mobile", "mobile": "+919828011111"}

    world.does(me, OpenCase("CMP-00001Y", CaseKind.CONTACT, K, facts=facts))

    (row,) = world.rows(complaint)
    kept = json.loads(str(row["facts"]))
    assert "9828011111" not in str(row)
    assert SEALS.unseal_text(bytes.fromhex(kept["mobile"])) == "+919828011111"


def test_one_unfinished_case_of_a_kind_for_a_connection_whoever_brings_it_up(
    world: World,
) -> None:
    me, stranger = world.meets(SMS), world.meets(OTHER)
    world.does(me, a_case("CMP-1"))

    with pytest.raises(cases.AlreadyBroughtUp):
        world.does(stranger, a_case("CMP-2"))
    world.does(stranger, a_case("CMP-3", kind=CaseKind.REFUND))
    world.does(stranger, a_case("CMP-4", k=None))
    world.does(stranger, a_case("CMP-5", k=None))

    found = world.database.read(cases.unfinished, K, CaseKind.COMPLAINT, stranger.person_id)
    assert found is not None
    assert (found.ref, found.mine) == ("CMP-1", False)


def test_the_newest_case_is_an_unfinished_one_first(world: World) -> None:
    me = world.meets(SMS)
    assert world.database.read(cases.newest, me.person_id) is None
    world.does(me, a_case("CMP-1", k=None), a_case("CMP-2", k=None), a_case("CMP-3", k=None))

    def close(db: Connection) -> None:
        last = complaint.update().where(complaint.c.ref == "CMP-3")
        db.execute(last.values(state=CaseState.CLOSED.value))

    world.database.write(close)

    found = world.database.read(cases.newest, me.person_id)

    assert found is not None
    assert found.ref == "CMP-2"


def test_all_that_is_known_of_two_people_who_are_one_goes_to_one(world: World) -> None:
    world.connection(k_number(7), mobile=OTHER_PHONE)
    elder, chat = world.meets(SMS), world.meets(TELEGRAM)
    world.does(elder, SaveKNumber(K), SaveKNumber(k_number(1), "Shop"))
    world.does(chat, SaveKNumber(K, "Home"), YES, StopNotices(), DisownKNumber(k_number(2)))
    world.does(chat, NameEmail("asha@example.com", "en"), a_case("CMP-1", k=None))
    code = world.asks_for_code(chat, k_number(7))
    taken = world.hears(TELEGRAM, code, "T1")
    assert taken.opened is not None

    kept = world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW)

    found: Person = world.person(elder)
    assert kept == elder.person_id
    assert found.saved == (K, k_number(1))
    assert dict(found.nicknames) == {K: "Home", k_number(1): "Shop"}
    assert found.notified == (K,)
    assert found.stopped
    assert found.email_asked
    for table in (consent, disowned, email, complaint):
        assert {it["person_id"] for it in world.rows(table)} == {elder.person_id}
    assert world.breaches() == []


def test_of_two_people_with_many_numbers_25_stay_those_with_notices_first(world: World) -> None:
    elder, chat = world.meets(SMS), world.meets(TELEGRAM)
    world.does(elder, *(SaveKNumber(k_number(n)) for n in range(20)))
    wanted = Consent(k_number(39), given=True, asked=Say("x"))
    world.does(chat, *(SaveKNumber(k_number(n)) for n in range(20, 39)), wanted)

    world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW)

    found = world.person(elder)
    assert len(found.saved) == 25
    assert found.notified == (k_number(39),)
    assert "15 saved K-numbers beyond 25 were left out." in world.story()[-1]


def test_of_two_confirmed_addresses_the_newest_counts(world: World) -> None:
    elder, chat = world.meets(SMS), world.meets(TELEGRAM)
    for doer, name in ((elder, "old@example.com"), (chat, "new@example.com")):
        world.does(doer, NameEmail(name, "en"))
        newest = world.rows(email)[-1]["id"]
        assert isinstance(newest, int)
        world.database.write(emails.confirm, newest, NOW)

    world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW)

    counts = world.database.read(emails.confirmed_of, elder.person_id)
    assert counts is not None
    sealed = next(it["sealed"] for it in world.rows(email) if it["id"] == counts[0])
    assert isinstance(sealed, bytes)
    assert SEALS.unseal_text(sealed) == "new@example.com"
    assert [it["reason"] for it in world.rows(email)] == ["replaced", ""]
    assert world.person(elder).email_confirmed


def test_nobody_s_own_story_names_them(world: World) -> None:
    world.connection(mobile=PHONE)
    me = world.meets(WHATSAPP)
    world.does(me, SaveKNumber(K, "Nani"), YES, StopNotices(), NameEmail("asha@example.com", "en"))
    world.does(me, a_case("CMP-1"), RemoveKNumber(K), DisownKNumber(K))

    told = " ".join(world.story())

    assert len(world.story()) >= 7
    for secret in (PHONE, PHONE[-10:], K, "Nani", "asha@", "meter"):
        assert secret not in told
