"""People: whoever writes to us, over all their addresses."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Connection,
    Text,
    and_,
    bindparam,
    delete,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.consumer import ConnectionStatus
from models.conversation import Person
from models.k_number import KNumber
from models.message import Address, Phone, Tag
from storage.phones import phone_id
from storage.prepared import Prepared
from storage.seals import Seals
from storage.sql import stamp
from storage.tables import audit, consumer, conversation, look_up, saved_k_number
from storage.tables import person as people
from storage.tables import phone as phones

MOST_K_NUMBERS = 25
"""A mobile on more connections than this is nobody's registered mobile."""

_BY_PHONE = Prepared(
    select(conversation.c.id, conversation.c.person_id)
    .join(phones, phones.c.id == conversation.c.phone_id)
    .where(phones.c.hash == bindparam("hash"))
    .where(conversation.c.channel == bindparam("channel"))
)
_BY_ID = Prepared(
    select(conversation.c.id, conversation.c.person_id)
    .where(conversation.c.channel == bindparam("channel"))
    .where(conversation.c.external_id == bindparam("external_id"))
)
_TALK = Prepared(
    insert(conversation)
    .values(
        channel=bindparam("channel"),
        phone_id=bindparam("phone_id"),
        external_id=bindparam("external_id"),
        person_id=bindparam("person_id"),
        created_at=bindparam("created_at"),
    )
    .on_conflict_do_nothing()
    .returning(conversation.c.id, conversation.c.person_id)
)
_NEW_PERSON = Prepared(
    insert(people)
    .values(phone_id=bindparam("phone_id"), created_at=bindparam("created_at"))
    .on_conflict_do_nothing()
    .returning(people.c.id)
)
_PERSON_BY_PHONE = Prepared(select(people.c.id).where(people.c.phone_id == bindparam("phone_id")))
_NOT_NEEDED = delete(people).where(people.c.id == bindparam("id"))


def person_for(db: Connection, seals: Seals, address: Address, now_ms: int) -> tuple[int, int]:
    """The conversation of an address and its person, made where they are new.

    SMS and WhatsApp from one number are one person; a Telegram chat is a person of its own until
    its owner shares their number.
    """
    number = address.phone
    if number is None:
        row = _BY_ID.first(db, {"channel": address.channel, "external_id": address.id})
    else:
        for hash_ in seals.hashes(number):  # one, but while a new master key takes over
            row = _BY_PHONE.first(db, {"hash": hash_, "channel": address.channel})
            if row is not None:
                break
    if row is None:
        return _meet(db, seals, address, now_ms)
    return row[0], row[1]


def _meet(db: Connection, seals: Seals, address: Address, now_ms: int) -> tuple[int, int]:
    number = address.phone
    if number is None:
        phone, made = None, _new_person(db, None, now_ms)
        person_id = made
    else:
        phone, made = phone_id(db, seals, number), None
        person_id = _person_of(db, phone, now_ms)
    met = {
        "channel": address.channel,
        "phone_id": phone,
        "external_id": address.id if number is None else None,
        "person_id": person_id,
        "created_at": now_ms,
    }
    row = _TALK.first(db, met)
    if row is not None:
        return row[0], row[1]
    if made is not None:  # another process met them first: this person was nobody
        db.execute(_NOT_NEEDED, {"id": made})
    return person_for(db, seals, address, now_ms)


def _new_person(db: Connection, phone: int | None, now_ms: int) -> int:
    row = _NEW_PERSON.first(db, {"phone_id": phone, "created_at": now_ms})
    if row is None:
        raise LookupError(phone)
    made: int = row[0]
    return made


def _person_of(db: Connection, phone: int, now_ms: int) -> int:
    found = _person_by_phone(db, phone)
    if found is not None:
        return found
    row = _NEW_PERSON.first(db, {"phone_id": phone, "created_at": now_ms})
    found = row[0] if row is not None else _person_by_phone(db, phone)
    if found is None:  # another process was quicker, and has not committed after all
        raise LookupError(phone)
    return found


def _person_by_phone(db: Connection, phone: int) -> int | None:
    row = _PERSON_BY_PHONE.first(db, {"phone_id": phone})
    return row[0] if row is not None else None


# The person, what they saved and what is registered on their mobile, in one statement. Of the
# registered ones no more are read than it takes to see that there are too many.
_SELF, _SAVED, _REGISTERED = 0, 1, 2
_mobile = select(people.c.phone_id).where(people.c.id == bindparam("id")).scalar_subquery()
_registered = (
    select(consumer.c.k_number, consumer.c.status)
    .where(consumer.c.mobile_id == _mobile)
    .limit(MOST_K_NUMBERS + 1)
    .subquery()
)
_PERSON = Prepared(
    union_all(
        select(
            literal(_SELF).label("part"),
            null().cast(BigInteger).label("k"),
            people.c.tag.label("word"),
            people.c.created_at.label("at"),
        ).where(people.c.id == bindparam("id")),
        select(
            literal(_SAVED), saved_k_number.c.k_number, null().cast(Text), saved_k_number.c.saved_at
        ).where(saved_k_number.c.person_id == bindparam("id")),
        select(
            literal(_REGISTERED),
            _registered.c.k_number,
            _registered.c.status,
            literal(0, BigInteger),
        ),
    )
)


def person(db: Connection, person_id: int) -> Person:
    """A person with their K-numbers; LookupError for an id never given.

    Saved ones stand in the order they were saved, registered ones by number without the closed.
    """
    tag: Tag | None = None
    known = False
    saved: list[tuple[int, int]] = []
    registered: list[tuple[int, str]] = []
    for part, k, word, at in _PERSON.all(db, {"id": person_id}):
        if part == _SELF:
            known, tag = True, word
        elif part == _SAVED:
            saved.append((at, k))
        else:
            registered.append((k, word))
    if not known:
        raise LookupError(person_id)
    if len(registered) > MOST_K_NUMBERS:
        registered = []
    return Person(
        id=person_id,
        tag=tag,
        saved=tuple(KNumber(f"{k:012d}") for _, k in sorted(saved)),
        registered=tuple(
            KNumber(f"{k:012d}") for k, status in sorted(registered) if status != _CLOSED
        ),
    )


_CLOSED = ConnectionStatus.CLOSED.value

_OWNER = (
    select(conversation.c.person_id, people.c.phone_id)
    .join(people, people.c.id == conversation.c.person_id)
    .where(conversation.c.id == bindparam("id"))
)
_MOVE_ONE = (
    update(conversation)
    .where(conversation.c.id == bindparam("it"))
    .values(person_id=bindparam("person"))
)
_MOVE_ALL = (
    update(conversation)
    .where(conversation.c.person_id == bindparam("gone"))
    .values(person_id=bindparam("keep"))
)
_IDENTITY = select(people.c.phone_id, people.c.tag).where(people.c.id == bindparam("id"))
_TAKE_ON = (
    update(people)
    .where(people.c.id == bindparam("keep"))
    .values(phone_id=bindparam("phone"), tag=bindparam("word"))
)
_COPIED = (saved_k_number, look_up)


def link_phone(
    db: Connection, seals: Seals, conversation_id: int, phone: Phone, now: datetime
) -> int:
    """Note that whoever writes in a conversation has proven a phone number; their person's id.

    Who proves the same phone is one person: conversations, saved K-numbers and look-ups move to
    the older of the two, and an audit row says so. A chat that had proven another number before
    leaves that person alone and moves by itself.
    """
    number = phone_id(db, seals, phone)
    old_id, old_phone = db.execute(_OWNER, {"id": conversation_id}).one()
    if old_phone == number:
        return int(old_id)
    owner = _person_by_phone(db, number)
    if old_phone is not None:
        keep = owner if owner is not None else _person_of(db, number, stamp(now))
        db.execute(_MOVE_ONE, {"it": conversation_id, "person": keep})
        sentence = f"Conversation {conversation_id} proved another number and left person {old_id}."
    elif owner is None:
        keep = old_id
        tag = db.execute(_IDENTITY, {"id": keep}).one().tag
        db.execute(_TAKE_ON, {"keep": keep, "phone": number, "word": tag})
        sentence = f"Conversation {conversation_id} proved a phone number."
    else:
        keep, gone = sorted((owner, old_id))
        _merge(db, keep, gone)
        sentence = f"Person {gone} proved the same phone number; both are one person now."
    db.execute(
        audit.insert(),
        {
            "at": stamp(now),
            "subject": f"person:{keep}",
            "actor": f"conversation:{conversation_id}",
            "sentence": sentence,
        },
    )
    return keep


def _merge(db: Connection, keep: int, gone: int) -> None:
    """Make two people one, who have one phone number between them."""
    kept = db.execute(_IDENTITY, {"id": keep}).one()
    lost = db.execute(_IDENTITY, {"id": gone}).one()
    db.execute(_MOVE_ALL, {"gone": gone, "keep": keep})
    for table in _COPIED:
        names = [column.name for column in table.c if column.name != "person_id"]
        rows = select(literal(keep), *(table.c[name] for name in names)).where(
            table.c.person_id == gone
        )
        db.execute(insert(table).from_select(["person_id", *names], rows).on_conflict_do_nothing())
        db.execute(delete(table).where(and_(table.c.person_id == gone)))
    db.execute(_NOT_NEEDED, {"id": gone})
    db.execute(
        _TAKE_ON,
        {"keep": keep, "phone": kept.phone_id or lost.phone_id, "word": kept.tag or lost.tag},
    )
