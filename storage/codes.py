"""One-time codes: made, sent, tried and entered; only a keyed hash of each is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.deeds import CODE_PLACE, EnterCode, SendCode, TryCode
from models.errors import Conflict
from models.k_number import KNumber
from models.message import Address, ChannelName
from models.proof import AN_HOUR, DIGITS, LIFE, TRIES, Outlook, PendingCode
from storage import outbox
from storage.audit import write_audit
from storage.doer import Doer
from storage.forgotten import tomorrow, was_forgotten_today
from storage.people import person_for, registered_mobile
from storage.phones import phone_of
from storage.prepared import Prepared
from storage.seals import Seals
from storage.sql import moment, stamp
from storage.tables import one_time_code, phone, proof

HOUR = timedelta(hours=1)


class TooManyCodes(Conflict):
    """Three codes went to this mobile, or were asked for by this person, within the hour."""


class NoRegisteredMobile(Conflict):
    """The connection has no registered mobile any more to which a code could go."""


class CodeIsOver(Conflict):
    """The code was entered, has expired or has no tries left."""


_SENT_TO = one_time_code.c.phone_id == bindparam("whose", type_=BigInteger)
_ASKED_BY = one_time_code.c.person_id == bindparam("whose", type_=BigInteger)


def _lately(whose: ColumnElement[bool]) -> Prepared:
    """When the codes of the last hour were sent, the newest first."""
    return Prepared(
        select(one_time_code.c.sent_at)
        .where(whose)
        .where(one_time_code.c.sent_at > bindparam("since"))
        .order_by(one_time_code.c.sent_at.desc())
        .limit(AN_HOUR)
    )


_LATELY_TO, _LATELY_BY = _lately(_SENT_TO), _lately(_ASKED_BY)
_HOLD = select(phone.c.id).where(phone.c.id == bindparam("it")).with_for_update()
_is_open = one_time_code.c.entered_at.is_(None) & (one_time_code.c.expires_at > bindparam("now"))
_REPEATED = select(one_time_code.c.id).where(
    one_time_code.c.conversation_id == bindparam("talk"), one_time_code.c.key == bindparam("named")
)
_END_OLDER = (
    update(one_time_code)
    .where(one_time_code.c.conversation_id == bindparam("talk"))
    .where(_is_open)
    .values(expires_at=bindparam("now"))
)
_NEW = insert(one_time_code).returning(one_time_code.c.id)
_is_this = (one_time_code.c.id == bindparam("it")) & (
    one_time_code.c.conversation_id == bindparam("talk")
)
_may_be_tried = _is_open & (one_time_code.c.tries < TRIES)
_TRY = update(one_time_code).where(_is_this, _may_be_tried).values(tries=one_time_code.c.tries + 1)
_ENTER = (
    update(one_time_code)
    .where(_is_this, _may_be_tried)
    .values(entered_at=bindparam("now"))
    .returning(one_time_code.c.k_number, one_time_code.c.phone_id)
)
_proof = insert(proof)
_PROVE = _proof.on_conflict_do_update(
    index_elements=["person_id", "k_number"],
    set_={"phone_id": _proof.excluded.phone_id, "at": _proof.excluded.at},
)
_AWAITED = Prepared(
    select(one_time_code.c.id)
    .where(one_time_code.c.conversation_id == bindparam("talk"))
    .where(_is_open)
    .limit(1)
)
_NEWEST = (
    select(one_time_code)
    .where(one_time_code.c.conversation_id == bindparam("talk"))
    .where(one_time_code.c.entered_at.is_(None))
    .order_by(one_time_code.c.id.desc())
    .limit(1)
)
_ENTERED = (
    select(one_time_code.c.id)
    .where(one_time_code.c.conversation_id == bindparam("talk"))
    .where(one_time_code.c.purpose == bindparam("what"))
    .where(func.coalesce(one_time_code.c.k_number, 0) == bindparam("k"))
    .where(one_time_code.c.entered_at > bindparam("since"))
    .limit(1)
)


def outlook(
    db: Connection, seals: Seals, person_id: int, k: KNumber | None, now: datetime
) -> Outlook:
    """Where a code for a connection would go now; without one, to the asking address."""
    to = registered_mobile(db, k) if k is not None else None
    free_at = _free_at(db, person_id, to, now)
    if was_forgotten_today(db, person_id, now):
        free_at = tomorrow(now)
    return Outlook(phone_of(db, seals, to)[-2:] if to is not None else "", free_at)


def pending(db: Connection, conversation_id: int) -> PendingCode | None:
    """The newest code asked for in a conversation that was not entered, expired ones too."""
    row = db.execute(_NEWEST, {"talk": conversation_id}).first()
    return _read(row) if row is not None else None


def entered(
    db: Connection, conversation_id: int, purpose: str, k: KNumber | None, now: datetime
) -> bool:
    """Whether a code for this purpose was entered here in the last ten minutes."""
    asked = {
        "talk": conversation_id,
        "what": purpose,
        "k": int(k or 0),
        "since": stamp(now - LIFE),
    }
    return db.execute(_ENTERED, asked).first() is not None


def is_awaited(db: Connection, conversation_id: int, now: datetime) -> bool:
    """Whether a code was asked for in a conversation that can still be entered."""
    return _AWAITED.first(db, {"talk": conversation_id, "now": stamp(now)}) is not None


def send_code(db: Connection, seals: Seals, doer: Doer, deed: SendCode, now: datetime) -> None:
    """Make a code and write its letter; a repeated key sends nothing new.

    Raises `TooManyCodes` and `NoRegisteredMobile`.
    """
    talk = doer.conversation_id
    if db.execute(_REPEATED, {"talk": talk, "named": deed.key}).first() is not None:
        return
    to = _destination(db, deed)
    if _free_at(db, doer.person_id, to, now) is not None:
        raise TooManyCodes
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    db.execute(_END_OLDER, {"talk": talk, "now": stamp(now)})
    row = {
        "conversation_id": talk,
        "person_id": doer.person_id,
        "phone_id": to,
        "k_number": int(deed.k) if deed.k is not None else None,
        "purpose": deed.purpose,
        "key": deed.key,
        "hash": seals.code_hash(talk, code),
        "sent_at": stamp(now),
        "expires_at": stamp(now + LIFE),
    }
    made = db.execute(_NEW, row).scalar_one()
    reads, channel = talk, doer.channel
    if to is not None:
        channel = ChannelName.SMS
        reads, _ = person_for(db, seals, Address(channel, phone_of(db, seals, to)), stamp(now))
    template = deed.letter.name if channel is ChannelName.SMS else ""
    body = outbox.body(deed.words, (), doer.tag, template=template)
    letter = outbox.with_secret(seals, body, CODE_PLACE, code)
    outbox.put(db, reads, letter, now, None, key=letter_key(made))
    where = "the registered mobile" if to is not None else "where it was asked for"
    write_audit(db, doer.subject, doer.actor, f"A one-time code was sent to {where}.", now)


def letter_key(code_id: int) -> str:
    """The key of the letter that brings a code."""
    return f"code:{code_id}"


def try_code(db: Connection, doer: Doer, deed: TryCode, now: datetime) -> None:
    """Count a wrong try; raises `CodeIsOver`."""
    tried = {"it": deed.code_id, "talk": doer.conversation_id, "now": stamp(now)}
    if not db.execute(_TRY, tried).rowcount:
        raise CodeIsOver


def enter_code(db: Connection, doer: Doer, deed: EnterCode, now: datetime) -> None:
    """Use a code up; through the registered mobile it proves whose the connection is.

    Raises `CodeIsOver`.
    """
    typed = {"it": deed.code_id, "talk": doer.conversation_id, "now": stamp(now)}
    row = db.execute(_ENTER, typed).first()
    if row is None:
        raise CodeIsOver
    sentence = "The one-time code was entered."
    if row.k_number is not None and row.phone_id is not None:
        shown = {"k_number": row.k_number, "phone_id": row.phone_id, "at": stamp(now)}
        db.execute(_PROVE, {"person_id": doer.person_id, **shown})
        sentence = f"The code proved the connection ending {row.k_number % 10_000:04d}."
    write_audit(db, doer.subject, doer.actor, sentence, now)


def _destination(db: Connection, deed: SendCode) -> int | None:
    """The phone a code goes to, held so that two of them are counted one after the other."""
    if not deed.registered:
        return None
    to = registered_mobile(db, deed.k) if deed.k is not None else None
    if to is None:
        raise NoRegisteredMobile
    db.execute(_HOLD, {"it": to})
    return to


def _free_at(db: Connection, person_id: int, to: int | None, now: datetime) -> datetime | None:
    """When the next code may be sent; None for now."""
    since = stamp(now - HOUR)
    found = [_LATELY_BY.all(db, {"whose": person_id, "since": since})]
    if to is not None:
        found.append(_LATELY_TO.all(db, {"whose": to, "since": since}))
    full = [moment(times[-1][0]) + HOUR for times in found if len(times) >= AN_HOUR]
    return max(full, default=None)


def _read(row: Row[tuple[object, ...]]) -> PendingCode:
    return PendingCode(
        id=row.id,
        purpose=row.purpose,
        k_number=KNumber(f"{row.k_number:012d}") if row.k_number is not None else None,
        hash=bytes(row.hash).hex(),
        tries_left=max(0, TRIES - row.tries),
        expires_at=moment(row.expires_at),
        registered=row.phone_id is not None,
    )
