"""A phone number lives once, under any of the master keys."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, func, select

from models.message import Phone
from storage.phones import find_phone, phone_id, phone_ids, phone_of, reseal
from storage.seals import SealBroken, Seals
from storage.store import Database
from storage.tables import phone

OLD, NEW = b"o" * 32, b"n" * 32
PHONE = Phone("+919829012345")
MANY = [Phone(f"+9198290{n:05d}") for n in range(1000)]


def stored(db: Connection) -> int:
    return db.execute(select(func.count()).select_from(phone)).scalar_one()


def test_a_number_is_made_once_and_found_again(database: Database) -> None:
    seals = Seals([OLD])

    first = database.write(phone_id, seals, PHONE)

    assert database.write(phone_id, seals, PHONE) == first
    assert database.read(find_phone, seals, PHONE) == first
    assert database.read(phone_of, seals, first) == PHONE
    assert database.read(find_phone, seals, Phone("+919829099999")) is None


def test_many_numbers_at_once(database: Database) -> None:
    seals = Seals([OLD])
    first = database.write(phone_id, seals, MANY[7])

    ids = database.write(phone_ids, seals, [*MANY, *MANY])

    assert set(ids) == set(MANY)
    assert ids[MANY[7]] == first
    assert len(set(ids.values())) == len(MANY)
    assert database.write(phone_ids, seals, MANY) == ids
    assert database.read(phone_of, seals, ids[MANY[500]]) == MANY[500]
    assert database.read(stored) == len(MANY)


def test_two_programs_that_meet_a_number_at_once_give_it_one_id(database: Database) -> None:
    seals = Seals([OLD])
    ready = Barrier(4)
    ids: list[int] = []

    def meet() -> None:
        ready.wait()
        ids.extend(database.write(phone_id, seals, number) for number in MANY[:20])

    threads = [Thread(target=meet) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) == 80
    assert len(set(ids)) == 20
    assert database.read(stored) == 20


def test_a_new_master_key_takes_over(database: Database) -> None:
    old, both, new = Seals([OLD]), Seals([NEW, OLD]), Seals([NEW])
    ids = database.write(phone_ids, old, MANY)
    with pytest.raises(SealBroken):
        database.read(phone_of, new, ids[MANY[0]])

    assert database.write(phone_ids, both, MANY) == ids
    done, rounds = 0, 0
    while (last := database.write(reseal, both, done, 300)) is not None:
        done, rounds = last, rounds + 1

    assert rounds == 4
    assert database.read(phone_of, new, ids[MANY[0]]) == MANY[0]
    assert database.write(phone_ids, new, MANY) == ids
    with pytest.raises(SealBroken):
        database.read(phone_of, old, ids[MANY[0]])
