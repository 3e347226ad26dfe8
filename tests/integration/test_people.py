"""Who writes to us is one person over all their addresses."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, func, select

from models.k_number import KNumber
from models.message import Address, ChannelName, Phone
from storage.merging import link_phone
from storage.people import person, person_for
from storage.phones import phone_id
from storage.seals import Seals
from storage.store import Database
from storage.tables import audit, consumer, conversation, look_up, saved_k_number
from storage.tables import person as people

SEALS = Seals([b"k" * 32])
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)
PHONE = Phone("+919829012345")
SMS = Address(ChannelName.SMS, PHONE)
WHATSAPP = Address(ChannelName.WHATSAPP, PHONE)
TELEGRAM = Address(ChannelName.TELEGRAM, "4711")
K = 901010000100


def k_number(n: int) -> KNumber:
    return KNumber(f"{K + n:012d}")


def register(db: Connection, phone: Phone, numbers: range, status: str = "active") -> None:
    """Connections with this registered mobile."""
    mobile = phone_id(db, SEALS, phone)
    rows = [
        {
            "k_number": K + n,
            "name": "Ram",
            "mobile_id": mobile,
            "category": "LT-1",
            "office_code": "AJC-101",
            "status": status,
        }
        for n in numbers
    ]
    db.execute(consumer.insert(), rows)


def save(db: Connection, person_id: int, n: int, at: int = NOW_MS) -> None:
    db.execute(saved_k_number.insert(), {"person_id": person_id, "k_number": K + n, "saved_at": at})


def count(db: Connection) -> tuple[int, int]:
    """People and conversations."""
    return (
        db.execute(select(func.count()).select_from(people)).scalar_one(),
        db.execute(select(func.count()).select_from(conversation)).scalar_one(),
    )


def test_an_address_is_met_once(database: Database) -> None:
    first = database.write(person_for, SEALS, SMS, NOW_MS)

    assert database.write(person_for, SEALS, SMS, NOW_MS) == first
    assert database.read(count) == (1, 1)


def test_sms_and_whatsapp_of_one_number_are_one_person(database: Database) -> None:
    sms, sms_person = database.write(person_for, SEALS, SMS, NOW_MS)
    whatsapp, whatsapp_person = database.write(person_for, SEALS, WHATSAPP, NOW_MS)

    assert sms_person == whatsapp_person
    assert sms != whatsapp


def test_a_telegram_chat_and_a_whatsapp_id_without_a_number_are_people_of_their_own(
    database: Database,
) -> None:
    addresses = [SMS, TELEGRAM, Address(ChannelName.WHATSAPP, "IN.4711")]

    met = {database.write(person_for, SEALS, address, NOW_MS)[1] for address in addresses}

    assert len(met) == 3
    assert database.write(person_for, SEALS, TELEGRAM, NOW_MS)[1] in met


@pytest.mark.parametrize("address", [SMS, TELEGRAM])
def test_two_programs_that_meet_somebody_at_once_meet_one_person(
    database: Database, address: Address
) -> None:
    ready = Barrier(4)
    met: list[tuple[int, int]] = []

    def meet() -> None:
        ready.wait()
        met.append(database.write(person_for, SEALS, address, NOW_MS))

    threads = [Thread(target=meet) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(met) == 4
    assert len(set(met)) == 1
    assert database.read(count) == (1, 1)


def test_a_person_has_what_is_registered_on_their_mobile_and_what_they_saved(
    database: Database,
) -> None:
    _, it = database.write(person_for, SEALS, SMS, NOW_MS)
    database.write(register, PHONE, range(3))
    database.write(register, PHONE, range(5, 6), "closed")
    database.write(save, it, 9, NOW_MS + 1)
    database.write(save, it, 10, NOW_MS)

    found = database.read(person, it)

    assert found.registered == (k_number(0), k_number(1), k_number(2))
    assert found.saved == (k_number(10), k_number(9))
    assert found.tag is None


def test_a_telegram_chat_without_a_number_has_nothing_registered(database: Database) -> None:
    database.write(register, PHONE, range(3))
    _, it = database.write(person_for, SEALS, TELEGRAM, NOW_MS)

    assert database.read(person, it).own == ()


@pytest.mark.parametrize(("connections", "registered"), [(25, 25), (26, 0), (60, 0)])
def test_a_mobile_on_more_than_25_connections_is_nobodys(
    database: Database, connections: int, registered: int
) -> None:
    _, it = database.write(person_for, SEALS, SMS, NOW_MS)
    database.write(register, PHONE, range(connections))

    assert len(database.read(person, it).registered) == registered


def test_an_id_never_given_is_no_person(database: Database) -> None:
    with pytest.raises(LookupError):
        database.read(person, 4711)


def test_a_shared_number_makes_two_people_one(database: Database) -> None:
    _, by_phone = database.write(person_for, SEALS, SMS, NOW_MS)
    chat, by_chat = database.write(person_for, SEALS, TELEGRAM, NOW_MS)
    database.write(register, PHONE, range(1))
    database.write(save, by_phone, 8)
    database.write(save, by_chat, 8)
    database.write(save, by_chat, 9)
    today = {"day": NOW.date(), "k_number": K}
    database.write(lambda db: db.execute(look_up.insert(), {"person_id": by_chat, **today}))

    kept = database.write(link_phone, SEALS, chat, PHONE, NOW)

    assert kept == by_phone
    assert database.write(person_for, SEALS, TELEGRAM, NOW_MS) == (chat, by_phone)
    found = database.read(person, by_phone)
    assert found.saved == (k_number(8), k_number(9))
    assert found.registered == (k_number(0),)
    assert database.read(lambda db: db.execute(select(look_up.c.person_id)).scalars().all()) == [
        by_phone
    ]
    assert database.read(count) == (1, 2)
    lines = database.read(lambda db: db.execute(select(audit)).all())
    assert [line.subject for line in lines] == [f"person:{by_phone}"]
    assert PHONE not in lines[0].sentence


def test_the_older_person_stays_even_when_it_is_the_chat(database: Database) -> None:
    chat, by_chat = database.write(person_for, SEALS, TELEGRAM, NOW_MS)
    sms, _ = database.write(person_for, SEALS, SMS, NOW_MS)

    kept = database.write(link_phone, SEALS, chat, PHONE, NOW)

    assert kept == by_chat
    assert database.write(person_for, SEALS, SMS, NOW_MS) == (sms, by_chat)


def test_a_number_nobody_wrote_from_is_proven_too(database: Database) -> None:
    chat, by_chat = database.write(person_for, SEALS, TELEGRAM, NOW_MS)
    database.write(register, PHONE, range(2))

    assert database.write(link_phone, SEALS, chat, PHONE, NOW) == by_chat
    assert database.write(link_phone, SEALS, chat, PHONE, NOW) == by_chat

    assert len(database.read(person, by_chat).registered) == 2
    assert database.write(person_for, SEALS, SMS, NOW_MS)[1] == by_chat
    assert len(database.read(lambda db: db.execute(select(audit)).all())) == 1


def test_a_chat_that_proves_another_number_leaves_the_first_person_alone(
    database: Database,
) -> None:
    chat, first = database.write(person_for, SEALS, TELEGRAM, NOW_MS)
    database.write(link_phone, SEALS, chat, PHONE, NOW)
    database.write(save, first, 8)

    second = database.write(link_phone, SEALS, chat, Phone("+919829054321"), NOW)

    assert second != first
    assert database.read(person, second).saved == ()
    assert database.read(person, first).saved == (k_number(8),)
    assert database.write(person_for, SEALS, SMS, NOW_MS)[1] == first
