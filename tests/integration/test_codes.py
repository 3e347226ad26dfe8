"""One-time codes: sent at most three an hour, tried at most five times, and never written down."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, update

from models.deeds import EnterCode, TryCode
from models.errors import Conflict
from models.message import Address, ChannelName, Phone
from models.proof import TRIES, PendingCode
from storage import codes, talks
from storage import outbox as letters
from storage.accounts import look_up
from storage.codes import CodeIsOver, NoRegisteredMobile, TooManyCodes
from storage.doer import Doer
from storage.phones import phone_id
from storage.retention import forget
from storage.store import Database
from storage.tables import consumer, inbox, one_time_code, outbox, proof
from tests.integration.deed_world import (
    NOW,
    OTHER_PHONE,
    SEALS,
    SMS,
    TELEGRAM,
    WHATSAPP,
    K,
    World,
    a_code,
    everything,
    k_number,
)

MINUTE = timedelta(minutes=1)
HIDDEN = "••••••"


@pytest.fixture
def world(database: Database) -> World:
    world = World(database)
    world.connection(mobile=OTHER_PHONE)
    return world


def pending(world: World, doer: Doer) -> PendingCode:
    found = world.database.read(codes.pending, doer.conversation_id)
    assert found is not None
    return found


def test_a_code_goes_to_the_registered_mobile_and_is_nowhere_in_clear(world: World) -> None:
    me = world.meets(WHATSAPP)

    world.does(me, a_code())

    (letter,) = world.letters()
    assert letter.message.to == Address(ChannelName.SMS, OTHER_PHONE)
    assert letter.message.template == "proof-code"
    found = re.fullmatch(r"Code (\d{6}) is for you, 000000\.", letter.message.text)
    assert found
    assert f"Code {found.group(1)}" not in everything(world.database)
    assert not any("000000 is for you" in str(it["body"]) for it in world.rows(outbox))
    assert pending(world, me).hash == SEALS.code_hash(me.conversation_id, found.group(1)).hex()
    assert pending(world, me).tries_left == TRIES
    assert pending(world, me).expires_at == NOW + 10 * MINUTE
    assert world.breaches() == []


def test_a_code_that_is_no_longer_valid_does_not_leave(world: World) -> None:
    world.does(world.meets(WHATSAPP), a_code())

    claimed = world.database.write(letters.claim, "serve-1", [], NOW + 11 * MINUTE, 10)

    assert claimed == []
    (row,) = world.rows(outbox)
    assert (row["state"], row["reason"]) == ("failed", "expired")


def test_a_terminal_shows_the_codes_of_its_channel_and_no_others(world: World) -> None:
    world.does(world.meets(WHATSAPP), a_code())

    chat = world.database.write(letters.claim_codes, "chat-1", ChannelName.TELEGRAM, NOW)
    sms = world.database.write(letters.claim_codes, "chat-1", ChannelName.SMS, NOW)

    assert (chat, len(sms)) == ([], 1)


def test_a_code_of_one_s_own_goes_where_it_was_asked_for(world: World) -> None:
    me = world.meets(TELEGRAM)

    world.does(me, a_code(None, registered=False))

    (letter,) = world.letters()
    assert letter.message.to == TELEGRAM
    assert letter.message.template == ""


def test_asking_twice_with_one_message_sends_one_code(world: World) -> None:
    me = world.meets(WHATSAPP)

    world.does(me, a_code(key="m1"))
    world.does(me, a_code(key="m1"))

    assert (world.count(one_time_code), len(world.letters())) == (1, 1)


def test_a_new_code_ends_the_one_before(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me, key="m1")
    first = pending(world, me)
    world.asks_for_code(me, key="m2", now=NOW + MINUTE)

    with pytest.raises(CodeIsOver):
        world.does(me, EnterCode(first.id), now=NOW + 2 * MINUTE)

    assert pending(world, me).id != first.id


def test_where_no_mobile_is_registered_no_code_is_sent_to_one(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.connection(k_number(1))

    with pytest.raises(NoRegisteredMobile):
        world.does(me, a_code(k_number(1)))

    outlook = world.database.read(codes.outlook, SEALS, me.person_id, k_number(1), NOW)
    assert (outlook.ends_in, outlook.free_at) == ("", None)


def test_a_person_gets_three_codes_an_hour_and_is_told_until_when(world: World) -> None:
    me = world.meets(WHATSAPP)
    for n in range(3):
        world.connection(k_number(n + 1), mobile=Phone(f"+91982905433{n}"))
        world.does(me, a_code(k_number(n + 1), f"m{n}"), now=NOW + n * MINUTE)

    with pytest.raises(TooManyCodes):
        world.does(me, a_code(key="m9"), now=NOW + 59 * MINUTE)

    outlook = world.database.read(codes.outlook, SEALS, me.person_id, K, NOW + 59 * MINUTE)
    assert (outlook.ends_in, outlook.free_at) == ("21", NOW + 60 * MINUTE)
    world.does(me, a_code(key="m9"), now=NOW + 60 * MINUTE)


def test_a_thousand_senders_bring_a_mobile_three_codes(world: World) -> None:
    crowd = [
        world.meets(Address(ChannelName.TELEGRAM, str(10_000 + number))) for number in range(1000)
    ]
    ready = Barrier(2)

    def ask(some: list[Doer]) -> None:
        ready.wait()
        for doer in some:
            try:
                world.does(doer, a_code(key="m1"))
            except Conflict:
                continue

    threads = [Thread(target=ask, args=(crowd[start::2],)) for start in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(world.letters()) == 3
    assert world.count(one_time_code) == 3


def test_the_right_code_proves_the_connection_while_its_mobile_stays(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)
    assert not world.database.read(codes.entered, me.conversation_id, "contact_update", K, NOW)

    world.does(me, EnterCode(pending(world, me).id), now=NOW + MINUTE)

    later = NOW + 11 * MINUTE
    there = (me.conversation_id, "contact_update")
    assert world.database.read(codes.entered, *there, K, later - 2 * MINUTE)
    assert not world.database.read(codes.entered, *there, K, later)
    assert not world.database.read(codes.entered, *there, None, NOW + MINUTE)
    assert not world.database.read(codes.entered, me.conversation_id, "other", K, NOW + MINUTE)
    assert world.person(me).proven == (K,)
    assert world.person(me).is_verified(K)
    assert not world.database.read(look_up, me.person_id, K, NOW).counts

    def move(db: Connection) -> None:
        moved = phone_id(db, SEALS, Phone("+919829077777"))
        db.execute(update(consumer).values(mobile_id=moved))

    world.database.write(move)
    assert world.person(me).proven == ()
    assert world.database.read(look_up, me.person_id, K, NOW).counts


def test_a_proof_holds_for_180_days(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)
    world.does(me, EnterCode(pending(world, me).id))

    world.database.write(forget, 365, NOW + timedelta(days=180))
    held = world.person(me).proven
    world.database.write(forget, 365, NOW + timedelta(days=181))

    assert held == (K,)
    assert world.person(me).proven == ()
    assert world.count(one_time_code) == 0


def test_a_code_sent_to_the_asking_address_proves_no_connection(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me, registered=False)

    world.does(me, EnterCode(pending(world, me).id))

    assert world.count(proof) == 0
    assert world.person(me).proven == ()


def test_a_code_is_entered_once(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)
    code = pending(world, me).id
    world.does(me, EnterCode(code))

    for again in (EnterCode(code), TryCode(code)):
        with pytest.raises(CodeIsOver):
            world.does(me, again)

    assert world.database.read(codes.pending, me.conversation_id) is None


def test_a_code_of_another_conversation_is_worth_nothing(world: World) -> None:
    me, thief = world.meets(WHATSAPP), world.meets(TELEGRAM)
    code = world.asks_for_code(me)

    with pytest.raises(CodeIsOver):
        world.does(thief, EnterCode(pending(world, me).id))

    ours, theirs = me.conversation_id, thief.conversation_id
    assert SEALS.code_hash(ours, code) != SEALS.code_hash(theirs, code)


def test_after_ten_minutes_a_code_is_over_and_still_known(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)
    code = pending(world, me)

    for deed in (EnterCode(code.id), TryCode(code.id)):
        with pytest.raises(CodeIsOver):
            world.does(me, deed, now=NOW + 10 * MINUTE)

    assert pending(world, me) == code


def test_who_guesses_from_all_sides_has_five_tries(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)
    code = pending(world, me).id
    ready = Barrier(4)
    counted: list[int] = []

    def guess() -> None:
        ready.wait()
        for _ in range(5):
            try:
                world.does(me, TryCode(code))
            except CodeIsOver:
                continue
            counted.append(1)

    threads = [Thread(target=guess) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(counted) == TRIES
    assert pending(world, me).tries_left == 0
    with pytest.raises(CodeIsOver):
        world.does(me, EnterCode(code))
    assert world.breaches() == []


def heard(taken: talks.TakenIn) -> tuple[str, str, bool]:
    assert taken.opened is not None
    message = taken.opened.waiting.message
    assert message.secret == ""
    return message.text, message.code, message.blanked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("{}", HIDDEN),
        ("code is {}.", f"code is {HIDDEN}."),
        ("{} hai", f"{HIDDEN} hai"),
    ],
)
@pytest.mark.parametrize("written", ["482913", "482 913", "482-913", "४८२९१३", "४८२ ९१३"])
def test_an_awaited_code_is_kept_as_its_hash_alone(
    world: World, text: str, kept: str, written: str
) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)

    taken = world.hears(WHATSAPP, text.format(written), "SM1")

    expected = (kept, SEALS.code_hash(me.conversation_id, "482913").hex(), False)
    assert heard(taken) == expected
    (row,) = world.rows(inbox)
    assert written not in str(row["body"])
    again = world.database.read(talks.take_up, SEALS, me.conversation_id, "serve-1")
    assert again is not None
    assert (again.waiting.message.text, again.waiting.message.code) == expected[:2]


def test_a_code_that_the_channel_blanked_is_no_secret_where_it_is_awaited(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)

    taken = world.hears(WHATSAPP, "my otp is ••••", "SM1", secret="482913")

    code = SEALS.code_hash(me.conversation_id, "482913").hex()
    assert heard(taken) == ("my otp is ••••", code, False)
    assert "482913" not in everything(world.database)


@pytest.mark.parametrize(
    "text",
    ["901010000123", "9010 1000 0123", "901 010 000 123", "482913 and 482914", "12345", "1234567"],
)
def test_what_is_no_code_stays_as_it_is(world: World, text: str) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)

    assert heard(world.hears(WHATSAPP, text, "SM1")) == (text, "", False)


def test_where_none_is_awaited_six_digits_are_six_digits(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.meets(SMS)
    assert heard(world.hears(WHATSAPP, "305001", "SM1")) == ("305001", "", False)
    assert heard(world.hears(WHATSAPP, "otp ••••", "SM2", secret="482913")) == (
        "otp ••••",
        "",
        True,
    )
    world.asks_for_code(me)

    late = world.hears(WHATSAPP, "305002", "SM3", now=NOW + 10 * MINUTE)
    elsewhere = world.hears(SMS, "305003", "SM4")

    assert heard(late)[1] == heard(elsewhere)[1] == ""
    assert "482913" not in everything(world.database)


def test_an_entered_code_is_awaited_no_more(world: World) -> None:
    me = world.meets(WHATSAPP)
    world.asks_for_code(me)
    world.does(me, EnterCode(pending(world, me).id))

    assert heard(world.hears(WHATSAPP, "305001", "SM1")) == ("305001", "", False)


def test_the_outlook_names_two_digits_of_the_registered_mobile(world: World) -> None:
    me = world.meets(SMS)

    outlook = world.database.read(codes.outlook, SEALS, me.person_id, K, NOW)
    here = world.database.read(codes.outlook, SEALS, me.person_id, None, NOW)

    assert (outlook.ends_in, here.ends_in) == (OTHER_PHONE[-2:], "")
