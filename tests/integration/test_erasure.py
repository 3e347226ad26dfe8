"""Whoever asks to be forgotten is: in every table, in the file itself, and gains nothing by it."""

import itertools
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from app.chores import finish_forgetting
from models.bill import IST
from models.deeds import Consent, EnterCode, ErasePerson, NameEmail, OpenCase, SaveKNumber
from models.errors import Conflict
from models.message import Address, Phone
from models.reference import reference
from models.words import Say
from storage import codes, outbox, talks
from storage import emails as addresses
from storage.accounts import count_look_up, look_up
from storage.codes import TooManyCodes
from storage.doer import Doer
from storage.erasure import IN_FILE, IN_LOG, finish_erasures, traces
from storage.merging import link_phone
from storage.retention import forget
from storage.sql import stamp
from storage.store import Database, Store
from storage.tables import (
    collection,
    complaint,
    conversation,
    counter,
    forgotten,
    ledger,
    one_time_code,
    payment,
    payment_link,
    payment_link_asker,
    payment_link_part,
    person,
    phone,
    saved_k_number,
)
from storage.tables import email as emails
from storage.tables import inbox as messages
from storage.tables import look_up as look_ups
from storage.tables import outbox as letters
from tests.integration.deed_world import (
    NOW,
    OTHER,
    OTHER_PHONE,
    PHONE,
    SEALS,
    SLOT,
    SMS,
    TELEGRAM,
    WHATSAPP,
    K,
    World,
    a_code,
    everything,
    k_number,
)

PEOPLE = 10_000
MINUTE = timedelta(minutes=1)
FINISHED = NOW + 11 * MINUTE
EMAIL = "zubeida.q@example.org"
WORDS = "Ghoonghat wali gali, tower ke peeche"
STORY = "The lineman Bhanwarlal asked for money"
NICKNAME = "Nanihaal"


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


def crowd(db: Connection, first: int, count: int) -> None:
    """Many people at once, each with a talk, a message, an answer and a saved number."""
    numbers = range(first, first + count)
    phones = [Phone(f"+9170{n:08d}") for n in numbers]
    at = stamp(NOW)
    db.execute(
        phone.insert(),
        [
            {"id": n, "hash": SEALS.hash_(it), "sealed": SEALS.seal(it)}
            for n, it in zip(numbers, phones, strict=True)
        ],
    )
    db.execute(person.insert(), [{"id": n, "phone_id": n, "created_at": at} for n in numbers])
    talk = {"channel": "sms", "created_at": at, "talk": '{"tag": "hi", "misses": 1}'}
    db.execute(
        conversation.insert(), [talk | {"id": n, "phone_id": n, "person_id": n} for n in numbers]
    )
    said = {"channel": "sms", "body": '{"text": "mera bill kitna hai"}', "received_at": at}
    said |= {"answered_at": at}
    db.execute(
        messages.insert(),
        [said | {"conversation_id": n, "provider_id": f"SM{n * 7919 % 99_991}"} for n in numbers],
    )
    told: dict[str, object] = {
        "body": outbox.body("Your bill is Rs.1,240.", (), "en"),
        "state": "delivered",
    }
    told |= {"attempt": 1, "due_at": at, "created_at": at, "updated_at": at}
    db.execute(
        letters.insert(),
        [told | {"conversation_id": n, "provider_id": f"OM{n * 7919 % 99_991}"} for n in numbers],
    )
    db.execute(
        saved_k_number.insert(),
        [{"person_id": n, "k_number": 700_000_000_000 + n, "saved_at": at} for n in numbers],
    )


def number_on(db: Connection) -> None:
    """Let the next ids follow those that were given by hand."""
    if db.dialect.name != "postgresql":
        return
    for table in (phone, person, conversation):
        newest = select(func.max(table.c.id)).scalar_subquery()
        db.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), newest)))


def paid(db: Connection, doer: Doer) -> None:
    """Money that came through a link which this person asked for."""
    row = {"id": 1, "code": "AB12", "reference": "R1", "amount": 124_000, "state": "paid"}
    at = stamp(NOW)
    db.execute(payment_link.insert(), row | {"tag": "en", "asked_at": at, "expires_at": at})
    asker = {"link_id": 1, "conversation_id": doer.conversation_id, "tag": "en"}
    db.execute(payment_link_asker.insert(), asker)
    part = {"link_id": 1, "bill_number": "B1", "k_number": int(K), "amount": 124_000}
    db.execute(payment_link_part.insert(), part | {"live": False})
    money = {"id": 1, "gateway_payment_id": "pay_1", "link_id": 1, "amount": 124_000}
    db.execute(payment.insert(), money | {"state": "posted", "captured_at": at})
    for account, paise in (("gateway", 124_000), ("consumer", -124_000)):
        line = {"payment_id": 1, "at": at, "account": account, "k_number": int(K)}
        db.execute(ledger.insert(), line | {"paise": paise})
    receipt = {"receipt_number": reference("PAY", 1), "k_number": int(K), "amount": 124_000}
    receipt |= {"paid_on": NOW.date(), "mode": "upi", "gateway_payment_id": "pay_1"}
    db.execute(collection.insert(), receipt)
    db.execute(counter.insert(), {"name": "receipt", "value": 1})


def hashes(world: World, whose: Phone) -> Iterator[bytes]:
    """What the number's row holds."""
    for row in world.rows(phone):
        if row["hash"] == SEALS.hash_(whose):
            yield from (row["hash"], row["sealed"])


def live(world: World) -> tuple[Doer, set[bytes], set[bytes]]:
    """Do all a person can do, over three addresses.

    The chat, what of theirs is kept, and what never stands there in clear.
    """
    world.connection()
    me, chat = world.meets(SMS), world.meets(TELEGRAM)
    world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW)
    chat = Doer(chat.conversation_id, me.person_id, chat.channel, chat.tag, chat.mailer)
    said = [(SMS, "SMzubeida1"), (WHATSAPP, "SMzubeida2"), (TELEGRAM, "update:31337001")]
    for address, id_ in said:
        taken = world.hears(address, WORDS, id_)
        question = Say("notices-ask")
        world.answers(
            taken.opened,
            f"You live near {WORDS}.",
            SaveKNumber(K, NICKNAME),
            Consent(K, given=True, asked=question, words="News for Zubeida?"),
            *((NameEmail(EMAIL, "en"),) if address is SMS else ()),
            *((OpenCase("CMP-1", "complaint", K, STORY, {"near": WORDS}),) * (address is SMS)),
        )
    world.database.write(paid, chat)
    for it in world.letters()[-4:]:
        world.database.write(outbox.accepted, it.message.id, f"OMzubeida{it.message.id}", NOW)
    code = world.asks_for_code(chat, None, registered=False)
    world.hears(TELEGRAM, code, "update:31337002")
    kept = {*hashes(world, PHONE), SEALS.code_hash(chat.conversation_id, code)}
    kept |= {bytes(row["sealed"]) for row in world.rows(emails)}
    kept |= {it.encode() for it in (WORDS, STORY, NICKNAME, TELEGRAM.id, "Zubeida", "zubeida")}
    kept |= {id_.encode() for _, id_ in said} | {b"update:31337002"}
    never = {it.encode() for it in (PHONE, PHONE[3:], EMAIL, f"Code {code}")}
    return chat, kept, never


def says_farewell(world: World, chat: Doer) -> None:
    """Enter the code, and be told that everything is erased."""
    opened = world.database.read(talks.take_up, SEALS, chat.conversation_id, SLOT)
    asked = world.database.read(codes.pending, chat.conversation_id)
    assert opened is not None
    assert asked is not None
    assert opened.waiting.message.code == asked.hash
    world.answers(opened, "All is erased.", EnterCode(asked.id), ErasePerson())


def finish(world: World, now: datetime = FINISHED) -> int:
    return world.database.write(finish_erasures, SEALS, now)


async def test_of_ten_thousand_people_one_is_erased_and_not_a_byte_of_them_stays(
    store: Store,
) -> None:
    world = World(store.database)
    world.database.write(crowd, 1, PEOPLE // 2)
    world.database.write(number_on)
    chat, kept, never = live(world)
    world.database.write(crowd, PEOPLE, PEOPLE // 2)
    assert found(world, kept | never) == kept
    assert world.breaches() == []

    says_farewell(world, chat)
    (reply,) = (it for it in world.letters() if it.message.to == TELEGRAM)
    assert reply.message.text == "All is erased."
    assert world.breaches() == []
    world.database.write(outbox.accepted, reply.message.id, "OMzubeida-last", NOW)
    await finish_forgetting(store, SEALS, NOW + MINUTE)

    assert found(world, kept | never | {b"OMzubeida"}) == set()
    assert world.breaches(NOW + MINUTE) == []
    assert world.count(person) == world.count(phone) == PEOPLE
    (case,) = world.rows(complaint)
    names = ("kind", "state", "office_code", "person_id", "conversation_id", "text", "facts")
    assert [case[name] for name in names] == ["complaint", "open", "AJC-101", None, None, "", ""]
    assert (world.count(ledger), world.count(collection), world.count(payment)) == (2, 1, 1)
    assert world.count(payment_link_asker) == 0


def found(world: World, needles: set[bytes]) -> set[bytes]:
    """Which of these stand in a table's rows, or in a file of the database."""
    rows = everything(world.database)
    here = {it for it in needles if it.hex() in rows or it.decode("utf-8", "replace") in rows}
    if world.database.is_sqlite:
        assert world.database.url.database is not None
        file = Path(world.database.url.database)
        for path in file.parent.glob(f"{file.name}*"):
            there = path.read_bytes()
            here |= {it for it in needles if it in there}
    return here


def erased(world: World, *addresses: Address) -> Doer:
    """Whoever writes from these addresses, asking at the first to be forgotten."""
    for n, address in enumerate(addresses):
        taken = world.hears(address, "hello", f"first-{n}")
        world.answers(taken.opened, "Hello.")
    me = world.meets(addresses[0])
    taken = world.hears(addresses[0], "erase", "last")
    world.answers(taken.opened, "All is erased.", ErasePerson())
    return me


def test_the_rest_waits_for_the_last_reply_and_not_longer_than_ten_minutes(world: World) -> None:
    erased(world, SMS)

    assert finish(world, NOW + 9 * MINUTE) == 0
    assert [it.message.text for it in world.letters()] == ["All is erased."]
    assert finish(world, NOW + 11 * MINUTE) == 1
    assert world.letters() == []
    assert (world.count(person), world.count(conversation), world.count(phone)) == (0, 0, 0)
    assert world.breaches() == []


def test_a_number_that_the_billing_records_name_stays_theirs_alone(world: World) -> None:
    world.connection(mobile=PHONE)
    erased(world, SMS, WHATSAPP)

    finish(world)

    assert (world.count(person), world.count(conversation), world.count(phone)) == (0, 0, 1)
    assert world.person(world.meets(SMS)).registered == (K,)


def test_others_keep_all_that_is_theirs(world: World) -> None:
    neighbour = world.meets(OTHER)
    world.does(neighbour, SaveKNumber(K, "Shop"))
    before = world.person(neighbour)
    erased(world, SMS)

    finish(world)

    assert world.person(neighbour) == before


def test_erasing_gives_no_look_ups_back(world: World) -> None:
    me = world.meets(SMS)
    for n in range(24):
        world.database.write(count_look_up, me.person_id, k_number(n), NOW)
    erased(world, SMS)
    assert not set(world.rows(look_ups)[0].values()) & {int(k_number(n)) for n in range(24)}
    finish(world)
    assert world.count(look_ups) == 0

    again, also_again = world.meets(SMS), world.meets(WHATSAPP)

    assert again.person_id == also_again.person_id
    assert world.database.read(look_up, again.person_id, K, FINISHED).left == 1
    world.database.write(count_look_up, again.person_id, K, FINISHED)
    assert not world.database.read(look_up, again.person_id, k_number(50), FINISHED).allowed
    tomorrow = NOW + timedelta(days=1)
    assert world.database.read(look_up, again.person_id, k_number(50), tomorrow).left == 25
    world.database.write(forget, 180, NOW + timedelta(days=2))
    assert world.count(forgotten) == 0


def test_erasing_gives_neither_codes_nor_letters_back(world: World) -> None:
    erased(world, SMS)
    finish(world)

    again = world.meets(SMS)

    outlook = world.database.read(codes.outlook, SEALS, again.person_id, None, FINISHED)
    assert outlook.free_at == datetime.combine(FINISHED + timedelta(days=1), time(), IST)
    assert not world.database.read(addresses.may_name, again.person_id, FINISHED)
    next_day = FINISHED + timedelta(days=1)
    assert (
        world.database.read(codes.outlook, SEALS, again.person_id, None, next_day).free_at is None
    )
    assert world.database.read(addresses.may_name, again.person_id, next_day)


@pytest.mark.parametrize("finished", [False, True])
def test_a_message_that_is_delivered_again_is_no_new_one(world: World, *, finished: bool) -> None:
    erased(world, SMS)
    if finished:
        finish(world)
    people = world.count(person)

    for id_ in ("first-0", "last"):
        assert not world.hears(SMS, "erase", id_, FINISHED).new

    assert world.count(person) == people
    assert finish(world) == int(not finished)
    assert world.count(person) == 0


def test_who_writes_again_at_once_is_somebody_new_and_stays(world: World) -> None:
    erased(world, WHATSAPP, SMS)
    taken = world.hears(WHATSAPP, "hello again", "SM9", NOW + MINUTE)
    assert taken.opened is not None
    assert taken.opened.conversation.talk.tag is None
    world.answers(taken.opened, "Hello.", SaveKNumber(K), now=NOW + MINUTE)

    finish(world)
    finish(world)

    me = world.meets(WHATSAPP)
    assert world.person(me).saved == (K,)
    assert [row["erased_at"] for row in world.rows(person)] == [None]
    assert [row["channel"] for row in world.rows(conversation)] == ["whatsapp"]
    assert [it.message.text for it in world.letters()] == ["Hello."]
    assert not world.hears(WHATSAPP, "erase", "SM9", FINISHED).new
    assert world.breaches() == []


def test_what_waits_for_an_answer_gets_one(world: World) -> None:
    world.hears(SMS, "hello", "SM1")
    opened = world.database.read(talks.take_up, SEALS, world.meets(SMS).conversation_id, SLOT)
    world.hears(SMS, "bill", "SM2")

    world.answers(opened, "All is erased.", ErasePerson())

    me = world.meets(SMS)
    waiting = world.database.read(talks.take_up, SEALS, me.conversation_id, SLOT)
    assert waiting is not None
    assert waiting.waiting.message.text == "bill"
    world.answers(waiting, "Which one?", now=NOW + MINUTE)
    finish(world)
    assert [it.message.text for it in world.letters()] == ["Which one?"]


def test_a_turn_under_way_elsewhere_is_answered_anew(world: World) -> None:
    under_way = world.hears(WHATSAPP, "save it", "SM1").opened
    me = world.meets(SMS)
    world.does(me, SaveKNumber(k_number(1)))

    erased(world, SMS)

    with pytest.raises(Conflict):
        world.answers(under_way, "Saved.", SaveKNumber(K))
    assert world.count(saved_k_number) == 0


def test_a_chat_no_longer_knows_the_number_it_had_proven(world: World) -> None:
    world.connection(mobile=PHONE)
    chat, _ = world.meets(TELEGRAM), world.meets(SMS)
    world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW)

    erased(world, TELEGRAM)

    assert world.person(world.meets(TELEGRAM)).registered == ()
    assert world.person(world.meets(SMS)).registered == (K,)
    assert world.breaches() == []
    assert finish(world) == 2
    assert world.count(conversation) == 0


def test_who_shares_a_number_before_all_is_finished_stays(world: World) -> None:
    erased(world, SMS)
    chat = world.meets(TELEGRAM)

    world.database.write(link_phone, SEALS, chat.conversation_id, PHONE, NOW + MINUTE)

    assert finish(world) == 0
    assert world.meets(SMS).person_id == world.meets(TELEGRAM).person_id


def test_erasing_brings_nobody_s_mobile_more_codes(world: World) -> None:
    world.connection(mobile=OTHER_PHONE)
    for n in itertools.count(1):
        stranger = world.meets(TELEGRAM)
        if n > 3:
            break
        world.does(stranger, a_code(key="m"))
        taken = world.hears(TELEGRAM, "erase", f"T{n}")
        world.answers(taken.opened, "All is erased.", ErasePerson())
        finish(world)

    with pytest.raises(TooManyCodes):
        world.does(stranger, a_code(key="m"))

    kept = {(it["conversation_id"], it["person_id"]) for it in world.rows(one_time_code)}
    assert kept == {(0, 0)}
    assert world.breaches() == []


def test_a_letter_that_brings_a_code_goes_with_the_one_who_asked(world: World) -> None:
    world.connection(mobile=OTHER_PHONE)
    chat = world.meets(TELEGRAM)
    world.does(chat, a_code())

    erased(world, TELEGRAM)

    assert [it.message.text for it in world.letters()] == ["All is erased."]


async def test_the_log_is_emptied_and_the_file_written_anew_as_soon_as_nobody_reads(
    store: Store,
) -> None:
    world = World(store.database)
    erased(world, SMS)
    with store.database.engine.connect() as reader, reader.begin():
        reader.execute(select(person.c.id)).all()
        await finish_forgetting(store, SEALS, FINISHED)

        for where in (IN_LOG, IN_FILE):
            assert (await store.read(traces, where) is None) is not store.database.is_sqlite

    await finish_forgetting(store, SEALS, FINISHED + MINUTE)

    assert await store.read(traces, IN_LOG) is None
    assert await store.read(traces, IN_FILE) is None
