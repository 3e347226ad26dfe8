"""What staff grant to a sender holds from the next message on, and is in the audit with a name."""

import base64
from pathlib import Path

import pytest

from app.senders_cmd import read_number
from app.usage import Unusable
from models.message import Phone
from storage import senders
from storage.accounts import TooManyLookUps, count_look_up, look_up
from storage.merging import link_phone
from storage.people import registered, registered_mobile
from storage.store import Database
from storage.tables import audit
from tests.e2e.served import bijli
from tests.integration.deed_world import NOW, PHONE, SEALS, SMS, TELEGRAM, K, World, k_number

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def test_a_kiosk_looks_up_as_many_as_it_was_granted(world: World) -> None:
    me = world.meets(SMS)
    world.database.write(senders.grant_look_ups, SEALS, PHONE, 30, "Asha", NOW)

    for n in range(30):
        assert world.database.read(look_up, me.person_id, k_number(n), NOW).left == 30 - n
        world.database.write(count_look_up, me.person_id, k_number(n), NOW)

    assert not world.database.read(look_up, me.person_id, k_number(30), NOW).allowed
    with pytest.raises(TooManyLookUps):
        world.database.write(count_look_up, me.person_id, k_number(30), NOW)


def test_a_sender_may_be_granted_fewer(world: World) -> None:
    me = world.meets(SMS)
    world.database.write(senders.grant_look_ups, SEALS, PHONE, 1, "Asha", NOW)
    world.database.write(count_look_up, me.person_id, K, NOW)

    with pytest.raises(TooManyLookUps):
        world.database.write(count_look_up, me.person_id, k_number(1), NOW)


def test_a_mobile_on_many_connections_is_somebodys_once_staff_say_so(world: World) -> None:
    for n in range(40):
        world.connection(k_number(n), mobile=PHONE)
    world.connection(k_number(40), mobile=PHONE, status="closed")
    me = world.meets(SMS)
    assert world.person(me).registered == ()

    world.database.write(senders.grant_many, SEALS, PHONE, "Asha", NOW)

    assert len(world.person(me).registered) == 40
    assert world.person(me).closed == (k_number(40),)
    assert len(world.database.read(registered, SEALS, PHONE)) == 40
    assert world.database.read(registered_mobile, K) is not None
    assert not world.database.read(look_up, me.person_id, K, NOW).counts


def test_what_was_granted_is_taken_back_once(world: World) -> None:
    for n in range(26):
        world.connection(k_number(n), mobile=PHONE)
    me = world.meets(SMS)
    world.database.write(senders.grant_look_ups, SEALS, PHONE, 200, "Asha", NOW)
    world.database.write(senders.grant_many, SEALS, PHONE, "Asha", NOW)

    assert world.database.write(senders.revoke, SEALS, PHONE, "Ravi", NOW)
    assert not world.database.write(senders.revoke, SEALS, PHONE, "Ravi", NOW)
    assert not world.database.write(senders.revoke, SEALS, Phone("+919000000000"), "Ravi", NOW)

    assert world.person(me).registered == ()
    assert world.database.read(look_up, me.person_id, K, NOW).left == 25
    told = [(it["actor"], it["sentence"]) for it in world.rows(audit)]
    assert told == [
        ("staff:Asha", "This sender may look up 200 K-numbers a day."),
        ("staff:Asha", "All connections on this sender's mobile are theirs."),
        ("staff:Ravi", "What this sender was granted was taken back."),
    ]


def test_the_list_shows_two_digits_of_a_number(world: World) -> None:
    assert world.database.read(senders.granted, SEALS) == []
    world.database.write(senders.grant_look_ups, SEALS, PHONE, 200, "Asha", NOW)

    assert world.database.read(senders.granted, SEALS) == [
        senders.Granted("45", 200, holds_many=False)
    ]


def test_a_kiosk_stays_one_when_it_turns_out_to_be_somebody_known(world: World) -> None:
    chat = world.meets(TELEGRAM)
    world.database.write(senders.grant_look_ups, SEALS, PHONE, 200, "Asha", NOW)
    world.database.write(senders.grant_many, SEALS, PHONE, "Asha", NOW)

    world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW)

    assert world.database.read(look_up, world.meets(SMS).person_id, K, NOW).left == 200
    assert world.database.read(senders.granted, SEALS) == [
        senders.Granted("45", 200, holds_many=True)
    ]


@pytest.mark.parametrize("written", ["+919829012345", "919829012345", "09829012345", "98290 12345"])
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    assert read_number(written) == PHONE


@pytest.mark.parametrize("written", ["", "+91982901234", "+44 7700 900123", "kiosk"])
def test_what_is_no_mobile_is_refused(written: str) -> None:
    with pytest.raises(Unusable):
        read_number(written)


def test_the_command_grants_lists_and_takes_back(tmp_path: Path) -> None:
    env = {
        "BIJLI_DATABASE__URL": f"sqlite:///{tmp_path}/bijli.db",
        "BIJLI_SECURITY__MASTER_KEY": KEY,
    }

    def run(*words: str, code: int = 0) -> str:
        done = bijli(*words, env=env)
        assert done.returncode == code, done.stderr
        return (done.stdout or done.stderr).strip()

    run("migrate")
    assert run("senders", "list") == "No sender was granted anything."
    run("senders", "kiosk", PHONE, "--look-ups", "200", "--by", "Asha")
    run("senders", "own", "+919829054321", "--by", "Asha")
    assert run("senders", "list").splitlines() == [
        "…45  200 look-ups a day",
        "…21  all connections on the mobile",
    ]
    run("senders", "revoke", PHONE, "--by", "Asha")
    refused = run("senders", "revoke", PHONE, "--by", "Asha", code=2)
    assert refused == "The sender …45 was granted nothing."
    run("senders", "kiosk", PHONE, "--look-ups", "0", "--by", "Asha", code=2)
    run("senders", "own", PHONE, "--by", " ", code=2)
    assert run("audit") == "Everything holds."
