"""Who proves the same phone number is one person: all that is known of the two goes to one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    case,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.message import Phone
from storage.audit import write_audit
from storage.emails import REPLACED
from storage.people import MOST_K_NUMBERS, find_person_of_phone, person_of_phone
from storage.phones import phone_id
from storage.seals import Seals
from storage.sql import stamp
from storage.tables import (
    complaint,
    consent,
    conversation,
    disowned,
    email,
    look_up,
    one_time_code,
    proof,
    saved_k_number,
)
from storage.tables import person as people

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
_MOVE_ITS_CODES = (
    update(one_time_code)
    .where(one_time_code.c.conversation_id == bindparam("it"))
    .values(person_id=bindparam("person"))
)
_TAKE_ON = update(people).where(people.c.id == bindparam("it")).values(phone_id=bindparam("phone"))
_GONE = delete(people).where(people.c.id == bindparam("it"))
_MOVED = (conversation, consent, complaint, email, one_time_code)

_saved, _proof = insert(saved_k_number), insert(proof)
_SAVED = _saved.on_conflict_do_update(
    index_elements=["person_id", "k_number"],
    set_={
        "nickname": case(
            (saved_k_number.c.nickname != "", saved_k_number.c.nickname),
            else_=_saved.excluded.nickname,
        ),
        "notices_at": func.coalesce(saved_k_number.c.notices_at, _saved.excluded.notices_at),
    },
)
_PROOF = _proof.on_conflict_do_update(
    index_elements=["person_id", "k_number"],
    set_={"phone_id": _proof.excluded.phone_id, "at": _proof.excluded.at},
    where=proof.c.at < _proof.excluded.at,
)
_COPIED = (
    (saved_k_number, _SAVED),
    (proof, _PROOF),
    (disowned, insert(disowned).on_conflict_do_nothing()),
    (look_up, insert(look_up).on_conflict_do_nothing()),
)
_TOO_MANY = (
    select(saved_k_number.c.k_number)
    .where(saved_k_number.c.person_id == bindparam("person"))
    # Those about which they want notices stay, then those saved first.
    .order_by(
        saved_k_number.c.notices_at.is_(None),
        saved_k_number.c.saved_at,
        saved_k_number.c.k_number,
    )
    .offset(MOST_K_NUMBERS)
)
_its_emails_count = (
    (email.c.person_id == bindparam("whose"))
    & email.c.confirmed_at.is_not(None)
    & email.c.stopped_at.is_(None)
)
_NEWEST_EMAIL = (
    select(email.c.id, email.c.confirmed_at)
    .where(_its_emails_count)
    .order_by(email.c.id.desc())
    .limit(1)
)
_RETIRE_OTHERS = (
    update(email)
    .where(_its_emails_count)
    .where(email.c.id != bindparam("newest"))
    .values(stopped_at=bindparam("now"), reason=REPLACED)
)


def link_phone(
    db: Connection, seals: Seals, conversation_id: int, phone: Phone, now: datetime
) -> int:
    """Note that whoever writes in a conversation has proven a phone number; their person's id.

    Who proves the same phone is one person: all that is known of both moves to the older of the
    two, and an audit row says so. A chat that had proven another number before leaves that person
    alone and moves by itself.
    """
    number = phone_id(db, seals, phone)
    old_id, old_phone = db.execute(_OWNER, {"id": conversation_id}).one()
    if old_phone == number:
        return int(old_id)
    owner = find_person_of_phone(db, number)
    if old_phone is not None:
        keep = owner if owner is not None else person_of_phone(db, number, stamp(now))
        moved = {"it": conversation_id, "person": keep}
        db.execute(_MOVE_ONE, moved)
        db.execute(_MOVE_ITS_CODES, moved)
        _is_back(db, keep)
        sentence = f"Conversation {conversation_id} proved another number and left person {old_id}."
    elif owner is None:
        keep = old_id
        db.execute(_TAKE_ON, {"it": keep, "phone": number})
        _is_back(db, keep)
        sentence = f"Conversation {conversation_id} proved a phone number."
    else:
        keep, gone = sorted((owner, old_id))
        left_out = _merge(db, keep, gone, now)
        sentence = f"Person {gone} proved the same phone number; both are one person now."
        if left_out:
            sentence += f" {left_out} saved K-numbers beyond {MOST_K_NUMBERS} were left out."
    write_audit(db, f"person:{keep}", f"conversation:{conversation_id}", sentence, now)
    return int(keep)


def _is_back(db: Connection, person_id: int) -> None:
    """Whoever was to be forgotten and proves a number has come back."""
    db.execute(update(people).where(people.c.id == person_id).values(erased_at=None))


def _merge(db: Connection, keep: int, gone: int, now: datetime) -> int:
    """Make two people one, who have one phone number between them; how many were left out."""
    one, two = (
        db.execute(select(people).where(people.c.id == it)).mappings().one() for it in (keep, gone)
    )
    for table in _MOVED:
        db.execute(update(table).where(_of(table, gone)).values(person_id=keep))
    for table, statement in _COPIED:
        names = [column.name for column in table.c if column.name != "person_id"]
        rows = select(literal(keep), *(table.c[name] for name in names)).where(_of(table, gone))
        db.execute(statement.from_select(["person_id", *names], rows))
        db.execute(delete(table).where(_of(table, gone)))
    db.execute(_GONE, {"it": gone})
    granted = [it for it in (one["look_ups_a_day"], two["look_ups_a_day"]) if it is not None]
    merged = {
        name: one[name] if one[name] is not None else two[name]
        for name in ("phone_id", "tag", "stopped_at", "email_asked_at")
    } | {
        "look_ups_a_day": max(granted, default=None),
        "holds_many": one["holds_many"] or two["holds_many"],
        "email_confirmed_at": _one_email(db, keep, now),
        "erased_at": None,
    }
    db.execute(update(people).where(people.c.id == keep).values(merged))
    return _leave_out(db, keep)


def _of(table: Table, person_id: int) -> ColumnElement[bool]:
    here: ColumnElement[bool] = table.c.person_id == person_id
    return here


def _one_email(db: Connection, person_id: int, now: datetime) -> int | None:
    """Let the newest confirmed address alone count; when it was confirmed."""
    newest = db.execute(_NEWEST_EMAIL, {"whose": person_id}).first()
    if newest is None:
        return None
    db.execute(_RETIRE_OTHERS, {"whose": person_id, "newest": newest.id, "now": stamp(now)})
    return int(newest.confirmed_at)


def _leave_out(db: Connection, person_id: int) -> int:
    """Keep no more saved K-numbers than one person may have; how many went."""
    numbers = list(db.execute(_TOO_MANY, {"person": person_id}).scalars())
    if numbers:
        these = saved_k_number.c.k_number.in_(numbers)
        db.execute(delete(saved_k_number).where(_of(saved_k_number, person_id)).where(these))
    return len(numbers)
