"""What we say: written down before it is sent, and how far it came."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.message import (
    Address,
    Attachment,
    ChannelName,
    DeliveryState,
    OutboundMessage,
    Receipt,
    Tag,
)
from models.proof import LIFE
from storage.nodes import orphaned
from storage.prepared import Prepared
from storage.seals import SealBroken, Seals
from storage.sql import moment, stamp
from storage.tables import conversation, email, outbox, pace, phone

WINDOW = timedelta(hours=23, minutes=50)  # WhatsApp's 24 hours, less what a message may be late

# A state may follow those below it: a late `sent` cannot undo a failure, `delivered` can.
_RANK = {
    DeliveryState.SENDING: 0,
    DeliveryState.RETRY: 0,
    DeliveryState.UNKNOWN: 1,
    DeliveryState.ACCEPTED: 2,
    DeliveryState.SENT: 3,
    DeliveryState.FAILED: 4,
    DeliveryState.DELIVERED: 5,
    DeliveryState.READ: 6,
}
_BEFORE = {
    state: [str(other) for other, below in _RANK.items() if below < rank]
    for state, rank in _RANK.items()
}


# Written out, as the index of open rows has it: with values bound, it would not be used.
is_open = outbox.c.state.in_([literal_column("'sending'"), literal_column("'retry'")])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is to leave."""

    message: OutboundMessage
    attempt: int
    since: datetime  # when it was written down
    doubtful: bool  # an earlier attempt may have left


_PUT = Prepared(
    insert(outbox)
    .values(
        conversation_id=bindparam("conversation"),
        inbox_id=bindparam("inbox"),
        body=bindparam("body"),
        state=DeliveryState.SENDING.value,
        attempt=1,
        owner=bindparam("owner"),
        due_at=bindparam("now"),
        created_at=bindparam("now"),
        updated_at=bindparam("now"),
        key=bindparam("key"),
    )
    .on_conflict_do_nothing()
    .returning(outbox.c.id)
)


def body(
    text: str,
    options: Sequence[tuple[str, str]],
    tag: str,
    *,
    template: str = "",
    attached: Sequence[Attachment] = (),
    asks_contact: bool = False,
    subject: str = "",
    unsubscribe: str = "",
) -> str:
    """A message as the outbox keeps it: only what differs from nothing."""
    kept: dict[str, object] = {"text": text, "options": options, "tag": tag}
    more: dict[str, object] = {
        "template": template,
        "attached": [[it.url, it.name, it.mime] for it in attached],
        "contact": asks_contact,
        "subject": subject,
        "unsubscribe": unsubscribe,
    }
    kept |= {name: value for name, value in more.items() if value}
    return json.dumps(kept, ensure_ascii=False)


def with_secret(seals: Seals, kept: str, place: str, secret: str) -> str:
    """A body in which a secret stands at its place, and which nobody else can read."""
    body = json.loads(kept)
    sealed = seals.seal_text(body["text"].replace(place, secret, 1))
    return json.dumps({**body, "text": "", "sealed": sealed.hex()}, ensure_ascii=False)


def put(
    db: Connection,
    conversation_id: int,
    body: str,
    now: datetime,
    owner: str | None,
    inbox_id: int | None = None,
    key: str | None = None,
) -> int:
    """Write down one message that is to leave now, sent by its owner, or by whoever comes.

    What has a key is said once: 0 where it was written down before.
    """
    values = {
        "conversation": conversation_id,
        "inbox": inbox_id,
        "body": body,
        "owner": owner,
        "now": stamp(now),
        "key": key,
    }
    row = _PUT.first(db, values)
    return int(row[0]) if row else 0


_email_id = case(
    (
        conversation.c.channel == ChannelName.EMAIL.value,
        cast(conversation.c.external_id, BigInteger),
    )
)
_ROWS = (
    select(
        outbox.c.id,
        outbox.c.body,
        outbox.c.attempt,
        outbox.c.doubtful,
        outbox.c.created_at,
        conversation.c.channel,
        conversation.c.external_id,
        conversation.c.last_heard_at,
        phone.c.sealed,
        email.c.sealed.label("address"),
    )
    .join(conversation, conversation.c.id == outbox.c.conversation_id)
    .outerjoin(phone, phone.c.id == conversation.c.phone_id)
    .outerjoin(email, email.c.id == _email_id)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(outbox.c.id)
)


def load(db: Connection, seals: Seals, ids: Sequence[int], now: datetime) -> list[Waiting]:
    """Messages as they leave, in the order they were written.

    Those whose address does not open are left out: they must not hold back the others.
    """
    opened_after = stamp(now - WINDOW)
    found = []
    for row in db.execute(_ROWS, {"ids": list(ids)}):
        kept = json.loads(row.body)
        channel = ChannelName(row.channel)
        try:
            where = seals.unseal(row.sealed) if row.sealed is not None else row.external_id
            if channel is ChannelName.EMAIL:
                if row.address is None:  # forgotten meanwhile
                    continue
                where = seals.unseal_text(row.address)
            if "sealed" in kept:
                kept["text"] = seals.unseal_text(bytes.fromhex(kept["sealed"]))
        except SealBroken:
            continue
        message = OutboundMessage(
            id=row.id,
            to=Address(channel, where),
            text=kept["text"],
            options=tuple((key, label) for key, label in kept["options"]),
            tag=Tag(kept["tag"]),
            window_open=(row.last_heard_at or 0) > opened_after,
            template=kept.get("template", ""),
            attached=tuple(Attachment(*it) for it in kept.get("attached", ())),
            asks_contact=kept.get("contact", False),
            subject=kept.get("subject", ""),
            unsubscribe=kept.get("unsubscribe", ""),
        )
        found.append(Waiting(message, row.attempt, moment(row.created_at), row.doubtful))
    return found


_ACCEPTED = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("it"))
    .values(
        # A callback may have been faster than the provider's own answer.
        state=case(
            (
                or_(*(outbox.c.state == state for state in _BEFORE[DeliveryState.ACCEPTED])),
                DeliveryState.ACCEPTED.value,
            ),
            else_=outbox.c.state,
        ),
        provider_id=bindparam("provider"),
        updated_at=bindparam("now"),
    )
)


def accepted(db: Connection, message_id: int, provider_id: str, now: datetime) -> None:
    """The provider has taken the message."""
    _ACCEPTED.run(db, {"it": message_id, "provider": provider_id, "now": stamp(now)})


def again(
    db: Connection,
    message_id: int,
    attempt: int,
    due_at: datetime,
    reason: str,
    now: datetime,
    *,
    doubtful: bool,
) -> None:
    """The message goes out once more, not before `due_at`; a doubtful one may have left already."""
    db.execute(
        update(outbox)
        .where(outbox.c.id == message_id)
        .where(outbox.c.state.in_(_BEFORE[DeliveryState.ACCEPTED]))
        .values(
            state=DeliveryState.RETRY.value,
            attempt=attempt,
            doubtful=doubtful,
            due_at=stamp(due_at),
            reason=reason,
            updated_at=stamp(now),
        )
    )


def stopped(
    db: Connection, message_id: int, state: DeliveryState, reason: str, now: datetime
) -> None:
    """The message will not be tried again by itself: it failed, or nobody knows."""
    db.execute(
        update(outbox)
        .where(outbox.c.id == message_id)
        .where(outbox.c.state.in_(_BEFORE[state]))
        .values(state=state.value, reason=reason, updated_at=stamp(now))
    )


def apply(db: Connection, receipts: Sequence[Receipt], now: datetime) -> int:
    """Move messages on by what providers say; states never go back. Returns how many moved."""
    moved = 0
    for receipt in receipts:
        known = (
            outbox.c.id == receipt.message_id
            if receipt.message_id is not None
            else outbox.c.provider_id == receipt.provider_id
        )
        moved += db.execute(
            update(outbox)
            .where(known)
            .where(outbox.c.state.in_(_BEFORE[receipt.state]))
            .values(
                state=receipt.state.value,
                provider_id=func.coalesce(outbox.c.provider_id, receipt.provider_id),
                reason=receipt.reason,
                updated_at=stamp(now),
            )
        ).rowcount
    return moved


_was_being_sent = (outbox.c.state == DeliveryState.SENDING.value) & outbox.c.owner.is_not(None)


_is_code = outbox.c.key.like("code:%")
_LATE_CODES = (
    update(outbox)
    .where(is_open)
    .where(_is_code)
    .where(outbox.c.created_at < bindparam("before"))
    .values(state=DeliveryState.FAILED.value, reason="expired", updated_at=bindparam("at"))
)


def claim_codes(db: Connection, owner: str, channel: ChannelName, now: datetime) -> list[int]:
    """Take over the codes on their way on one channel, as somebody who sees only that one may."""
    there = select(conversation.c.id).where(conversation.c.channel == channel)
    due = (
        select(outbox.c.id)
        .where(is_open)
        .where(_is_code)
        .where(outbox.c.owner.is_(None))
        .where(outbox.c.created_at >= stamp(now - LIFE))
        .where(outbox.c.conversation_id.in_(there))
    )
    ids = list(db.execute(due).scalars())
    if ids:
        db.execute(update(outbox).where(outbox.c.id.in_(ids)).values(owner=owner))
    return ids


def claim(db: Connection, owner: str, dead: Sequence[str], now: datetime, limit: int) -> list[int]:
    """Take over what is due: retries whose time has come, and what the dead were sending.

    What a dead process was sending may have left, and is doubtful from here on. A code that is no
    longer valid does not leave any more.
    """
    db.execute(_LATE_CODES, {"before": stamp(now - LIFE), "at": stamp(now)})
    due = (
        select(outbox.c.id)
        .where(is_open)
        .where(outbox.c.due_at <= stamp(now))
        .where((outbox.c.state == DeliveryState.RETRY.value) | orphaned(outbox.c.owner, dead))
        .order_by(outbox.c.due_at)
        .limit(limit)
    )
    if db.dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    ids = list(db.execute(due).scalars())
    if ids:
        db.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids))
            .values(
                state=DeliveryState.SENDING.value,
                owner=owner,
                doubtful=outbox.c.doubtful | _was_being_sent,
                updated_at=stamp(now),
            )
        )
    return sorted(ids)


def stranded(db: Connection, owner: str, before: datetime) -> list[int]:
    """What a process said it was sending, and has said no more of since then.

    Most of it waits at the pace; what it no longer holds in its hands was lost on the way, as when
    the database was away while the provider answered.
    """
    found = db.execute(
        select(outbox.c.id)
        .where(is_open)
        .where(outbox.c.state == DeliveryState.SENDING.value)
        .where(outbox.c.owner == owner)
        .where(outbox.c.updated_at < stamp(before))
    )
    return list(found.scalars())


def let_go(db: Connection, owner: str, now: datetime, ids: Sequence[int] | None = None) -> int:
    """Leave what a process was sending, or these of it, to anybody; it may have left already."""
    these = outbox.c.id.in_(list(ids)) if ids is not None else true()
    found = db.execute(
        update(outbox)
        .where(is_open)
        .where(outbox.c.state == DeliveryState.SENDING.value)
        .where(outbox.c.owner == owner)
        .where(these)
        .values(owner=None, doubtful=True, updated_at=stamp(now))
    )
    return found.rowcount


_RESERVE = (
    update(pace)
    .where(pace.c.sender == bindparam("who"))
    .values(
        tat=case((pace.c.tat > bindparam("now"), pace.c.tat), else_=bindparam("now"))
        + bindparam("span")
    )
    .returning(pace.c.tat)
)


def reserve(db: Connection, sender: str, rate: float, count: int, now: float) -> float:
    """Book `count` places at a sender's pace, over all processes; seconds until the first.

    Source: the generic cell rate algorithm, with one row a sender.
    """
    span = count / rate
    values = {"who": sender, "now": now, "span": span}
    tat = db.execute(_RESERVE, values).scalar()
    if tat is None:
        db.execute(insert(pace).values(sender=sender, tat=now).on_conflict_do_nothing())
        tat = db.execute(_RESERVE, values).scalar_one()
    return max(0.0, float(tat) - span - now)
