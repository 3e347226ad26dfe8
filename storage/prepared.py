"""Statements of a turn, compiled once and run on the driver's own cursor.

SQLAlchemy's execution costs some 40 µs a statement beside SQLite's 5, ten times in every turn. What
is said here is Core all the same: the statement is compiled for each dialect when it is first used,
and its types still turn values into what the driver takes, and back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.selectable import ReturnsRows

Row = Sequence[Any]
Turn = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one dialect's driver takes it."""

    sql: str
    order: tuple[str, ...] | None  # names by place; None where the driver takes names
    fixed: Mapping[str, Any]  # values that stand in the statement
    inwards: tuple[tuple[str, Turn], ...]
    outwards: tuple[tuple[int, Turn], ...]


class Prepared:
    """A Core statement without lists of values; it gives plain tuples."""

    def __init__(self, statement: Executable) -> None:
        self.statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def first(self, db: Connection, values: Mapping[str, Any]) -> Row | None:
        """The first row, if there is one."""
        cursor, compiled = self._execute(db, values)
        row: Row | None = cursor.fetchone()
        return row if row is None or not compiled.outwards else _turned(row, compiled)

    def all(self, db: Connection, values: Mapping[str, Any]) -> Sequence[Row]:
        """Every row."""
        cursor, compiled = self._execute(db, values)
        rows: Sequence[Row] = cursor.fetchall()
        return [_turned(row, compiled) for row in rows] if compiled.outwards else rows

    def run(self, db: Connection, values: Mapping[str, Any]) -> int:
        """How many rows an UPDATE or DELETE changed."""
        cursor, _ = self._execute(db, values)
        changed: int = cursor.rowcount
        return changed

    def _execute(self, db: Connection, values: Mapping[str, Any]) -> tuple[Any, _Compiled]:
        dialect = db.dialect
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        given = {**compiled.fixed, **values}
        for name, turn in compiled.inwards:
            if given[name] is not None:
                given[name] = turn(given[name])
        order = compiled.order
        parameters = given if order is None else tuple(map(given.__getitem__, order))
        raw: Any = db.connection.dbapi_connection
        try:
            return raw.execute(compiled.sql, parameters), compiled
        except dialect.dbapi.Error as error:  # type: ignore[union-attr]  # an open one has its driver
            raise _translated(db, compiled.sql, error) from error

    def _compile(self, dialect: Dialect) -> _Compiled:
        made: Any = self.statement.compile(dialect=dialect)  # type: ignore[attr-defined]  # Core's
        columns = (
            tuple(self.statement.exported_columns)
            if isinstance(self.statement, ReturnsRows)
            else ()
        )
        inwards = (
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for name, bind in made.binds.items()
        )
        outwards = (
            (at, it.type.dialect_impl(dialect).result_processor(dialect, None))
            for at, it in enumerate(columns)
        )
        compiled = _Compiled(
            sql=str(made),
            order=tuple(made.positiontup) if made.positional else None,
            fixed={name: value for name, value in made.params.items() if value is not None},
            inwards=tuple((name, turn) for name, turn in inwards if turn and name in made.params),
            outwards=tuple((at, turn) for at, turn in outwards if turn),
        )
        self._compiled[dialect.name] = compiled
        return compiled


def _turned(row: Row, compiled: _Compiled) -> Row:
    values = list(row)
    for at, turn in compiled.outwards:
        values[at] = turn(values[at])
    return values


def _translated(db: Connection, sql: str, error: Any) -> BaseException:  # noqa: ANN401 a driver's
    """The error as SQLAlchemy would have raised it; a lost connection is given up."""
    driver: Any = db.dialect.dbapi
    lost = db.dialect.is_disconnect(error, db.connection.dbapi_connection, None)
    if lost:
        db.invalidate(error)
    wrapped: BaseException = DBAPIError.instance(
        sql, None, error, driver.Error, connection_invalidated=lost, dialect=db.dialect
    )
    return wrapped
