"""What a turn does to our records beside its reply: done in the commit that keeps the reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.deeds import (
    Consent,
    Deed,
    DisownKNumber,
    EmailAsked,
    EnterCode,
    ErasePerson,
    NameEmail,
    OpenCase,
    RemoveKNumber,
    SaveKNumber,
    SendCode,
    StartNotices,
    StopNotices,
    TryCode,
)
from models.errors import Conflict, Misconfigured
from models.k_number import KNumber
from models.message import ChannelName, Tag
from storage import outbox
from storage.audit import write_audit
from storage.cases import open_case
from storage.codes import enter_code, send_code, try_code
from storage.doer import Doer, SomebodyElse
from storage.emails import name_email
from storage.erasure import erase
from storage.people import MOST_K_NUMBERS
from storage.seals import Seals
from storage.sql import stamp
from storage.tables import consent, conversation, disowned, proof, saved_k_number
from storage.tables import person as people


class TooManySaved(Conflict):
    """The person keeps 25 K-numbers already."""


def do(db: Connection, seals: Seals, doer: Doer, deeds: Sequence[Deed], now: datetime) -> None:
    """Do what a turn has decided, in its order.

    Raises `Conflict` where the records no longer allow it: the message is then answered anew.
    """
    if not deeds:
        return
    # Held until the commit, so that what is counted for a person is counted by one at a time.
    person = db.execute(_HOLD, {"talk": doer.conversation_id}).scalar()
    if person != doer.person_id:
        raise SomebodyElse
    for deed in deeds:
        _do(db, seals, doer, deed, now)


def _do(db: Connection, seals: Seals, doer: Doer, deed: Deed, now: datetime) -> None:  # noqa: C901, PLR0912 -- one line a deed
    match deed:
        case SaveKNumber():
            _save(db, doer, deed.k, deed.nickname, now)
        case RemoveKNumber():
            _remove(db, doer, deed.k, now)
        case DisownKNumber():
            _disown(db, doer, deed.k, now)
        case Consent():
            _consent(db, doer, deed, now)
        case StopNotices():
            _turn_notices(db, doer, now, on=False)
        case StartNotices():
            _turn_notices(db, doer, now, on=True)
        case NameEmail():
            _name_email(db, seals, doer, deed, now)
        case EmailAsked():
            db.execute(_EMAIL_ASKED, {"it": doer.person_id, "now": stamp(now)})
        case SendCode():
            send_code(db, seals, doer, deed, now)
        case TryCode():
            try_code(db, doer, deed, now)
        case EnterCode():
            enter_code(db, doer, deed, now)
        case OpenCase():
            open_case(db, doer, replace(deed, facts=_without_numbers(seals, deed.facts)), now)
        case ErasePerson():
            erase(db, seals, doer, now)


def _without_numbers(seals: Seals, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a case as they are kept: a mobile number stands sealed, wherever it stands."""
    return {
        name: seals.seal_text(value).hex() if name == "mobile" else value
        for name, value in facts.items()
    }


_HOLD = (
    select(people.c.id)
    .join(conversation, conversation.c.person_id == people.c.id)
    .where(conversation.c.id == bindparam("talk"))
    .with_for_update(of=people)
)
_put = insert(saved_k_number)
_SAVE = _put.on_conflict_do_update(
    index_elements=["person_id", "k_number"],
    set_={
        "nickname": case(
            (_put.excluded.nickname != "", _put.excluded.nickname),
            else_=saved_k_number.c.nickname,
        )
    },
)
_SAVED = (
    select(func.count())
    .select_from(saved_k_number)
    .where(saved_k_number.c.person_id == bindparam("whose"))
)
_this = (bindparam("whose", type_=BigInteger), bindparam("k", type_=BigInteger))
_REMOVE = delete(saved_k_number).where(
    saved_k_number.c.person_id == _this[0], saved_k_number.c.k_number == _this[1]
)
_UNPROVE = delete(proof).where(proof.c.person_id == _this[0], proof.c.k_number == _this[1])
_DISOWN = insert(disowned).on_conflict_do_nothing()
_WANT = (
    update(saved_k_number)
    .where(saved_k_number.c.person_id == _this[0], saved_k_number.c.k_number == _this[1])
    .values(notices_at=bindparam("since", type_=BigInteger))
)
_CONSENT = consent.insert()
_STOPPED = (
    update(people)
    .where(people.c.id == bindparam("it"))
    .values(stopped_at=bindparam("since", type_=BigInteger))
)
_EMAIL_ASKED = (
    update(people)
    .where(people.c.id == bindparam("it"))
    .values(email_asked_at=func.coalesce(people.c.email_asked_at, bindparam("now")))
)


def _save(db: Connection, doer: Doer, k: KNumber, nickname: str, now: datetime) -> None:
    row = {"person_id": doer.person_id, "k_number": int(k), "nickname": nickname}
    db.execute(_SAVE, {**row, "saved_at": stamp(now)})
    if db.execute(_SAVED, {"whose": doer.person_id}).scalar_one() > MOST_K_NUMBERS:
        raise TooManySaved
    _note(db, doer, f"The K-number {_ending(k)} was saved.", now)


def _remove(db: Connection, doer: Doer, k: KNumber, now: datetime) -> None:
    if db.execute(_REMOVE, {"whose": doer.person_id, "k": int(k)}).rowcount:
        _note(db, doer, f"The K-number {_ending(k)} was removed, and its notices with it.", now)


def _disown(db: Connection, doer: Doer, k: KNumber, now: datetime) -> None:
    its = {"whose": doer.person_id, "k": int(k)}
    db.execute(_REMOVE, its)
    db.execute(_UNPROVE, its)
    db.execute(_DISOWN, {"person_id": doer.person_id, "k_number": int(k), "at": stamp(now)})
    _note(db, doer, f"The connection {_ending(k)} is not theirs, they say.", now)


def _consent(db: Connection, doer: Doer, deed: Consent, now: datetime) -> None:
    if deed.given:
        _save(db, doer, deed.k, "", now)
    wanted = {"whose": doer.person_id, "k": int(deed.k)}
    db.execute(_WANT, {**wanted, "since": stamp(now) if deed.given else None})
    _keep_words(db, doer, deed.words, now, k=deed.k, given=deed.given)
    said = "yes" if deed.given else "no"
    _note(db, doer, f"They said {said} to notices about the connection {_ending(deed.k)}.", now)


def _turn_notices(db: Connection, doer: Doer, now: datetime, *, on: bool) -> None:
    db.execute(_STOPPED, {"it": doer.person_id, "since": None if on else stamp(now)})
    word = "START" if on else "STOP"
    _keep_words(db, doer, word, now, given=on)
    _note(db, doer, f"They sent {word}.", now)


def _keep_words(
    db: Connection,
    doer: Doer,
    words: str,
    now: datetime,
    *,
    given: bool,
    k: KNumber | None = None,
) -> None:
    row = {
        "person_id": doer.person_id,
        "conversation_id": doer.conversation_id,
        "k_number": int(k) if k is not None else None,
        "given": given,
        "words": words,
        "at": stamp(now),
    }
    db.execute(_CONSENT, row)


def _name_email(db: Connection, seals: Seals, doer: Doer, deed: NameEmail, now: datetime) -> None:
    if doer.mailer is None:
        raise Misconfigured("No e-mail server is configured.")
    tag = Tag(deed.tag)
    made = name_email(db, seals, doer.person_id, deed.email, tag, now)
    letter = doer.mailer.confirmation(made, tag, now)
    talk = db.execute(_ITS_TALK, {"named": str(made)}).scalar_one()
    outbox.put(db, talk, letter, now, None, key=f"confirm:{made}")
    db.execute(_EMAIL_ASKED, {"it": doer.person_id, "now": stamp(now)})


_ITS_TALK = (
    select(conversation.c.id)
    .where(conversation.c.channel == ChannelName.EMAIL.value)
    .where(conversation.c.external_id == bindparam("named"))
)


def _note(db: Connection, doer: Doer, sentence: str, now: datetime) -> None:
    write_audit(db, doer.subject, doer.actor, sentence, now)


def _ending(k: KNumber) -> str:
    return f"ending {k[-4:]}"
