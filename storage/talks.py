"""A conversation: loaded for a turn, and kept after it in one transaction with all it led to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select, update

from models.conversation import Conversation, Offered, Talk
from models.deeds import Deed
from models.errors import Conflict
from models.k_number import KNumber
from models.lesson import Lesson
from models.message import ENGLISH, Address, ChannelName, InboundMessage, Phone, Tag
from storage import outbox as outgoing
from storage.accounts import count_look_up
from storage.deeds import do
from storage.doer import Doer
from storage.emails import Mailer
from storage.inbox import OpenMessage, oldest_open
from storage.inbox import keep as write_down
from storage.lessons import learn
from storage.merging import link_phone
from storage.people import person
from storage.prepared import Prepared
from storage.seals import Seals
from storage.sql import moment, stamp
from storage.tables import conversation, inbox, phone
from storage.tables import person as people


@dataclass(frozen=True, slots=True)
class Opened:
    """A message and the conversation it belongs to."""

    waiting: OpenMessage
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A message that reached us."""

    new: bool  # False: a repeat, which has no second effect
    opened: Opened | None = None  # for the process that answers it


@dataclass(frozen=True, slots=True)
class Said:
    """What a turn leaves behind."""

    inbox_id: int
    conversation: Conversation
    talk: Talk
    bodies: tuple[str, ...]  # messages for the outbox
    looked_up: tuple[KNumber, ...] = ()
    chosen_tag: Tag | None = None
    proven_phone: Phone | None = None
    deeds: tuple[Deed, ...] = ()
    lesson: Lesson | None = None


_CONVERSATION = Prepared(
    select(
        conversation.c.channel,
        conversation.c.external_id,
        conversation.c.person_id,
        conversation.c.talk,
        conversation.c.version,
        phone.c.sealed,
    )
    .outerjoin(phone, phone.c.id == conversation.c.phone_id)
    .where(conversation.c.id == bindparam("it"))
)


def load(db: Connection, seals: Seals, conversation_id: int) -> Conversation:
    """A conversation with its person."""
    row = _CONVERSATION.first(db, {"it": conversation_id})
    if row is None:
        raise LookupError(conversation_id)
    channel, external_id, person_id, talk, version, sealed = row
    return Conversation(
        id=conversation_id,
        address=Address(
            ChannelName(channel), seals.unseal(sealed) if sealed is not None else external_id
        ),
        person=person(db, person_id),
        talk=read_talk(talk),
        version=version,
    )


def take_in(
    db: Connection, seals: Seals, message: InboundMessage, owner: str | None, now: datetime
) -> TakenIn:
    """Write a message down; opened at once where it is new and this process answers it."""
    kept = write_down(db, seals, message, owner, now)
    if not kept.new or owner is None or kept.owner != owner:
        return TakenIn(kept.new)
    waiting = OpenMessage(kept.inbox_id, kept.message, tries=0)
    return TakenIn(kept.new, Opened(waiting, load(db, seals, kept.conversation_id)))


def take_up(db: Connection, seals: Seals, conversation_id: int, owner: str) -> Opened | None:
    """The oldest message of a conversation that waits for this process, with the conversation."""
    found = load(db, seals, conversation_id)
    waiting = oldest_open(db, seals, conversation_id, found.address, owner)
    return Opened(waiting, found) if waiting is not None else None


_KEEP = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("it"))
    .where(conversation.c.version == bindparam("was"))
    .values(
        talk=bindparam("said"),
        version=conversation.c.version + 1,
        last_heard_at=bindparam("heard"),
    )
)
_older = inbox.alias("older")
_OLDER_WAITS = (
    exists()
    .where(_older.c.conversation_id == inbox.c.conversation_id)
    .where(_older.c.answered_at.is_(None))
    .where(_older.c.id < inbox.c.id)
)
_ANSWERED = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("it"))
    .where(inbox.c.answered_at.is_(None))
    .where(~_OLDER_WAITS)
    .values(answered_at=bindparam("now"))
)


def keep(
    db: Connection,
    seals: Seals,
    said: Said,
    owner: str,
    now: datetime,
    mailer: Mailer | None = None,
) -> list[int]:
    """Commit a turn: state, deeds, outbox, look-ups, the "answered" mark; the ids of what is to go.

    Raises `Conflict` where the message is answered already, an older one waits, the conversation
    went on meanwhile, or the records no longer allow what is to be done.
    """
    talk = said.conversation
    values = {
        "it": talk.id,
        "was": talk.version,
        "said": write_talk(said.talk),
        "heard": stamp(said.talk.last_heard or now),
    }
    if _KEEP.run(db, values) != 1:
        raise Conflict
    if _ANSWERED.run(db, {"it": said.inbox_id, "now": stamp(now)}) != 1:
        raise Conflict
    for k in said.looked_up:
        count_look_up(db, talk.person.id, k, now)
    if said.chosen_tag is not None:
        db.execute(update(people).where(people.c.id == talk.person.id).values(tag=said.chosen_tag))
    person_id = talk.person.id
    if said.proven_phone is not None:
        person_id = link_phone(db, seals, talk.id, said.proven_phone, now)
    tag = said.talk.tag or ENGLISH
    do(db, seals, Doer(talk.id, person_id, talk.address.channel, tag, mailer), said.deeds, now)
    if said.lesson is not None:
        learn(db, said.lesson, now)
    return [outgoing.put(db, talk.id, body, now, owner, said.inbox_id) for body in said.bodies]


def write_talk(talk: Talk) -> str:
    """A talk as the database keeps it: only what differs from nothing."""
    kept: dict[str, object] = {
        "tag": talk.tag,
        "focus": talk.focus,
        "focus_at": talk.focus_at and stamp(talk.focus_at),
        "offered": [[it.key, it.label] for it in talk.offered],
        "wanted": talk.wanted,
        "slot": talk.slot,
        "with": dict(talk.wanted_with),
        "digits": talk.digits,
        "misses": talk.misses,
        "missed": talk.missed,
        "told": sorted(talk.told),
        "heard": talk.last_heard and stamp(talk.last_heard),
    }
    return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False)


def read_talk(text: str) -> Talk:
    """A talk as it was kept; an empty text is a new one."""
    kept = json.loads(text) if text else {}
    return Talk(
        tag=kept.get("tag"),
        focus=kept.get("focus"),
        focus_at=_moment(kept.get("focus_at")),
        offered=tuple(Offered(key, label) for key, label in kept.get("offered", ())),
        wanted=kept.get("wanted"),
        slot=kept.get("slot", ""),
        wanted_with=tuple(kept.get("with", {}).items()),
        digits=kept.get("digits", ""),
        misses=kept.get("misses", 0),
        missed=kept.get("missed", ""),
        told=frozenset(kept.get("told", ())),
        last_heard=_moment(kept.get("heard")),
    )


def _moment(stamped: int | None) -> datetime | None:
    return moment(stamped) if stamped is not None else None
