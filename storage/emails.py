"""E-mail addresses: named by a person, confirmed by whoever reads what is sent there.

The one that counts is confirmed and not stopped; a person has one such at most. A conversation on
the channel `email` has the address's id as its external id, and the address itself stands sealed
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection, bindparam, func, select, update

from models.k_number import KNumber
from models.message import ChannelName, Tag
from storage.audit import write_audit
from storage.forgotten import was_forgotten_today
from storage.people import is_shown_to_be_theirs
from storage.seals import Seals
from storage.sql import stamp
from storage.tables import (
    consumer,
    conversation,
    email,
    outbox,
    payment_link_asker,
    saved_k_number,
)
from storage.tables import person as people

A_DAY = timedelta(days=1)
NAMED_A_DAY = 3  # addresses one person may name, each of which gets a letter
REPLACED, UNSUBSCRIBED, BOUNCED = "replaced", "unsubscribed", "bounced"


class Mailer(Protocol):
    """Writes the letters that records send of themselves. Called in a transaction: it waits not."""

    def confirmation(self, email_id: int, tag: Tag, now: datetime) -> str:
        """The letter with the link that confirms an address, as the outbox keeps it."""


@dataclass(frozen=True, slots=True)
class Named:
    """An address as its pages and letters know it."""

    id: int
    person_id: int
    tag: Tag
    confirmed: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets receipts by e-mail, and for which of the paid connections."""

    email_id: int
    conversation_id: int
    tag: Tag
    numbers: frozenset[KNumber]


_NEW = email.insert().returning(email.c.id)
_TALK = conversation.insert().values(channel=ChannelName.EMAIL.value)
_NAMED = select(
    email.c.id, email.c.person_id, email.c.tag, email.c.confirmed_at, email.c.stopped_at
).where(email.c.id == bindparam("it"))
_LATELY = (
    select(func.count())
    .select_from(email)
    .where(email.c.person_id == bindparam("whose"))
    .where(email.c.asked_at > bindparam("since"))
)
_HOLD = select(people.c.id).where(people.c.id == bindparam("it")).with_for_update()
_stop = update(email).values(stopped_at=bindparam("at"), reason=bindparam("why"))
_RETIRE_UNCONFIRMED = (
    _stop.where(email.c.person_id == bindparam("whose"))
    .where(email.c.confirmed_at.is_(None))
    .where(email.c.stopped_at.is_(None))
)
_RETIRE_OTHERS = (
    _stop.where(email.c.person_id == bindparam("whose"))
    .where(email.c.id != bindparam("it"))
    .where(email.c.stopped_at.is_(None))
)
_STOP = _stop.where(email.c.id == bindparam("it")).where(email.c.stopped_at.is_(None))
_CONFIRM = update(email).where(email.c.id == bindparam("it")).values(confirmed_at=bindparam("at"))
_COUNTS = (
    update(people)
    .where(people.c.id == bindparam("whose"))
    .values(email_confirmed_at=bindparam("at"))
)
_is_talk_of = (conversation.c.channel == ChannelName.EMAIL.value) & (
    conversation.c.external_id == email.c.id.cast(conversation.c.external_id.type)
)
_counts = email.c.confirmed_at.is_not(None) & email.c.stopped_at.is_(None)
_CONFIRMED = (
    select(email.c.id, conversation.c.id.label("talk"), email.c.tag)
    .join(conversation, _is_talk_of)
    .where(email.c.person_id == bindparam("whose"))
    .where(_counts)
    .order_by(email.c.id.desc())
    .limit(1)
)
_OF_MESSAGE = (
    select(conversation.c.external_id)
    .join(outbox, outbox.c.conversation_id == conversation.c.id)
    .where(outbox.c.id == bindparam("message"))
    .where(conversation.c.channel == ChannelName.EMAIL.value)
)


def name_email(
    db: Connection, seals: Seals, person_id: int, address: str, tag: Tag, now: datetime
) -> int:
    """Write down an address that a person names, not yet confirmed; its id.

    It has a conversation to write to, and an earlier one that was never confirmed is retired.
    """
    db.execute(_HOLD, {"it": person_id})
    at = stamp(now)
    db.execute(_RETIRE_UNCONFIRMED, {"whose": person_id, "at": at, "why": REPLACED})
    row = {
        "person_id": person_id,
        "sealed": seals.seal_text(address),
        "tag": tag,
        "asked_at": at,
    }
    made = int(db.execute(_NEW, row).scalar_one())
    talk = {"external_id": str(made), "person_id": person_id, "created_at": at}
    db.execute(_TALK, talk)
    _note(db, person_id, f"E-mail address {made} was named.", now)
    return made


def may_name(db: Connection, person_id: int, now: datetime) -> bool:
    """Whether a person may name one more address: each sends a letter to whoever reads it."""
    if was_forgotten_today(db, person_id, now):
        return False
    known = {"whose": person_id, "since": stamp(now - A_DAY)}
    return int(db.execute(_LATELY, known).scalar_one()) < NAMED_A_DAY


def named(db: Connection, email_id: int) -> Named | None:
    """What is known of an address; None where it is forgotten."""
    row = db.execute(_NAMED, {"it": email_id}).first()
    if row is None:
        return None
    return Named(
        row.id,
        row.person_id,
        Tag(row.tag),
        confirmed=row.confirmed_at is not None,
        stopped=row.stopped_at is not None,
    )


def confirm(db: Connection, email_id: int, now: datetime) -> bool:
    """Let an address count from now on, in place of the person's other ones.

    False where it is stopped or forgotten; what is confirmed already stays so.
    """
    it = _held(db, email_id)
    if it is None or it.stopped:
        return False
    if it.confirmed:
        return True
    at = stamp(now)
    others = {"whose": it.person_id, "it": email_id, "at": at, "why": REPLACED}
    db.execute(_RETIRE_OTHERS, others)
    db.execute(_CONFIRM, {"it": email_id, "at": at})
    db.execute(_COUNTS, {"whose": it.person_id, "at": at})
    _note(db, it.person_id, f"E-mail address {email_id} was confirmed.", now)
    return True


def stop(db: Connection, email_id: int, reason: str, now: datetime) -> None:
    """Write to an address no more; harmless twice, and where it is forgotten."""
    it = _held(db, email_id)
    if it is None or it.stopped:
        return
    db.execute(_STOP, {"it": email_id, "at": stamp(now), "why": reason})
    if it.confirmed:
        db.execute(_COUNTS, {"whose": it.person_id, "at": None})
    _note(db, it.person_id, f"E-mail address {email_id} is written to no more: {reason}.", now)


def bounced(db: Connection, message_id: int, now: datetime) -> None:
    """A message could not be brought to anybody: where it was an e-mail, write there no more."""
    found = db.execute(_OF_MESSAGE, {"message": message_id}).scalar()
    if found is not None:
        stop(db, int(found), BOUNCED, now)


def confirmed_of(db: Connection, person_id: int) -> tuple[int, int, Tag] | None:
    """The address that counts: its id, its conversation and its language."""
    row = db.execute(_CONFIRMED, {"whose": person_id}).first()
    return None if row is None else (row.id, row.talk, Tag(row.tag))


_askers = conversation.alias("askers")
_ASKED = (
    select(_askers.c.person_id)
    .join(payment_link_asker, payment_link_asker.c.conversation_id == _askers.c.id)
    .where(payment_link_asker.c.link_id == bindparam("link"))
)
_READERS = select(email.c.id, conversation.c.id.label("talk"), email.c.tag).join(
    conversation, _is_talk_of
)
_READERS_WHO_ASKED = _READERS.where(_counts).where(email.c.person_id.in_(_ASKED))
_READERS_WHO_SAVED = (
    _READERS.add_columns(saved_k_number.c.k_number)
    .join(saved_k_number, saved_k_number.c.person_id == email.c.person_id)
    .join(people, people.c.id == email.c.person_id)
    .join(consumer, consumer.c.k_number == saved_k_number.c.k_number)
    .where(_counts)
    .where(is_shown_to_be_theirs)
    .where(saved_k_number.c.k_number.in_(bindparam("numbers", expanding=True)))
)


def readers(db: Connection, link_id: int, numbers: Iterable[KNumber]) -> Sequence[Reader]:
    """Who gets the receipt of a link by e-mail, in steady order.

    Who asked for the link reads of all its connections; who saved one of them and has shown that
    it is theirs, of that one only. Anybody may save a K-number for paying.
    """
    paid = frozenset(numbers)
    found = {
        row.id: Reader(row.id, row.talk, Tag(row.tag), paid)
        for row in db.execute(_READERS_WHO_ASKED, {"link": link_id})
    }
    for row in db.execute(_READERS_WHO_SAVED, {"numbers": [int(k) for k in paid]}):
        known = found.get(row.id) or Reader(row.id, row.talk, Tag(row.tag), frozenset())
        more = known.numbers | {KNumber(f"{row.k_number:012d}")}
        found[row.id] = replace(known, numbers=more)
    return [found[id_] for id_ in sorted(found)]


_NEXT = (
    select(email.c.id, email.c.sealed)
    .where(email.c.id > bindparam("after"))
    .order_by(email.c.id)
    .limit(bindparam("most"))
)
_RESEAL = update(email).where(email.c.id == bindparam("it")).values(sealed=bindparam("new_seal"))


def reseal(db: Connection, seals: Seals, after: int, limit: int) -> int | None:
    """Bring the next addresses under the newest key; as `storage.phones.reseal`."""
    rows = db.execute(_NEXT, {"after": after, "most": limit}).all()
    again = [
        {"it": row.id, "new_seal": seals.seal_text(seals.unseal_text(row.sealed))}
        for row in rows
        if not seals.is_newest(row.sealed)
    ]
    if again:
        db.execute(_RESEAL, again)
    return int(rows[-1].id) if rows else None


def _held(db: Connection, email_id: int) -> Named | None:
    """An address, its person held, so that two of them are not confirmed at once."""
    it = named(db, email_id)
    if it is None:
        return None
    db.execute(_HOLD, {"it": it.person_id})
    return named(db, email_id)


def _note(db: Connection, person_id: int, sentence: str, now: datetime) -> None:
    write_audit(db, f"person:{person_id}", "e-mail", sentence, now)
