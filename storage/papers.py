"""Papers as they were made, and the records that a bill's copy shows beside the bill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, Text, bindparam, select
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.k_number import KNumber
from models.paper import Printed
from models.words import Name
from storage.prepared import Prepared
from storage.sql import stamp
from storage.tables import bill, consumer, office, paper

KEPT = timedelta(days=30)
A_LINK = timedelta(days=1)  # a link that was made on a paper's last day still leads to it


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a bill's copy says of the connection, in full."""

    name: Name
    address: str
    office: Name | None
    helpline: str
    category: str
    load_watts: int
    phase: int
    meter_number: str
    cheque_due_on: date | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that is there, without its bytes."""

    id: int
    name: str
    mime: str


_PARTICULARS = Prepared(
    select(
        consumer.c.name,
        consumer.c.name_hi,
        consumer.c.address,
        consumer.c.pincode,
        office.c.name.label("office_name"),
        office.c.name_hi.label("office_name_hi"),
        office.c.helpline,
        consumer.c.category,
        consumer.c.load_watts,
        consumer.c.phase,
        consumer.c.meter_number,
        bill.c.cheque_due_date,
    )
    .select_from(consumer)
    .outerjoin(office, office.c.code == consumer.c.office_code)
    .outerjoin(
        bill,
        (bill.c.k_number == consumer.c.k_number)
        & (bill.c.bill_number == bindparam("number", type_=Text)),
    )
    .where(consumer.c.k_number == bindparam("k", type_=BigInteger))
)
_FIND = Prepared(
    select(paper.c.id, paper.c.name, paper.c.mime)
    .where(paper.c.key == bindparam("key", type_=Text))
    .where(paper.c.made_at >= bindparam("since", type_=BigInteger))
)
_OPEN = Prepared(
    select(paper.c.name, paper.c.mime, paper.c.body).where(
        paper.c.id == bindparam("paper", type_=BigInteger)
    )
)
_new = insert(paper).values(
    key=bindparam("key"),
    k_number=bindparam("k"),
    name=bindparam("name"),
    mime=bindparam("mime"),
    body=bindparam("body"),
    made_at=bindparam("made_at"),
)
_KEEP = _new.on_conflict_do_update(
    index_elements=[paper.c.key],
    set_={"body": _new.excluded.body, "made_at": _new.excluded.made_at},
).returning(paper.c.id)


def particulars(db: Connection, k: KNumber, bill_number: str) -> Particulars | None:
    """What a bill's copy says of a connection; None where there is no such connection."""
    row = _PARTICULARS.first(db, {"k": int(k), "number": bill_number})
    return None if row is None else _read(row)


def find(db: Connection, key: str, now: datetime) -> Kept | None:
    """The paper kept under a key, unless it is so old that it may soon be forgotten."""
    row = _FIND.first(db, {"key": key, "since": stamp(now - KEPT)})
    return None if row is None else Kept(*row)


def keep(db: Connection, key: str, k: KNumber, made: Printed, now: datetime) -> Kept:
    """Keep a paper under its key; its number stays the same however often it is kept."""
    values = {
        "key": key,
        "k": int(k),
        "name": made.name,
        "mime": made.mime,
        "body": made.body,
        "made_at": stamp(now),
    }
    return Kept(db.execute(_KEEP, values).scalar_one(), made.name, made.mime)


def open_(db: Connection, number: int) -> Printed | None:
    """A paper by its number; None once it is forgotten."""
    row = _OPEN.first(db, {"paper": number})
    return None if row is None else Printed(row[0], row[1], bytes(row[2]))


def _read(row: Sequence[Any]) -> Particulars:
    (
        name, name_hi, address, pincode, office_name, office_name_hi, helpline, category,
        load_watts, phase, meter_number, cheque_due_on,
    ) = row  # fmt: skip
    return Particulars(
        name=Name(name, name_hi),
        address=address if pincode in address else f"{address} {pincode}".strip(),
        office=None if office_name is None else Name(office_name, office_name_hi),
        helpline=helpline or "",
        category=category,
        load_watts=load_watts,
        phase=phase,
        meter_number=meter_number,
        cheque_due_on=cheque_due_on,
    )
