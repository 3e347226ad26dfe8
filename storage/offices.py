"""Offices, by their code or by a place that somebody names."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, Connection, Text, bindparam, case, func, or_, select

from models.office import Office
from models.words import Name
from storage.prepared import Prepared, Row
from storage.tables import locality, office

MOST = 3
_COLUMNS = (
    office.c.name,
    office.c.name_hi,
    office.c.officer,
    office.c.phone,
    office.c.hours,
    office.c.map_url,
    office.c.helpline,
)
_words = bindparam("words", type_=Text)


def _is_named(column: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether these words name it, as whole words."""
    return _words.like("% " + func.lower(column) + " %")


_nearest_first = (
    case((office.c.kind == "subdivision", 0), (office.c.kind == "division", 1), else_=2),
    func.length(office.c.name).desc(),
    office.c.code,
)
_OF = Prepared(select(*_COLUMNS).where(office.c.code == bindparam("code", type_=Text)))
_BY_NAME = Prepared(
    select(*_COLUMNS)
    .where(or_(_is_named(office.c.name), (office.c.name_hi != "") & _is_named(office.c.name_hi)))
    .order_by(*_nearest_first)
    .limit(MOST)
)
_here = select(locality.c.office_code).where(
    or_(
        _is_named(locality.c.name),
        (locality.c.name_hi != "") & _is_named(locality.c.name_hi),
        (locality.c.pincode != "") & _is_named(locality.c.pincode),
    )
)
_BY_LOCALITY = Prepared(
    select(*_COLUMNS).where(office.c.code.in_(_here)).order_by(*_nearest_first).limit(MOST + 1)
)
_APART = re.compile(r"[\s,.;:!?()/\-।]+")


def of(db: Connection, code: str) -> Office | None:
    """The office with this code."""
    row = _OF.first(db, {"code": code})
    return _read(row) if row is not None else None


def near(db: Connection, words: str) -> tuple[Office, ...]:
    """The offices that words name: by their own name, else by a locality or pincode.

    A name that more than three offices know, such as Station Road, finds none.
    """
    plain = unicodedata.normalize("NFC", words).lower()
    asked = {"words": f" {_APART.sub(' ', plain).strip()} "}
    named = _BY_NAME.all(db, asked)
    if named:
        best = _read(named[0])
        others = (_read(row) for row in named[1:])
        # Kishangarh City is meant, and not Kishangarh, whose name is within it.
        return (best, *(it for it in others if it.name.en not in best.name.en))
    here = _BY_LOCALITY.all(db, asked)
    return tuple(map(_read, here)) if len(here) <= MOST else ()


def _read(row: Row) -> Office:
    name, name_hi, officer, phone, hours, map_url, helpline = row
    return Office(Name(name, name_hi), officer, phone, hours, map_url, helpline)
