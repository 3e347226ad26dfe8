"""Accounts: what one look at a K-number shows, and how many looks a person has had today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    Integer,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.bill import IST, Bill
from models.consumer import Account, ConnectionStatus, Consumer, LookUp
from models.errors import Conflict
from models.k_number import KNumber
from models.words import Masked, Name
from storage.bill_columns import CHARGES, FACTS, read_bill
from storage.forgotten import NOTHING
from storage.people import MOST_K_NUMBERS
from storage.prepared import Prepared
from storage.sql import moment
from storage.tables import (
    bill,
    collection,
    consumer,
    disowned,
    import_run,
    k_number_alias,
    office,
    person,
    proof,
    saved_k_number,
)
from storage.tables import look_up as look_ups

DAILY = 25
"""Different K-numbers of others that one person may look up in a day, where staff grant no more."""


class TooManyLookUps(Conflict):
    """Another message of the same person has used up the day's look-ups meanwhile."""


_ONE = literal_column("1", Integer)  # written out: a value bound anew at every look costs time

# The account: connection, office, newest bill and the money that came for it, as one row.
#
# Whatever came since the bill's day is for it; so is what names it, where a bill was paid before
# the day it bears.

_for_this_bill = and_(
    collection.c.k_number == bill.c.k_number,
    or_(
        collection.c.paid_on >= bill.c.bill_date,
        collection.c.bill_number == bill.c.bill_number,
    ),
)
_newest_money = (collection.c.paid_on.desc(), collection.c.receipt_number.desc())


def _last(column: Any) -> ScalarSelect[Any]:  # noqa: ANN401 -- a column of whatever type
    came = collection.c.amount > 0  # what went back is no receipt
    found = select(column).where(_for_this_bill).where(came).order_by(*_newest_money).limit(_ONE)
    return found.correlate(bill).scalar_subquery()


_other_bill = bill.alias("other_bill")
_newest_month = (
    select(func.max(_other_bill.c.bill_month))
    .where(_other_bill.c.k_number == consumer.c.k_number)
    .correlate(consumer)
    .scalar_subquery()
)
_with_office = office.c.code == consumer.c.office_code
_with_bill = and_(bill.c.k_number == consumer.c.k_number, bill.c.bill_month == _newest_month)

_CONSUMER = (
    consumer.c.k_number,
    consumer.c.name,
    consumer.c.name_hi,
    consumer.c.category,
    consumer.c.load_watts,
    consumer.c.office_code,
    consumer.c.feeder_code,
    consumer.c.status,
    consumer.c.connected_on,
    office.c.name.label("office_name"),
    office.c.name_hi.label("office_name_hi"),
    office.c.helpline,
    select(import_run.c.finished_at)
    .where(import_run.c.kind == literal_column("'bills'", Text))
    .where(import_run.c.state == literal_column("'done'", Text))
    .order_by(import_run.c.id.desc())
    .limit(_ONE)
    .scalar_subquery(),
)
_BILL = (
    *FACTS,
    select(func.sum(collection.c.amount)).where(_for_this_bill).correlate(bill).scalar_subquery(),
    _last(collection.c.paid_on),
    _last(collection.c.receipt_number),
    *CHARGES,
)
_ACCOUNT = (*_CONSUMER, *_BILL)

# Who looks: their row is there with or without a connection of that number.

_theirs = consumer.alias("theirs")
_too_many_on_their_mobile = (
    select(_theirs.c.k_number)
    .where(_theirs.c.mobile_id == person.c.phone_id)
    .limit(_ONE)
    .offset(literal_column(str(MOST_K_NUMBERS), Integer))
    .correlate(person)
)
_named = bindparam("k", type_=BigInteger)
_is_disowned = (
    exists()
    .where(disowned.c.person_id == person.c.id)
    .where(disowned.c.k_number == consumer.c.k_number)
    .correlate(person, consumer)
)
_is_registered = and_(
    consumer.c.mobile_id == person.c.phone_id,
    ~_is_disowned,
    or_(person.c.holds_many, ~exists(_too_many_on_their_mobile)),
)
_is_proven = (
    exists()
    .where(proof.c.person_id == person.c.id)
    .where(proof.c.k_number == consumer.c.k_number)
    .where(proof.c.phone_id == consumer.c.mobile_id)
    .correlate(person, consumer)
)
_is_saved = (
    exists()
    .where(saved_k_number.c.person_id == person.c.id)
    .where(saved_k_number.c.k_number == _named)
    .correlate(person)
)
_today = and_(look_ups.c.person_id == person.c.id, look_ups.c.day == bindparam("today", type_=Date))
_of_something = look_ups.c.k_number != NOTHING
_looked_up = (
    select(func.count()).where(_today).where(_of_something).correlate(person).scalar_subquery()
)
_seen = exists().where(_today).where(look_ups.c.k_number == _named).correlate(person)
_moved_to = (
    select(k_number_alias.c.new_k_number)
    .where(k_number_alias.c.old_k_number == _named)
    .where(k_number_alias.c.effective_on <= bindparam("today", type_=Date))
    .scalar_subquery()
)
_is_own = or_(_is_saved, func.coalesce(_is_registered, false()), _is_proven)
_WHO = (_moved_to, _is_own, _seen, _looked_up, person.c.look_ups_a_day)
ON_BEHALF = Prepared(
    select(*_WHO, *_ACCOUNT)
    .select_from(person)
    .outerjoin(consumer, consumer.c.k_number == _named)
    .outerjoin(office, _with_office)
    .outerjoin(bill, _with_bill)
    .where(person.c.id == bindparam("person"))
)
_AMONG: Select[Any] = (
    select(*_ACCOUNT)
    .select_from(consumer)
    .outerjoin(office, _with_office)
    .outerjoin(bill, _with_bill)
    .where(consumer.c.k_number.in_(bindparam("numbers", expanding=True)))
)
_MOVES = select(k_number_alias.c.old_k_number).where(
    k_number_alias.c.old_k_number.in_(bindparam("numbers", expanding=True))
)
_NEXT_MOVE = (
    select(k_number_alias.c.new_k_number, k_number_alias.c.effective_on)
    .where(k_number_alias.c.old_k_number == bindparam("k"))
    .where(k_number_alias.c.effective_on.between(bindparam("since"), bindparam("today")))
)


def look_up(db: Connection, person_id: int, k: KNumber, now: datetime) -> LookUp:
    """The account behind a K-number, as this person may see it; counting it is for the commit.

    An old number answers for the new one. A number that is neither saved, registered nor proven
    counts, once a day (IST), known or not; beyond 25 of them, or what staff grant a kiosk, only
    the person's own are shown.
    """
    number, today = int(k), now.astimezone(IST).date()
    asked = {"person": person_id, "k": number, "today": today}
    row = _one(db, asked)
    moved_to, own, seen, looked_up, granted = row[: len(_WHO)]
    account = row[len(_WHO) :] if row[len(_WHO)] is not None else None
    if moved_to is not None:
        for newer in reversed(_chain(db, number, today)):
            there = _one(db, asked | {"k": newer})
            if there[len(_WHO)] is not None:
                own, account = own or there[1], there[len(_WHO) :]
                break
    left = max(0, (DAILY if granted is None else granted) - looked_up)
    if not own and not seen and not left:
        return LookUp(account=None, allowed=False, counts=False, left=0)
    return LookUp(
        account=_read(account, number) if account is not None else None,
        allowed=True,
        counts=not own and not seen,
        left=left,
    )


def _one(db: Connection, asked: Mapping[str, Any]) -> Sequence[Any]:
    """What there is on behalf of a person; LookupError for a person never met."""
    row = ON_BEHALF.first(db, asked)
    if row is None:
        raise LookupError(asked["person"])
    return row


def masked(db: Connection, numbers: Sequence[KNumber], now: datetime) -> tuple[Account, ...]:
    """The accounts of a person's own K-numbers, in the order asked, unknown ones left out.

    A connection is there once, though its old number and its new one may both be asked for.
    """
    today = now.astimezone(IST).date()
    wanted = [int(k) for k in numbers]
    moves = {
        old: _chain(db, old, today) for old in db.execute(_MOVES, {"numbers": wanted}).scalars()
    }
    places = {k for number in wanted for k in moves.get(number, [number])}
    rows = {row[0]: row for row in db.execute(_AMONG, {"numbers": list(places)})}
    accounts: dict[int, Account] = {}
    for number in wanted:
        there = next((k for k in reversed(moves.get(number, [number])) if k in rows), None)
        if there is not None and there not in accounts:
            accounts[there] = _read(rows[there], number)
    return tuple(accounts.values())


def _chain(db: Connection, number: int, today: date) -> list[int]:
    """A number and the ones it became, in turn.

    A move counts only when it came after the one before: a number that was given back is itself.
    """
    chain, since = [number], date.min
    while True:
        asked = {"k": chain[-1], "since": since, "today": today}
        move = db.execute(_NEXT_MOVE, asked).first()
        if move is None or chain.count(move.new_k_number) > 1:
            return chain
        chain.append(move.new_k_number)
        since = move.effective_on


_LOCK = Prepared(select(person.c.id).where(person.c.id == bindparam("person")).with_for_update())
_theirs_today = (
    select(func.count())
    .select_from(look_ups)
    .where(look_ups.c.person_id == bindparam("person"))
    .where(look_ups.c.day == bindparam("today"))
    .where(_of_something)
    .scalar_subquery()
)
_granted = (
    select(person.c.look_ups_a_day).where(person.c.id == bindparam("person")).scalar_subquery()
)
_COUNT = Prepared(
    insert(look_ups)
    .from_select(
        ["person_id", "day", "k_number"],
        select(
            bindparam("person", type_=BigInteger),
            bindparam("today", type_=Date),
            bindparam("k", type_=BigInteger),
        ).where(_theirs_today < func.coalesce(_granted, DAILY)),
    )
    .on_conflict_do_nothing()
    .returning(look_ups.c.k_number)
)
_COUNTED = Prepared(
    select(look_ups.c.k_number)
    .where(look_ups.c.person_id == bindparam("person"))
    .where(look_ups.c.day == bindparam("today"))
    .where(look_ups.c.k_number == bindparam("k"))
)


def count_look_up(db: Connection, person_id: int, k: KNumber, now: datetime) -> None:
    """Write down that a person looked up somebody else's K-number; repeats change nothing.

    Raises `TooManyLookUps` where it would be the 26th of the day, and `Conflict` where the person
    has become another one meanwhile: the turn is to be done again.
    """
    counted = {"person": person_id, "today": now.astimezone(IST).date(), "k": int(k)}
    if _LOCK.first(db, {"person": person_id}) is None:  # two processes count one after the other
        raise Conflict
    if _COUNT.first(db, counted) is None and _COUNTED.first(db, counted) is None:
        raise TooManyLookUps


def _read(row: Sequence[Any], asked: int) -> Account:
    (
        k, name, name_hi, category, load_watts, office_code, feeder_code, status, connected_on,
        office_name, office_name_hi, helpline, as_of,
    ) = row[: len(_CONSUMER)]  # fmt: skip
    number = KNumber(f"{k:012d}")
    return Account(
        consumer=Consumer(
            k_number=number,
            name=Masked(name, name_hi),
            category=category,
            load_watts=load_watts,
            office_code=office_code,
            feeder_code=feeder_code,
            status=ConnectionStatus(status),
            connected_on=connected_on,
        ),
        bill=_read_bill(number, row[len(_CONSUMER) :]),
        moved_from=KNumber(f"{asked:012d}") if k != asked else None,
        bills_as_of=moment(as_of) if as_of is not None else None,
        office=Name(office_name, office_name_hi) if office_name is not None else None,
        helpline=helpline or "",
    )


def _read_bill(k: KNumber, row: Sequence[Any]) -> Bill | None:
    facts, (paid, paid_on, receipt, *charges) = row[: len(FACTS)], row[len(FACTS) :]
    if facts[0] is None:
        return None
    # PostgreSQL sums to a Decimal.
    return read_bill(k, facts, charges, paid=int(paid or 0), paid_on=paid_on, receipt=receipt or "")
