"""What reached us: written down before it is acted on, answered once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Connection,
    Text,
    bindparam,
    exists,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.message import Address, InboundMessage, Kind
from models.proof import DIGITS
from storage.codes import is_awaited
from storage.forgotten import was_here
from storage.nodes import orphaned
from storage.outbox import is_open
from storage.people import find_person, person_for
from storage.phones import phone_id, phone_of
from storage.prepared import Prepared
from storage.seals import Seals
from storage.sql import moment, stamp
from storage.tables import MISSED_CALLS, inbox, outbox

MOST_TRIES = 5
ONE_RING = timedelta(minutes=10)  # further calls for the same purpose are the same question


@dataclass(frozen=True, slots=True)
class Kept:
    """A message in the inbox."""

    inbox_id: int
    conversation_id: int
    new: bool  # False: a repeat, which has no second effect
    owner: str | None  # the process that answers it
    message: InboundMessage  # as it was written down: a code is in it no more


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """A message that waits for its answer."""

    inbox_id: int
    message: InboundMessage
    tries: int  # how often it was taken up before


_earlier = inbox.alias("earlier")
# Messages of one conversation are answered by one process, in order.
_SAME = (
    select(_earlier.c.owner)
    .where(_earlier.c.conversation_id == bindparam("conversation"))
    .where(_earlier.c.answered_at.is_(None))
    .order_by(_earlier.c.id)
    .limit(1)
    .scalar_subquery()
)
_KEEP = Prepared(
    insert(inbox)
    .values(
        channel=bindparam("channel"),
        provider_id=bindparam("provider_id"),
        conversation_id=bindparam("conversation"),
        body=bindparam("body"),
        received_at=bindparam("received_at"),
        owner=func.coalesce(_SAME, bindparam("owner", type_=Text)),
    )
    .on_conflict_do_nothing()
    .returning(inbox.c.id, inbox.c.owner)
)


_ONE_AFTER_ANOTHER = select(func.pg_advisory_xact_lock(literal(0x6D697373, BigInteger)))


def keep(
    db: Connection, seals: Seals, message: InboundMessage, owner: str | None, now: datetime
) -> Kept:
    """Write a message down, with the process that will answer it; a repeat changes nothing.

    A missed call is a repeat too where the same caller rang for the same purpose a little earlier.
    A code that was asked for in the conversation is kept as its hash alone. A repeat of what was
    said by somebody who is forgotten since has no row and no conversation: both ids are 0.
    """
    rings = message.kind is Kind.MISSED_CALL
    if rings and db.dialect.name == "postgresql":
        # Of two processes that hear one caller at once, the second waits here and sees the first.
        db.execute(_ONE_AFTER_ANOTHER)
    met = find_person(db, seals, message.sender)
    if met is None:
        if was_here(db, seals, message.sender.channel, message.id):
            return Kept(0, 0, new=False, owner=None, message=message)
        met = person_for(db, seals, message.sender, stamp(now))
    conversation_id, _ = met
    message = _without_code(db, seals, message, conversation_id, now)
    if rings:
        rang = _rang_before(db, conversation_id, message)
        if rang is not None:
            return rang
    row = _KEEP.first(
        db,
        {
            "channel": message.sender.channel,
            "provider_id": message.id,
            "conversation": conversation_id,
            "body": _write(db, seals, message),
            "received_at": stamp(message.received_at),
            "owner": owner,
        },
    )
    if row is not None:
        return Kept(row[0], conversation_id, new=True, owner=row[1], message=message)
    found = db.execute(
        select(inbox.c.id, inbox.c.owner)
        .where(inbox.c.channel == message.sender.channel)
        .where(inbox.c.provider_id == message.id)
    ).one()
    return Kept(found.id, conversation_id, new=False, owner=found.owner, message=message)


# Six digits that are no part of a longer number: "482913", "482 913", "482-913", in any script.
_CODE = re.compile(r"(?<!\d)(?<!\d[ -])(?:\d{6}|\d{3}[ -]\d{3})(?![ -]?\d)")
_HIDDEN = "•" * DIGITS


def _without_code(
    db: Connection, seals: Seals, message: InboundMessage, conversation_id: int, now: datetime
) -> InboundMessage:
    """The message with the hash of a code in its place, where one is awaited here."""
    found = _CODE.findall(message.text) if message.kind is Kind.TEXT else []
    called = message.secret
    if not found and not called:
        return message
    numbers = [*found, called] if called else found
    code = "".join(str(int(it)) for it in numbers[0] if it.isdecimal())
    is_one = len(numbers) == 1 and len(code) == DIGITS
    if not is_one or not is_awaited(db, conversation_id, now):
        return replace(message, secret="")
    return replace(
        message,
        text=_CODE.sub(_HIDDEN, message.text),
        blanked=message.blanked and not called,
        secret="",
        code=seals.code_hash(conversation_id, code).hex(),
    )


_LATELY = (
    select(inbox.c.id, inbox.c.body, inbox.c.owner)
    .where(inbox.c.conversation_id == bindparam("conversation"))
    .where(inbox.c.received_at > bindparam("since"))
    .where(MISSED_CALLS)
    .order_by(inbox.c.id)
)


def _rang_before(db: Connection, conversation_id: int, call: InboundMessage) -> Kept | None:
    """The kept call of the last minutes that asked the same, if there is one."""
    since = stamp(call.received_at - ONE_RING)
    for row in db.execute(_LATELY, {"conversation": conversation_id, "since": since}):
        body = json.loads(row.body)
        if body.get("choice") == call.choice:
            return Kept(row.id, conversation_id, new=False, owner=row.owner, message=call)
    return None


def last_seen(db: Connection, channel: str, since: datetime) -> datetime | None:
    """When the newest message of a channel came, if one did since then."""
    newest = db.execute(
        select(inbox.c.received_at)
        # Hidden from SQLite's planner, which else reads all that ever came on the channel.
        .where(func.coalesce(inbox.c.channel, "") == channel)
        .where(inbox.c.received_at >= stamp(since))
        .order_by(inbox.c.received_at.desc())
        .limit(1)
    ).scalar()
    return moment(newest) if newest is not None else None


_OLDEST = Prepared(
    select(inbox.c.id, inbox.c.body, inbox.c.received_at, inbox.c.provider_id, inbox.c.tries)
    .where(inbox.c.conversation_id == bindparam("conversation"))
    .where(inbox.c.answered_at.is_(None))
    .where(inbox.c.owner == bindparam("owner"))
    .order_by(inbox.c.id)
    .limit(1)
)


def oldest_open(
    db: Connection, seals: Seals, conversation_id: int, sender: Address, owner: str
) -> OpenMessage | None:
    """The oldest message of a conversation that waits for this process."""
    row = _OLDEST.first(db, {"conversation": conversation_id, "owner": owner})
    if row is None:
        return None
    inbox_id, body, received_at, provider_id, tries = row
    message = _read(db, seals, sender, provider_id, body, moment(received_at))
    return OpenMessage(inbox_id, message, tries)


def open_conversations(db: Connection, owner: str) -> list[int]:
    """Conversations in which a message waits for this process, the longest waiting first."""
    found = db.execute(
        select(inbox.c.conversation_id)
        .where(inbox.c.answered_at.is_(None))
        .where(inbox.c.owner == owner)
        .group_by(inbox.c.conversation_id)
        .order_by(func.min(inbox.c.id))
    )
    return list(found.scalars())


_ANYTHING = select(
    exists().where(inbox.c.answered_at.is_(None)).where(inbox.c.owner.is_(None))
    | exists().where(is_open).where(outbox.c.owner.is_(None))
)


def anything_unowned(db: Connection) -> bool:
    """Whether a message waits that no process has made its own."""
    return bool(db.execute(_ANYTHING).scalar())


def adopt(db: Connection, owner: str, dead: Sequence[str]) -> int:
    """Take over messages nobody answers: without an owner, or of processes dead or gone."""
    found = db.execute(
        update(inbox)
        .where(inbox.c.answered_at.is_(None))
        .where(orphaned(inbox.c.owner, dead))
        .values(owner=owner)
    )
    return found.rowcount


def tried(db: Connection, inbox_id: int) -> None:
    """Note that answering a message failed, so that it is not tried for ever."""
    db.execute(update(inbox).where(inbox.c.id == inbox_id).values(tries=inbox.c.tries + 1))


def _write(db: Connection, seals: Seals, message: InboundMessage) -> str:
    body: dict[str, object] = {"text": message.text}
    if message.kind is not Kind.TEXT:
        body["kind"] = message.kind
    if message.choice is not None:
        body["choice"] = message.choice
    if message.edits is not None:
        body["edits"] = message.edits
    if message.shared_phone is not None:
        body["phone_id"] = phone_id(db, seals, message.shared_phone)
    if message.blanked:
        body["blanked"] = True
    if message.code:
        body["code"] = message.code
    return json.dumps(body, ensure_ascii=False)


def _read(
    db: Connection,
    seals: Seals,
    sender: Address,
    provider_id: str,
    text: str,
    received_at: datetime,
) -> InboundMessage:
    body = json.loads(text)
    shared = body.get("phone_id")
    return InboundMessage(
        id=provider_id,
        sender=sender,
        text=body["text"],
        received_at=received_at,
        kind=Kind(body.get("kind", Kind.TEXT)),
        choice=body.get("choice"),
        edits=body.get("edits"),
        shared_phone=phone_of(db, seals, shared) if shared is not None else None,
        blanked=body.get("blanked", False),
        code=body.get("code", ""),
    )
