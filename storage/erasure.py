"""Erasing a person: nearly all of it with the commit that says so, the rest once that has left.

What the law keeps stays without them: money and its links, and of a case its kind, its state and
its office. Until the last reply has left, its address stays, and the ids of messages that were
answered, so that none comes in twice; afterwards the latter are kept for a day as hashes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, exists, or_, select, union, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.message import Address, ChannelName
from storage.audit import write_audit
from storage.codes import HOUR, letter_key
from storage.doer import Doer
from storage.forgotten import looked_up_today, remember_look_ups, remember_messages, use_up
from storage.outbox import is_open
from storage.seals import Seals
from storage.sql import stamp
from storage.tables import (
    complaint,
    consent,
    consumer,
    conversation,
    disowned,
    email,
    fact,
    inbox,
    look_up,
    one_time_code,
    outbox,
    payment_link_asker,
    person,
    phone,
    proof,
    saved_k_number,
)

LAST_REPLY = timedelta(minutes=10)  # that the last reply has to leave in
REPEATS = timedelta(days=2)  # longer than any provider brings a message again
AT_ONCE = 50  # people whose erasure one call finishes
EMPTY = '{"text": ""}'
NOBODY = 0
# The facts that what was erased may still stand in SQLite's log or file, and since when.
IN_LOG, IN_FILE = "traces_in_log", "traces_in_file"

_BY_PERSON = (saved_k_number, consent, proof, disowned, look_up, email)
_TALKS = (
    select(conversation.c.id, conversation.c.channel, conversation.c.external_id, phone.c.sealed)
    .outerjoin(phone, phone.c.id == conversation.c.phone_id)
    .where(conversation.c.person_id == bindparam("whose"))
    .order_by(conversation.c.id)
    .with_for_update(of=conversation)
)
_CODES = select(one_time_code.c.id).where(one_time_code.c.person_id == bindparam("whose"))
_NEW_PERSON = person.insert().returning(person.c.id)
_TO_FINISH = (
    select(person.c.id, person.c.phone_id, person.c.erased_at)
    .where(person.c.erased_at.is_not(None))
    .order_by(person.c.erased_at)  # by its index: in the order of ids all people would be read
    .limit(AT_ONCE)
)
_put_fact = insert(fact)
_NOTE_TRACES = _put_fact.on_conflict_do_update(
    index_elements=["name"], set_={"value": _put_fact.excluded.value}
)


@dataclass(frozen=True, slots=True)
class _Talk:
    id: int
    address: Address


def erase(db: Connection, seals: Seals, doer: Doer, now: datetime) -> None:
    """Forget a person, over all their addresses, but for the reply that is kept right after.

    Messages of theirs that still wait are answered, as a stranger's.
    """
    whose = doer.person_id
    talks = _talks(db, seals, whose)
    used = looked_up_today(db, whose, now)
    for it in talks:
        if it.address.channel is not ChannelName.EMAIL:
            remember_look_ups(db, seals, it.address, used, now)
    _empty_talks(db, [it.id for it in talks], now)
    _forget_codes(db, whose, now)
    for table in _BY_PERSON:
        db.execute(delete(table).where(table.c.person_id == whose))
    mails = [it.id for it in talks if it.address.channel is ChannelName.EMAIL]
    db.execute(delete(conversation).where(conversation.c.id.in_(mails)))
    db.execute(
        update(person)
        .where(person.c.id == whose)
        .values(
            tag=None,
            look_ups_a_day=None,
            holds_many=False,
            stopped_at=None,
            email_asked_at=None,
            email_confirmed_at=None,
            erased_at=stamp(now),
        )
    )
    use_up(db, whose, used, now)
    chats = [it for it in talks if it.address.channel is not ChannelName.EMAIL]
    _part(db, whose, [it.id for it in chats if it.address.phone is None], used, now)
    write_audit(db, doer.subject, "the person", "Everything about this person was erased.", now)


def _talks(db: Connection, seals: Seals, whose: int) -> list[_Talk]:
    return [
        _Talk(
            row.id,
            Address(
                ChannelName(row.channel),
                seals.unseal(row.sealed) if row.sealed is not None else row.external_id,
            ),
        )
        for row in db.execute(_TALKS, {"whose": whose})
    ]


def _empty_talks(db: Connection, ids: Sequence[int], now: datetime) -> None:
    """Take out what was said, and whatever names these conversations."""
    for table in (outbox, payment_link_asker):
        db.execute(delete(table).where(table.c.conversation_id.in_(ids)))
    theirs = inbox.c.conversation_id.in_(ids) & inbox.c.answered_at.is_not(None)
    long_ago = inbox.c.received_at < stamp(now - REPEATS)
    db.execute(delete(inbox).where(theirs, long_ago))
    db.execute(update(inbox).where(theirs).values(body=EMPTY))
    db.execute(
        update(complaint)
        .where(complaint.c.conversation_id.in_(ids))
        .values(person_id=None, conversation_id=None, text="", facts="")
    )
    # A turn that is under way in one of them has read what is no longer there.
    db.execute(
        update(conversation)
        .where(conversation.c.id.in_(ids))
        .values(talk="", version=conversation.c.version + 1)
    )


def _forget_codes(db: Connection, whose: int, now: datetime) -> None:
    """Forget codes and their letters; that one went to somebody's mobile is still counted there."""
    ids = list(db.execute(_CODES, {"whose": whose}).scalars())
    db.execute(delete(outbox).where(outbox.c.key.in_([letter_key(it) for it in ids])))
    theirs = one_time_code.c.id.in_(ids)
    counts = one_time_code.c.phone_id.is_not(None) & (one_time_code.c.sent_at > stamp(now - HOUR))
    db.execute(delete(one_time_code).where(theirs, ~counts))
    db.execute(
        update(one_time_code)
        .where(theirs)
        .values(
            conversation_id=NOBODY,
            person_id=NOBODY,
            k_number=None,
            purpose="",
            key=one_time_code.c.id.cast(one_time_code.c.key.type),
            hash=b"",
            expires_at=stamp(now),
        )
    )


def _part(db: Connection, whose: int, chats: Sequence[int], used: int, now: datetime) -> None:
    """Let chats without a number be nobody's who has one: that they belonged together is gone."""
    if db.execute(select(person.c.phone_id).where(person.c.id == whose)).scalar() is None:
        return
    for talk in chats:
        row = {"created_at": stamp(now), "erased_at": stamp(now)}
        alone = db.execute(_NEW_PERSON, row).scalar_one()
        moved = conversation.c.id == talk
        db.execute(update(conversation).where(moved).values(person_id=alone))
        use_up(db, alone, used, now)


def finish_erasures(db: Connection, seals: Seals, now: datetime) -> int:
    """Remove what was kept for the last reply, where it has left or had ten minutes.

    Returns how many people are gone. Who has written again meanwhile stays, as somebody new.
    """
    finished = 0
    for row in db.execute(_TO_FINISH).all():
        talks = _talks(db, seals, row.id)
        ids = [it.id for it in talks]
        if _is_leaving(db, ids, row.erased_at, now):
            continue
        _remove_traces(db, seals, ids, row.erased_at, now)
        alive = _alive(db, ids)
        gone = [it for it in ids if it not in alive]
        db.execute(delete(conversation).where(conversation.c.id.in_(gone)))
        if alive:
            db.execute(update(person).where(person.c.id == row.id).values(erased_at=None))
        else:
            db.execute(delete(look_up).where(look_up.c.person_id == row.id))
            db.execute(delete(person).where(person.c.id == row.id))
            _remove_phone(db, row.phone_id)
        finished += 1
    if finished:
        db.execute(
            _NOTE_TRACES, [{"name": it, "value": str(stamp(now))} for it in (IN_LOG, IN_FILE)]
        )
    return finished


def _is_leaving(db: Connection, talks: Collection[int], erased_at: int, now: datetime) -> bool:
    leaving = (
        select(outbox.c.id)
        .where(outbox.c.conversation_id.in_(talks))
        .where(is_open)
        .where(outbox.c.created_at <= erased_at)
        .where(outbox.c.created_at > stamp(now - LAST_REPLY))
    )
    return db.execute(leaving).first() is not None


def _remove_traces(
    db: Connection, seals: Seals, talks: Collection[int], erased_at: int, now: datetime
) -> None:
    """Remove what was said up to the last reply."""
    replies = outbox.c.conversation_id.in_(talks) & (outbox.c.created_at <= erased_at)
    db.execute(delete(outbox).where(replies))
    answered = inbox.c.conversation_id.in_(talks) & (inbox.c.answered_at <= erased_at)
    found = db.execute(select(inbox.c.channel, inbox.c.provider_id).where(answered)).all()
    remember_messages(db, seals, [(it.channel, it.provider_id) for it in found], now)
    db.execute(delete(inbox).where(answered))


def _alive(db: Connection, talks: Collection[int]) -> set[int]:
    """The conversations in which something was said since."""
    heard = select(inbox.c.conversation_id).where(inbox.c.conversation_id.in_(talks))
    said = union(
        heard.where(inbox.c.answered_at.is_(None)),
        heard.where(inbox.c.answered_at.is_not(None)),  # apart, as each has its index
        select(outbox.c.conversation_id).where(outbox.c.conversation_id.in_(talks)),
    )
    return set(db.execute(said).scalars())


def _remove_phone(db: Connection, phone_id: int | None) -> None:
    """Forget a number, unless the billing records or another conversation name it."""
    if phone_id is None:
        return
    named = or_(
        exists().where(consumer.c.mobile_id == phone_id),
        exists().where(
            conversation.c.channel.in_(list(ChannelName)), conversation.c.phone_id == phone_id
        ),
    )
    if db.execute(select(named)).scalar():
        return
    for table in (proof, one_time_code):  # nobody can show anything by it any more
        db.execute(delete(table).where(table.c.phone_id == phone_id))
    db.execute(delete(phone).where(phone.c.id == phone_id))


def traces(db: Connection, where: str) -> str | None:
    """Since when erased rows may still stand in SQLite's log or file; None where they do not."""
    found: str | None = db.execute(select(fact.c.value).where(fact.c.name == where)).scalar()
    return found


def traces_gone(db: Connection, where: str, since: str) -> None:
    """They are gone; what was erased later waits for the next time."""
    db.execute(delete(fact).where(fact.c.name == where, fact.c.value == since))
