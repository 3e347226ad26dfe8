"""People: whoever writes to us, over all their addresses."""

from __future__ import annotations

from types import MappingProxyType

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Text,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.consumer import ConnectionStatus
from models.conversation import Person
from models.k_number import KNumber
from models.message import Address, Phone
from storage.forgotten import give_nothing_back
from storage.phones import find_phone, phone_id
from storage.prepared import Prepared
from storage.seals import Seals
from storage.sql import moment
from storage.tables import consumer, conversation, disowned, proof, saved_k_number
from storage.tables import person as people
from storage.tables import phone as phones

MOST_K_NUMBERS = 25
"""A mobile on more connections than this is nobody's registered mobile."""

# Whoever writes into a conversation keeps it from being erased until the commit: FOR KEY SHARE on
# PostgreSQL, while SQLite has one writer at a time anyway.
_BY_PHONE = Prepared(
    select(conversation.c.id, conversation.c.person_id)
    .join(phones, phones.c.id == conversation.c.phone_id)
    .where(phones.c.hash == bindparam("hash"))
    .where(conversation.c.channel == bindparam("channel"))
    .with_for_update(of=conversation, read=True, key_share=True)
)
_BY_ID = Prepared(
    select(conversation.c.id, conversation.c.person_id)
    .where(conversation.c.channel == bindparam("channel"))
    .where(conversation.c.external_id == bindparam("external_id"))
    .with_for_update(read=True, key_share=True)
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
    return find_person(db, seals, address) or _meet(db, seals, address, now_ms)


def find_person(db: Connection, seals: Seals, address: Address) -> tuple[int, int] | None:
    """The conversation of an address and its person; None where they are new."""
    number = address.phone
    if number is None:
        row = _BY_ID.first(db, {"channel": address.channel, "external_id": address.id})
        return (row[0], row[1]) if row is not None else None
    for hash_ in seals.hashes(number):  # one, but while a new master key takes over
        row = _BY_PHONE.first(db, {"hash": hash_, "channel": address.channel})
        if row is not None:
            return row[0], row[1]
    return None


def _meet(db: Connection, seals: Seals, address: Address, now_ms: int) -> tuple[int, int]:
    number = address.phone
    if number is None:
        phone, made = None, _new_person(db, None, now_ms)
        person_id = made
    else:
        phone, made = phone_id(db, seals, number), None
        person_id = person_of_phone(db, phone, now_ms)
    met = {
        "channel": address.channel,
        "phone_id": phone,
        "external_id": address.id if number is None else None,
        "person_id": person_id,
        "created_at": now_ms,
    }
    row = _TALK.first(db, met)
    if row is not None:
        give_nothing_back(db, seals, address, row[1], moment(now_ms))
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


def person_of_phone(db: Connection, phone: int, now_ms: int) -> int:
    """The person whose number this is, made where they are new."""
    found = find_person_of_phone(db, phone)
    if found is not None:
        return found
    row = _NEW_PERSON.first(db, {"phone_id": phone, "created_at": now_ms})
    found = row[0] if row is not None else find_person_of_phone(db, phone)
    if found is None:  # another process was quicker, and has not committed after all
        raise LookupError(phone)
    return found


def find_person_of_phone(db: Connection, phone: int) -> int | None:
    """The person whose number this is, if we have met them."""
    row = _PERSON_BY_PHONE.first(db, {"phone_id": phone})
    return row[0] if row is not None else None


# The person, what they saved, what is registered on their mobile and what they have proven, in one
# statement. Of the registered ones no more are read than it takes to see that there are too many;
# those they disowned count there too.
_SELF, _SAVED, _REGISTERED, _PROVEN = 0, 1, 2, 3
_ALL = 10_000  # of a mobile that staff have said is one person's
_CLOSED = ConnectionStatus.CLOSED.value


def _number(it: int) -> ColumnElement[int]:
    """A number that stands in the statement: a value bound anew each time costs more."""
    return literal_column(str(it), Integer)


_it = people.c.id == bindparam("id")
_nothing = null().cast(BigInteger)
_registered = (
    select(consumer.c.k_number, consumer.c.status)
    .where(consumer.c.mobile_id == select(people.c.phone_id).where(_it).scalar_subquery())
    .limit(
        func.coalesce(
            select(case((people.c.holds_many, _number(_ALL)))).where(_it).scalar_subquery(),
            _number(MOST_K_NUMBERS + 1),
        )
    )
    .subquery()
)
_no_longer = (
    select(disowned.c.at)
    .where(disowned.c.person_id == bindparam("id"))
    .where(disowned.c.k_number == _registered.c.k_number)
    .scalar_subquery()
)
_PERSON = Prepared(
    union_all(
        select(
            _number(_SELF).label("part"),
            people.c.stopped_at.label("k"),
            people.c.tag.label("word"),
            people.c.email_asked_at.label("at"),
            people.c.email_confirmed_at.label("since"),
            cast(people.c.holds_many, Integer).label("many"),
        ).where(_it),
        select(
            _number(_SAVED),
            saved_k_number.c.k_number,
            saved_k_number.c.nickname,
            saved_k_number.c.saved_at,
            saved_k_number.c.notices_at,
            _number(0),
        ).where(saved_k_number.c.person_id == bindparam("id")),
        select(
            _number(_REGISTERED),
            _registered.c.k_number,
            _registered.c.status,
            _nothing,
            _no_longer,
            _number(0),
        ),
        select(
            _number(_PROVEN),
            proof.c.k_number,
            null().cast(Text),
            _nothing,
            _nothing,
            _number(0),
        )
        .join(consumer, consumer.c.k_number == proof.c.k_number)
        .where(proof.c.person_id == bindparam("id"))
        .where(proof.c.phone_id == consumer.c.mobile_id),
    )
)


def person(db: Connection, person_id: int) -> Person:
    """A person with their K-numbers; LookupError for an id never given.

    Saved ones stand in the order they were saved, registered and closed ones by number. A proof
    counts while the mobile it was shown by is the registered one, and is kept for 180 days.
    """
    myself = None
    saved: list[tuple[int, int, str, bool]] = []
    registered: list[tuple[int, str, bool]] = []
    proven: list[int] = []
    for part, k, word, at, since, many in _PERSON.all(db, {"id": person_id}):
        if part == _SELF:
            myself = k, word, at, since, many
        elif part == _SAVED:
            saved.append((at, k, word, since is not None))
        elif part == _REGISTERED:
            registered.append((k, word, since is not None))
        else:
            proven.append(k)
    if myself is None:
        raise LookupError(person_id)
    stopped_at, tag, asked_at, confirmed_at, holds_many = myself
    if len(registered) > MOST_K_NUMBERS and not holds_many:
        registered = []
    saved.sort()
    registered.sort()
    nicknames = {_k(k): nickname for _, k, nickname, _ in saved if nickname}
    return Person(
        id=person_id,
        tag=tag,
        registered=tuple(_k(k) for k, status, gone in registered if status != _CLOSED and not gone),
        saved=tuple(_k(k) for _, k, _, _ in saved),
        proven=tuple(_k(k) for k in sorted(proven)),
        closed=tuple(_k(k) for k, status, gone in registered if status == _CLOSED and not gone),
        nicknames=MappingProxyType(nicknames),
        notified=tuple(_k(k) for _, k, _, wanted in saved if wanted),
        stopped=stopped_at is not None,
        email_asked=asked_at is not None,
        email_confirmed=confirmed_at is not None,
    )


def _k(number: int) -> KNumber:
    return KNumber(f"{number:012d}")


# Whose a registered mobile is: nobody's with too many connections, unless staff have said so, and
# not theirs who said that the connection is not.

_others = consumer.alias("others")
_holder = people.alias("holder")
_too_many = exists(
    select(_others.c.k_number)
    .where(_others.c.mobile_id == consumer.c.mobile_id)
    .limit(1)
    .offset(MOST_K_NUMBERS)
    .correlate(consumer)
)
_held = exists(
    select(_holder.c.id)
    .where(_holder.c.phone_id == consumer.c.mobile_id)
    .where(_holder.c.holds_many)
    .correlate(consumer)
)
_disowned = exists(
    select(_holder.c.id)
    .join(disowned, disowned.c.person_id == _holder.c.id)
    .where(_holder.c.phone_id == consumer.c.mobile_id)
    .where(disowned.c.k_number == consumer.c.k_number)
    .correlate(consumer)
)
_is_somebodys = or_(~_too_many, _held) & ~_disowned
_MOBILE = select(consumer.c.mobile_id).where(consumer.c.k_number == bindparam("k"), _is_somebodys)
_ON_MOBILE = (
    select(consumer.c.k_number)
    .where(consumer.c.mobile_id == bindparam("phone"))
    .where(consumer.c.status != _CLOSED)
    .where(_is_somebodys)
    .order_by(consumer.c.k_number)
)


# Beside `consumer` and `person`: the connection is shown to be that person's.
is_shown_to_be_theirs = or_(
    (consumer.c.mobile_id == people.c.phone_id) & _is_somebodys,
    exists()
    .where(proof.c.person_id == people.c.id)
    .where(proof.c.k_number == consumer.c.k_number)
    .where(proof.c.phone_id == consumer.c.mobile_id)
    .correlate(consumer, people),
)


def registered_mobile(db: Connection, k: KNumber) -> int | None:
    """The phone (its id) that shows whose a connection is; None where there is none."""
    found: int | None = db.execute(_MOBILE, {"k": int(k)}).scalar()
    return found


def registered(db: Connection, seals: Seals, phone: Phone) -> tuple[KNumber, ...]:
    """The connections whose registered mobile this is, closed ones left out."""
    known = find_phone(db, seals, phone)
    if known is None:
        return ()
    return tuple(_k(k) for k in db.execute(_ON_MOBILE, {"phone": known}).scalars())
