"""`bijli audit` names what must not be in the records of people."""

from datetime import timedelta

import pytest
from sqlalchemy import Table

from models.deeds import Consent, SaveKNumber
from models.words import Say
from storage.sql import stamp
from storage.store import Database
from storage.tables import (
    complaint,
    consent,
    disowned,
    email,
    one_time_code,
    payment_link_asker,
    person,
    proof,
    saved_k_number,
)
from tests.integration.deed_world import NOW, OTHER_PHONE, SMS, K, World, k_number

AT = stamp(NOW)
CODE = {
    "conversation_id": 1,
    "person_id": 1,
    "purpose": "x",
    "key": "m",
    "hash": b"h",
    "sent_at": AT,
    "expires_at": AT,
}
CASE = {"ref": "CMP-1", "kind": "complaint", "state": "open", "created_at": AT, "updated_at": AT}
AGREED = {"conversation_id": 1, "given": True, "words": "x", "at": AT}
PROOF = {"person_id": 1, "k_number": int(K), "phone_id": 1, "at": AT}
ADDRESS = {"sealed": b"x", "tag": "en", "asked_at": AT}
ERASED = {"created_at": AT, "erased_at": stamp(NOW - timedelta(hours=2))}


@pytest.fixture
def world(database: Database) -> World:
    """Somebody with a phone, whose ids are 1 and 1."""
    world = World(database)
    world.meets(SMS)
    return world


def add(world: World, table: Table, **row: object) -> None:
    world.database.write(lambda db: db.execute(table.insert(), row))


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        (consent, AGREED | {"person_id": 9}, "Consents belong to people that do not exist"),
        (proof, PROOF | {"person_id": 9}, "Proofs belong to people that do not exist"),
        (proof, PROOF | {"phone_id": 9}, "Proofs name phone numbers that do not exist"),
        (
            disowned,
            {"person_id": 9, "k_number": 1, "at": AT},
            "Disowned connections belong to people that do not exist",
        ),
        (email, ADDRESS | {"person_id": 9}, "E-mail addresses belong to people that do not exist"),
        (complaint, CASE | {"person_id": 9}, "Cases belong to people that do not exist"),
        (
            complaint,
            CASE | {"conversation_id": 9},
            "Cases came up in conversations that do not exist",
        ),
        (
            complaint,
            CASE | {"state": "lost"},
            "These cases are of a kind or in a state nobody knows",
        ),
        (
            payment_link_asker,
            {"link_id": 1, "conversation_id": 9, "tag": "en"},
            "Links were asked for in conversations that do not exist",
        ),
        (
            one_time_code,
            CODE | {"person_id": 9},
            "Codes belong to people or conversations that do not exist",
        ),
        (
            one_time_code,
            CODE | {"conversation_id": 9},
            "Codes belong to people or conversations that do not exist",
        ),
        (one_time_code, CODE | {"phone_id": 9}, "Codes went to phone numbers that do not exist"),
        (one_time_code, CODE | {"tries": 6}, "These codes were tried more than 5 times"),
        (person, ERASED, "These people were to be erased more than an hour ago"),
    ],
)
def test_a_broken_row_is_named(
    world: World, table: Table, row: dict[str, object], told: str
) -> None:
    assert world.breaches() == []

    add(world, table, **row)

    assert world.breaches() == [told]


def test_more_than_25_saved_numbers_are_named(world: World) -> None:
    me = world.meets(SMS)
    world.does(me, *(SaveKNumber(k_number(n)) for n in range(25)))
    assert world.breaches() == []

    add(world, saved_k_number, person_id=me.person_id, k_number=1, saved_at=AT)

    assert world.breaches() == ["These people keep more than 25 K-numbers"]


def test_all_that_people_do_breaks_nothing(world: World) -> None:
    world.connection(mobile=OTHER_PHONE)
    me = world.meets(SMS)

    world.does(me, SaveKNumber(K), Consent(K, given=True, asked=Say("x"), words="x"))
    world.asks_for_code(me)

    assert world.breaches() == []
