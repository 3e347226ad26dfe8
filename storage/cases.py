"""Cases: what people brought up for staff to finish."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, case, literal_column, select, text
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.case import UNFINISHED, Case, CaseKind, CaseState
from models.deeds import OpenCase
from models.errors import Conflict
from models.k_number import KNumber
from models.reference import reference
from storage.audit import write_audit
from storage.doer import Doer
from storage.sql import moment, stamp
from storage.tables import complaint, consumer

CASES = "CMP"  # the counter's name, and how references begin


class AlreadyBroughtUp(Conflict):
    """An unfinished case of this kind exists for the connection."""


_NEXT = text(
    "INSERT INTO counter (name, value) VALUES (:name, 1)"
    " ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
_OFFICE = select(consumer.c.office_code).where(consumer.c.k_number == bindparam("k"))
_OPEN = insert(complaint).on_conflict_do_nothing().returning(complaint.c.id)
# Written out, as the index of unfinished cases has it: with values bound, it would not be used.
is_unfinished = complaint.c.state.in_([literal_column(f"'{it}'") for it in sorted(UNFINISHED)])
_UNFINISHED = (
    select(complaint)
    .where(complaint.c.k_number == bindparam("k"))
    .where(complaint.c.kind == bindparam("what"))
    .where(is_unfinished)
)
_BY_REFERENCE = select(complaint).where(complaint.c.ref == bindparam("named"))
_NEWEST = (
    select(complaint)
    .where(complaint.c.person_id == bindparam("whose"))
    .order_by(case((is_unfinished, 0), else_=1), complaint.c.id.desc())
    .limit(1)
)
_FINISHED = (
    select(complaint)
    .where(complaint.c.person_id == bindparam("whose"))
    .where(~is_unfinished)
    .order_by(complaint.c.id.desc())
    .limit(1)
)


def new_reference(db: Connection) -> str:
    """A reference nobody has yet; one that is not used leaves a gap, and that is all right."""
    return reference(CASES, int(db.execute(_NEXT, {"name": CASES}).scalar_one()))


def open_case(db: Connection, doer: Doer, deed: OpenCase, now: datetime) -> None:
    """Write a case down for the office of its connection; raises `AlreadyBroughtUp`."""
    k = int(deed.k) if deed.k is not None else None
    office = db.execute(_OFFICE, {"k": k}).scalar() if k is not None else None
    row = {
        "ref": deed.ref,
        "kind": CaseKind(deed.kind).value,
        "state": CaseState.OPEN.value,
        "k_number": k,
        "office_code": office or "",
        "person_id": None if deed.unnamed else doer.person_id,
        "conversation_id": None if deed.unnamed else doer.conversation_id,
        "text": deed.text,
        "facts": json.dumps(dict(deed.facts), ensure_ascii=False) if deed.facts else "",
        "created_at": stamp(now),
        "updated_at": stamp(now),
    }
    if db.execute(_OPEN, row).first() is None:
        raise AlreadyBroughtUp
    sentence = f"A case about {deed.kind.replace('_', ' ')} was brought up."
    actor = "somebody" if deed.unnamed else doer.actor
    write_audit(db, f"case:{deed.ref}", actor, sentence, now)


def unfinished(db: Connection, k: KNumber, kind: CaseKind, person_id: int) -> Case | None:
    """The unfinished case of this kind for a connection, whoever brought it up."""
    return _one(db.execute(_UNFINISHED, {"k": int(k), "what": kind.value}).first(), person_id)


def by_reference(db: Connection, ref: str, person_id: int) -> Case | None:
    """The case with this reference."""
    return _one(db.execute(_BY_REFERENCE, {"named": ref}).first(), person_id)


def newest(db: Connection, person_id: int) -> Case | None:
    """The case the person brought up last, an unfinished one first."""
    return _one(db.execute(_NEWEST, {"whose": person_id}).first(), person_id)


def last_finished(db: Connection, person_id: int) -> Case | None:
    """The newest case of the person that is finished."""
    return _one(db.execute(_FINISHED, {"whose": person_id}).first(), person_id)


def _one(row: Row[tuple[object, ...]] | None, person_id: int) -> Case | None:
    if row is None:
        return None
    return Case(
        ref=row.ref,
        kind=CaseKind(row.kind),
        state=CaseState(row.state),
        k_number=KNumber(f"{row.k_number:012d}") if row.k_number is not None else None,
        created_at=moment(row.created_at),
        mine=row.person_id == person_id,
    )
