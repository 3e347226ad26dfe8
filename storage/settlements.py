"""Money that arrived: the payment, its receipts and the ledger, all in one transaction.

A payment is known by the gateway's id and is entered once. Its ledger lines add up to nothing:
`gateway` holds what the gateway took in, `consumer` what was credited to a connection, `suspense`
what came although nothing was owed, or for nobody we know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, text, update

from models.bill import IST, Bill
from models.gateway import GatewayLink, GatewayPayment, GatewayState
from models.k_number import KNumber
from models.message import ChannelName, Tag
from models.money import NOTHING, Money
from models.payment import MOVES, LinkPart, PaymentLink, PaymentState
from models.reference import reference
from models.settlement import Arrived, News, Settled
from storage import emails, links, outbox
from storage.audit import write_audit
from storage.owed import bill_of, hold_bill, newest_bill
from storage.sql import stamp
from storage.tables import (
    collection,
    conversation,
    ledger,
    payment,
    payment_link,
    payment_link_asker,
)
from voice.money import rupees

RECEIPTS = "receipt"  # the counter's name
REFUND = "refund"  # the mode of a collection that takes an earlier one back

# Both databases speak this; the row stays locked until the commit, so no number is left out.
_NEXT = text(
    "INSERT INTO counter (name, value) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
_LOCK_LINK = select(payment_link.c.id).where(payment_link.c.id == bindparam("it")).with_for_update()
_KNOWN = select(payment).where(payment.c.gateway_payment_id == bindparam("payment"))
_CREDITED = (
    select(func.count())
    .where(payment.c.link_id == bindparam("link"))
    .where(payment.c.kept < payment.c.amount)
    .where(payment.c.state != PaymentState.REFUNDED.value)
)
_STATES = select(payment.c.state).where(payment.c.link_id == bindparam("link")).distinct()
_PAYMENT = payment.insert().returning(payment.c.id)
_CLAIM = (
    update(payment)
    .where(payment.c.id == bindparam("it"))
    .values(link_id=bindparam("link"), state=bindparam("new"), kept=bindparam("stays"))
)
_REFUND = (
    update(payment)
    .where(payment.c.id == bindparam("it"))
    .values(refunded=bindparam("gone"), state=bindparam("new"))
)
_LEDGER = ledger.insert()
_COLLECTION = collection.insert()
_RECEIPTS = (
    select(
        collection.c.k_number, collection.c.bill_number, func.sum(collection.c.amount).label("left")
    )
    .where(collection.c.gateway_payment_id == bindparam("payment"))
    .group_by(collection.c.k_number, collection.c.bill_number)
    .order_by(collection.c.k_number)
)
_ASKERS = (
    select(payment_link_asker.c.conversation_id, payment_link_asker.c.tag, conversation.c.channel)
    .join(conversation, conversation.c.id == payment_link_asker.c.conversation_id)
    .where(payment_link_asker.c.link_id == bindparam("link"))
    .order_by(payment_link_asker.c.conversation_id)
)
_UNPAID = {
    GatewayState.EXPIRED: PaymentState.EXPIRED,
    GatewayState.CANCELLED: PaymentState.CANCELLED,
}


def settle(
    db: Connection,
    truth: GatewayLink,
    tell: Callable[[News], str],
    owner: str | None,
    now: datetime,
    *,
    mails: bool,
) -> Settled:
    """Bring our rows in line with what the gateway says is true of one link.

    Events may come twice, late, in any order or never: only what is true now counts, and what was
    entered before is not entered again. Everybody who asked for the link is told of new money, and
    with `mails` everybody who reads of these connections by e-mail.
    """
    link = links.by_gateway(db, truth.id, truth.reference)
    came = [it for it in truth.payments if it.arrived]
    if link is None:
        for it in came:
            keep(db, it, now)
        return Settled(None, 0)
    link = _held(db, link, truth, now)
    arrived: list[Arrived] = []
    state = link.state
    for it in sorted(came, key=lambda it: (it.at, it.id)):
        news, wanted = _enter(db, link, it, now)
        arrived += news
        state = _moved(db, link, state, wanted, now)
    if came:
        state = _moved(db, link, state, _after_refunds(db, link), now)
    else:
        tried = any(it.status == "failed" for it in truth.payments)
        over = PaymentState.FAILED if tried else None
        if truth.state in _UNPAID:
            # What is cancelled at its end has expired, whoever was first to say so.
            over = PaymentState.EXPIRED if now >= link.expires_at else _UNPAID[truth.state]
        state = _moved(db, link, state, over, now)
    if arrived:
        # Whatever else is live for these connections may ask too much now.
        links.look_again(db, (part.k_number for part in link.parts), now)
    links.move(db, link, state, now)
    everybody = [*_news(db, link, arrived), *(_mails(db, link, arrived) if mails else ())]
    for told in everybody:
        outbox.put(db, told.conversation_id, tell(told), now, owner, key=_key(told))
    return Settled(links.load(db, [link.id])[0], len(everybody))


def _held(db: Connection, link: PaymentLink, truth: GatewayLink, now: datetime) -> PaymentLink:
    """The link as it stands now; it and its bills are ours until the commit."""
    for part in sorted(link.parts, key=lambda part: part.k_number):
        hold_bill(db, part.k_number)
    db.execute(_LOCK_LINK, {"it": link.id})
    if not link.gateway_id:
        return links.made(db, link.id, truth, now)
    [held] = links.load(db, [link.id])
    return held


def keep(db: Connection, it: GatewayPayment, now: datetime) -> None:
    """Money that belongs to no link of ours: kept in suspense, listed for staff."""
    if not it.arrived:
        return
    known = db.execute(_KNOWN, {"payment": it.id}).first()
    if known is not None:
        _follow_refund(db, known.id, it, now)
        return
    payment_id = _insert(db, it, None, PaymentState.DUPLICATE, it.amount)
    _book(db, payment_id, now, {("gateway", None): it.amount, ("suspense", None): -it.amount})
    sentence = f"{rupees(it.amount, symbol='Rs.')} came in as {it.id} for no link of ours."
    write_audit(db, f"money:{payment_id}", "gateway", sentence, now)
    _follow_refund(db, payment_id, it, now)


def _moved(
    db: Connection,
    link: PaymentLink,
    state: PaymentState,
    wanted: PaymentState | None,
    now: datetime,
) -> PaymentState:
    """The state after a move, with its sentence; a move that is not allowed changes nothing."""
    if wanted is None or wanted not in MOVES[state]:
        return state
    write_audit(db, f"payment:{link.id}", "gateway", f"{link.code}: {state} → {wanted}.", now)
    return wanted


@dataclass(frozen=True, slots=True)
class _Share:
    """What a payment brings to one part of its link."""

    part: LinkPart
    credited: Money
    kept: Money
    left: Money  # of the link's own bill
    left_in_all: Money  # of the newest bill


def _enter(
    db: Connection, link: PaymentLink, it: GatewayPayment, now: datetime
) -> tuple[list[Arrived], PaymentState | None]:
    """Enter one payment that arrived; what is new to tell, and where it wants its link to go."""
    known = db.execute(_KNOWN, {"payment": it.id}).first()
    if known is not None and (known.link_id is not None or known.refunded):
        _follow_refund(db, known.id, it, now)
        return [], None
    shares = _shares(db, link, it)
    kept = sum((share.kept for share in shares), NOTHING)
    credited = it.amount - kept
    state = (
        PaymentState.DUPLICATE
        if not credited
        else PaymentState.PART_PAID
        if any(share.left for share in shares)
        else PaymentState.PAID
    )
    lines: dict[tuple[str, KNumber | None], Money] = {}
    for share in shares:
        lines["consumer", share.part.k_number] = -share.credited
    if known is None:
        payment_id = _insert(db, it, link.id, state, kept)
        lines["gateway", None] = it.amount
        lines["suspense", None] = -kept
    else:
        # It was seen before anybody could say to which link it belongs.
        payment_id = known.id
        values = {"it": known.id, "link": link.id, "new": state.value, "stays": kept.paise}
        db.execute(_CLAIM, values)
        lines["suspense", None] = credited
    _book(db, payment_id, now, lines)
    arrived = [news for share in shares for news in _receive(db, share, it, now)]
    said = f"{rupees(it.amount, symbol='Rs.')} came in as {it.id}"
    apart = f", {rupees(kept, symbol='Rs.')} of it twice" if kept else ""
    write_audit(db, f"payment:{link.id}", "gateway", f"{said}{apart}.", now)
    if it.refunded:
        _follow_refund(db, payment_id, it, now)
    return ([] if it.refunded == it.amount else arrived), state


def _shares(db: Connection, link: PaymentLink, it: GatewayPayment) -> list[_Share]:
    """What a payment brings to each part of its link, and what of it came twice."""
    credited_before = db.execute(_CREDITED, {"link": link.id}).scalar_one()
    shares = []
    for part, brought in links.split(link, it.amount):
        kept = brought if credited_before else _twice(db, part, brought, it)
        credited = brought - kept
        own = _left(bill_of(db, part.k_number, part.bill_number), credited, it.at)
        in_all = _left(newest_bill(db, part.k_number), credited, it.at)
        shares.append(_Share(part, credited, kept, own, in_all))
    return shares


def _left(bill: Bill | None, credited: Money, at: datetime) -> Money:
    return NOTHING if bill is None else max(NOTHING, bill.payable(at) - credited)


def _twice(db: Connection, part: LinkPart, brought: Money, it: GatewayPayment) -> Money:
    """How much of a sum came although its bill had been paid, here or elsewhere."""
    bill = bill_of(db, part.k_number, part.bill_number)
    if bill is None:
        return brought
    owed = bill.payable(it.at)
    if brought <= owed or bill.paid <= NOTHING:
        return NOTHING  # more than is owed, but never paid before, is the consumer's advance
    if bill.paid >= bill.amount:
        return brought
    return min(brought - owed, bill.paid)


def _receive(db: Connection, share: _Share, it: GatewayPayment, now: datetime) -> Iterable[Arrived]:
    """Write the receipt of a share; yields what there is to tell of it."""
    paid_on = it.at.astimezone(IST).date()
    k = share.part.k_number
    if share.credited:
        bill = share.part.bill_number
        number = _receipt(db, it, k, share.credited, bill_number=bill, mode=it.method, now=now)
        yield Arrived(k, share.credited, paid_on, number, share.left_in_all)
    if share.kept:
        yield Arrived(k, share.kept, paid_on, "", share.left_in_all)


def _receipt(
    db: Connection,
    it: GatewayPayment,
    k: KNumber,
    amount: Money,
    *,
    bill_number: str,
    mode: str,
    now: datetime,
) -> str:
    number = reference("PAY", int(db.execute(_NEXT, {"name": RECEIPTS}).scalar_one()))
    today = now.astimezone(IST).date()
    row = {
        "receipt_number": number,
        "k_number": int(k),
        "paid_on": today if mode == REFUND else it.at.astimezone(IST).date(),
        "amount": amount.paise,
        "mode": mode,
        "gateway_payment_id": it.id,
        "bill_number": bill_number,
        "recorded_on": today,
    }
    db.execute(_COLLECTION, row)
    return number


def _insert(
    db: Connection, it: GatewayPayment, link_id: int | None, state: PaymentState, kept: Money
) -> int:
    row = {
        "gateway_payment_id": it.id,
        "link_id": link_id,
        "amount": it.amount.paise,
        "method": it.method,
        "state": state.value,
        "captured_at": stamp(it.at),
        "kept": kept.paise,
    }
    return int(db.execute(_PAYMENT, row).scalar_one())


def _book(
    db: Connection,
    payment_id: int,
    now: datetime,
    lines: Mapping[tuple[str, KNumber | None], Money],
) -> None:
    rows = [
        {
            "payment_id": payment_id,
            "at": stamp(now),
            "account": account,
            "k_number": None if k is None else int(k),
            "paise": sum_.paise,
        }
        for (account, k), sum_ in lines.items()
        if sum_
    ]
    db.execute(_LEDGER, rows)


def _follow_refund(db: Connection, payment_id: int, it: GatewayPayment, now: datetime) -> None:
    """Write down what has gone back since we last looked: first what was kept, then receipts."""
    row = db.execute(_KNOWN, {"payment": it.id}).one()
    gone = it.refunded.paise - row.refunded
    if gone <= 0:
        return
    from_kept = min(gone, max(0, row.kept - row.refunded))
    lines: dict[tuple[str, KNumber | None], Money] = {
        ("gateway", None): Money(-gone),
        ("suspense", None): Money(from_kept),
    }
    rest = gone - from_kept
    for receipt in db.execute(_RECEIPTS, {"payment": it.id}).all():
        back = Money(min(rest, int(receipt.left)))
        if back.paise <= 0:
            continue
        k = KNumber(f"{receipt.k_number:012d}")
        rest -= back.paise
        lines["consumer", k] = lines.get(("consumer", k), NOTHING) + back
        _receipt(db, it, k, -back, bill_number=receipt.bill_number, mode=REFUND, now=now)
    state = PaymentState.REFUNDED.value if it.refunded >= it.amount else row.state
    db.execute(_REFUND, {"it": payment_id, "gone": it.refunded.paise, "new": state})
    _book(db, payment_id, now, lines)
    subject = f"payment:{row.link_id}" if row.link_id is not None else f"money:{payment_id}"
    sentence = f"{rupees(Money(gone), symbol='Rs.')} of {it.id} went back to the payer."
    write_audit(db, subject, "gateway", sentence, now)


def _after_refunds(db: Connection, link: PaymentLink) -> PaymentState | None:
    """A link is refunded when every payment on it is."""
    states = set(db.execute(_STATES, {"link": link.id}).scalars())
    return PaymentState.REFUNDED if states == {PaymentState.REFUNDED.value} else None


def _news(db: Connection, link: PaymentLink, arrived: Sequence[Arrived]) -> list[News]:
    """What each asker of a link is told: in one message, and by SMS in one for each sum."""
    if not arrived:
        return []
    whole = (tuple(arrived),)
    one_by_one = tuple((it,) for it in arrived)
    return [
        News(row.conversation_id, channel, Tag(row.tag), told)
        for row in db.execute(_ASKERS, {"link": link.id}).all()
        for channel in [ChannelName(row.channel)]
        for told in (one_by_one if channel is ChannelName.SMS else whole)
    ]


def _key(news: News) -> str | None:
    """A receipt goes to an e-mail address once."""
    if news.email_id is None:
        return None
    return f"receipt:{news.arrived[0].receipt}:{news.email_id}"


def _mails(db: Connection, link: PaymentLink, arrived: Sequence[Arrived]) -> list[News]:
    """What each reader of e-mails is told: the receipts of the connections that are theirs."""
    receipts = [it for it in arrived if it.receipt]
    if not receipts:
        return []
    return [
        News(it.conversation_id, ChannelName.EMAIL, it.tag, tuple(theirs), it.email_id)
        for it in emails.readers(db, link.id, {receipt.k_number for receipt in receipts})
        if (theirs := [receipt for receipt in receipts if receipt.k_number in it.numbers])
    ]
