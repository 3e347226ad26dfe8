"""Links to pay: a bill is in at most one live link, and the database itself holds to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.gateway import GatewayLink
from models.k_number import KNumber
from models.message import Tag
from models.money import NOTHING, Money
from models.payment import SHORTEST_LIFE, LinkPart, PaymentLink, PaymentState
from models.settlement import Asker, Reservation, Wanted
from storage.audit import write_audit
from storage.owed import hold_bill, newest_bill
from storage.sql import moment, stamp
from storage.tables import payment_link, payment_link_asker, payment_link_part
from voice.money import rupees

LIFE_AFTER_DUE = timedelta(days=7)
SOON_OVER = timedelta(minutes=2)  # too little left to hand out again

FIRST_CHECK = timedelta(minutes=10)
GROWING = 3  # each wait is three times the link's age
LONGEST_WAIT = timedelta(days=1)
AFTER_END = timedelta(seconds=30)
LATEST_CAPTURE = timedelta(days=5)  # until then a payment begun in time may still be captured
UNPAID = {
    PaymentState.ASKED,
    PaymentState.FAILED,
    PaymentState.EXPIRED,
    PaymentState.CANCELLED,
}
PUT_OFF = timedelta(minutes=5)  # while somebody asks, nobody else does

_LINKS = select(payment_link).where(payment_link.c.id.in_(bindparam("ids", expanding=True)))
_PARTS = (
    select(payment_link_part)
    .where(payment_link_part.c.link_id.in_(bindparam("ids", expanding=True)))
    .order_by(payment_link_part.c.link_id, payment_link_part.c.bill_number)
)
_LIVE = (
    select(payment_link_part.c.link_id)
    .where(payment_link_part.c.live)
    .where(
        or_(
            payment_link_part.c.bill_number.in_(bindparam("bills", expanding=True)),
            payment_link_part.c.k_number.in_(bindparam("ks", expanding=True)),
        )
    )
    .distinct()
)
_BY_CODE = select(payment_link.c.id).where(payment_link.c.code == bindparam("code"))
_BY_GATEWAY = select(payment_link.c.id).where(
    or_(
        payment_link.c.gateway_id == bindparam("gateway"),
        # A link whose making was not written down is known by its reference all the same.
        payment_link.c.reference == bindparam("reference"),
    )
)
_NEWEST = select(func.max(payment_link_part.c.link_id)).where(
    payment_link_part.c.k_number == bindparam("k")
)
_LINK = payment_link.insert().returning(payment_link.c.id)
_PART = payment_link_part.insert()
_REPLACED = (
    update(payment_link)
    .where(payment_link.c.id.in_(bindparam("old", expanding=True)))
    .where(payment_link.c.state.in_([PaymentState.CANCELLED.value, PaymentState.EXPIRED.value]))
    .values(replaced_by=bindparam("new"))
)
_MADE = (
    update(payment_link)
    .where(payment_link.c.id == bindparam("it"))
    .where(payment_link.c.gateway_id.is_(None))
    .values(
        gateway_id=bindparam("gateway"),
        gateway_url=bindparam("url"),
        expires_at=bindparam("ends"),
        check_at=bindparam("check"),
    )
)
_MOVE = (
    update(payment_link)
    .where(payment_link.c.id == bindparam("it"))
    .values(state=bindparam("new"), check_at=bindparam("check"))
)
_REST = (
    update(payment_link)
    .where(payment_link.c.id == bindparam("it"))
    .values(check_at=bindparam("check"))
)
_DIE = (
    update(payment_link_part)
    .where(payment_link_part.c.link_id == bindparam("it"))
    .values(live=False)
)
_LOOK_AGAIN = (
    update(payment_link)
    .where(
        payment_link.c.id.in_(
            select(payment_link_part.c.link_id)
            .where(payment_link_part.c.live)
            .where(payment_link_part.c.k_number.in_(bindparam("ks", expanding=True)))
        )
    )
    .values(check_at=bindparam("check"))
)


def load(db: Connection, ids: Iterable[int]) -> list[PaymentLink]:
    """These links with their parts, oldest first."""
    wanted = {"ids": list(ids)}
    parts: dict[int, list[LinkPart]] = {}
    for row in db.execute(_PARTS, wanted):
        part = LinkPart(KNumber(f"{row.k_number:012d}"), row.bill_number, Money(row.amount))
        parts.setdefault(row.link_id, []).append(part)
    return [
        PaymentLink(
            id=row.id,
            code=row.code,
            reference=row.reference,
            gateway_id=row.gateway_id or "",
            gateway_url=row.gateway_url,
            parts=tuple(parts[row.id]),
            amount=Money(row.amount),
            state=PaymentState(row.state),
            expires_at=moment(row.expires_at),
            asked_at=moment(row.asked_at),
            tag=Tag(row.tag),
            is_part=row.is_part,
        )
        for row in sorted(db.execute(_LINKS, wanted), key=lambda row: int(row.id))
    ]


def split(link: PaymentLink, amount: Money) -> Iterator[tuple[LinkPart, Money]]:
    """Split a sum over the parts of a link, exactly; the last one takes what is over."""
    rest = amount
    for part in link.parts:
        brought = rest if part is link.parts[-1] else min(part.amount, rest)
        rest -= brought
        yield part, brought


def _one(db: Connection, query: Select[int], known: dict[str, object]) -> PaymentLink | None:
    found = db.execute(query, known).scalar()
    return load(db, [found])[0] if found is not None else None


def by_code(db: Connection, code: str) -> PaymentLink | None:
    """The link behind `/p/{code}`."""
    return _one(db, _BY_CODE, {"code": code})


def by_gateway(db: Connection, gateway_id: str, reference: str) -> PaymentLink | None:
    """Our link that the gateway knows by this id or reference."""
    return _one(db, _BY_GATEWAY, {"gateway": gateway_id, "reference": reference})


def newest(db: Connection, k: KNumber) -> PaymentLink | None:
    """The newest link that holds a bill of this connection."""
    return _one(db, _NEWEST, {"k": int(k)})


def reserve(
    db: Connection,
    wanted: Sequence[Wanted],
    asker: Asker | None,
    *,
    tag: str,
    replaces: Sequence[int],
    new_code: Callable[[], str],
    now: datetime,
) -> Reservation:
    """Hold the one live link for what is wanted, or name the live links that must end first."""
    priced = _price(db, wanted, now)
    parts = priced.parts
    if not parts:
        return Reservation(None)
    known = {
        "bills": [part.bill_number for part in parts],
        "ks": [int(part.k_number) for part in parts],
    }
    live = load(db, db.execute(_LIVE, known).scalars())
    same = [it for it in live if it.parts == parts and it.expires_at > now + SOON_OVER]
    others = tuple(it for it in live if it not in same)
    if others:
        return Reservation(None, others)
    if same:
        _note_asker(db, same[0].id, asker)
        if tag != same[0].tag:  # the page speaks to whoever asked last
            db.execute(update(payment_link).where(payment_link.c.id == same[0].id).values(tag=tag))
        return Reservation(replace(same[0], tag=Tag(tag)))
    new = _new(db, priced, asker=asker, tag=tag, replaces=replaces, new_code=new_code, now=now)
    return Reservation(new)


@dataclass(frozen=True, slots=True)
class _Priced:
    parts: tuple[LinkPart, ...]
    ends: datetime
    is_part: bool  # less than is owed


def _price(db: Connection, wanted: Sequence[Wanted], now: datetime) -> _Priced:
    """What the newest bills are to be paid now, and until when."""
    parts: list[LinkPart] = []
    ends: list[datetime] = []
    is_part = False
    for want in sorted(wanted, key=lambda want: want.k_number):
        hold_bill(db, want.k_number)
        bill = newest_bill(db, want.k_number)
        owed = bill.payable(now) if bill is not None else NOTHING
        if bill is None or not owed:
            continue
        amount = owed if want.amount is None else min(want.amount, owed)
        is_part = is_part or amount < owed
        parts.append(LinkPart(want.k_number, bill.number, amount))
        ends.append(now + LIFE_AFTER_DUE if bill.is_overdue(now) else bill.due_at())
    parts.sort(key=lambda part: part.bill_number)
    return _Priced(tuple(parts), max(min(ends, default=now), now + SHORTEST_LIFE), is_part)


def _new(
    db: Connection,
    priced: _Priced,
    *,
    asker: Asker | None,
    tag: str,
    replaces: Sequence[int],
    new_code: Callable[[], str],
    now: datetime,
) -> PaymentLink:
    parts = priced.parts
    code = new_code()
    while db.execute(_BY_CODE, {"code": code}).first() is not None:
        code = new_code()
    amount = sum((part.amount for part in parts), NOTHING)
    row = {
        "code": code,
        # Staff find the bill at the gateway by it; the code makes it unique for ever.
        "reference": f"{parts[0].bill_number[:24]}-{code}",
        "amount": amount.paise,
        "state": PaymentState.ASKED.value,
        "is_part": priced.is_part,
        "tag": tag,
        "asked_at": stamp(now),
        "expires_at": stamp(priced.ends),
        "check_at": stamp(now + PUT_OFF),
    }
    link_id = int(db.execute(_LINK, row).scalar_one())
    db.execute(
        _PART,
        [
            {
                "link_id": link_id,
                "bill_number": part.bill_number,
                "k_number": int(part.k_number),
                "amount": part.amount.paise,
                "live": True,
            }
            for part in parts
        ],
    )
    _note_asker(db, link_id, asker)
    if replaces:
        db.execute(_REPLACED, {"old": list(replaces), "new": link_id})
    write_audit(
        db,
        f"payment:{link_id}",
        "desk",
        f"A link for {rupees(amount, symbol='Rs.')} was asked for.",
        now,
    )
    return load(db, [link_id])[0]


def _note_asker(db: Connection, link_id: int, asker: Asker | None) -> None:
    if asker is None:
        return
    row = insert(payment_link_asker).values(
        link_id=link_id, conversation_id=asker.conversation_id, tag=asker.tag
    )
    db.execute(
        row.on_conflict_do_update(
            index_elements=["link_id", "conversation_id"], set_={"tag": asker.tag}
        )
    )


def made(db: Connection, link_id: int, gateway: GatewayLink, now: datetime) -> PaymentLink:
    """Write down what the gateway made; the link as it now stands."""
    link = load(db, [link_id])[0]
    known = {
        "it": link_id,
        "gateway": gateway.id,
        "url": gateway.url,
        "ends": stamp(max(link.expires_at, now + SHORTEST_LIFE)),
        "check": stamp(now + FIRST_CHECK),
    }
    db.execute(_MADE, known)
    return load(db, [link_id])[0]


def give_up(db: Connection, link_id: int, reason: str, now: datetime) -> None:
    """The gateway refuses to make this link: it is over before it began."""
    db.execute(_MOVE, {"it": link_id, "new": PaymentState.CANCELLED.value, "check": None})
    db.execute(_DIE, {"it": link_id})
    write_audit(db, f"payment:{link_id}", "gateway", f"The link was refused: {reason}", now)


def move(db: Connection, link: PaymentLink, state: PaymentState, now: datetime) -> None:
    """Write a link's state, and when the gateway is to be asked about it next."""
    db.execute(_MOVE, {"it": link.id, "new": state.value, "check": next_check(link, state, now)})
    if state not in {PaymentState.ASKED, PaymentState.FAILED}:
        db.execute(_DIE, {"it": link.id})


def rest(db: Connection, link: PaymentLink, now: datetime) -> None:
    """Leave a link alone until it is due again."""
    if link.gateway_id:
        db.execute(_REST, {"it": link.id, "check": next_check(link, link.state, now)})


def next_check(link: PaymentLink, state: PaymentState, now: datetime) -> int | None:
    """When to ask the gateway next: soon after the asking, at the end, while money may be late.

    Where money has come already, the waits grow without bound, so that old links cost little.
    """
    last = link.expires_at + LATEST_CAPTURE
    if now >= last:
        return None
    wait = max(FIRST_CHECK, (now - link.asked_at) * GROWING)
    if state in UNPAID:
        wait = min(wait, LONGEST_WAIT)
    ahead = (at for at in (link.expires_at + AFTER_END, last) if at > now)
    return stamp(min(now + wait, *ahead))


def look_again(db: Connection, numbers: Iterable[KNumber], now: datetime) -> None:
    """Have the live links of these connections looked at: their bill or what is owed changed."""
    ks = [int(k) for k in numbers]
    if ks:
        db.execute(_LOOK_AGAIN, {"ks": ks, "check": stamp(now)})


def silent(db: Connection, now: datetime, limit: int) -> list[PaymentLink]:
    """Links about which the gateway is to be asked now; put off, so that nobody else asks too."""
    ids = list(
        db.execute(
            select(payment_link.c.id)
            .where(payment_link.c.check_at <= stamp(now))
            .order_by(payment_link.c.check_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).scalars()
    )
    if ids:
        db.execute(
            update(payment_link)
            .where(payment_link.c.id.in_(ids))
            .values(check_at=stamp(now + PUT_OFF))
        )
    return load(db, ids)


def is_current(db: Connection, link: PaymentLink, now: datetime) -> bool:
    """Whether a link still asks for what is owed on the newest bills."""
    for part in link.parts:
        bill = newest_bill(db, part.k_number)
        if bill is None or bill.number != part.bill_number:
            return False
        if link.is_part:
            if part.amount > bill.payable(now):
                return False
        # A link made in time may be paid for some minutes after; it asks what was owed then.
        elif part.amount != bill.payable(link.asked_at):
            return False
    return True
