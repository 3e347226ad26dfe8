"""Read and write many rows of one table at the driver's own speed.

A million rows pass here. Statements of SQLAlchemy cost more for a row of thirty columns than the
database does, so these are the drivers' own: parameters as tuples, keys as one JSON list or array,
and COPY on PostgreSQL. Dates are ISO text on both sides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, Connection, Date, Integer, Table

R = TypeVar("R", bound=tuple[object, ...])


class Bulk(Generic[R]):
    """Some columns of a table, as rows of one kind, and the key that tells the rows apart."""

    def __init__(
        self,
        table: Table,
        make: Callable[[Iterable[object]], R],
        columns: Sequence[str],
        key: Sequence[str],
    ) -> None:
        self._table = table
        self._make = make
        names = ", ".join(columns)
        sets = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
        on_conflict = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"
        marks = ", ".join("?" * len(columns))
        into = f"INSERT INTO {table.name} ({names})"
        self._staged = f"staged_{table.name}"
        # Every name here is one of our own tables' or columns'.
        self._sqlite_put = f"{into} VALUES ({marks}) {on_conflict}"
        self._stage = (
            f"CREATE TEMP TABLE IF NOT EXISTS {self._staged} ON COMMIT DELETE ROWS "  # noqa: S608 -- names of ours
            f"AS SELECT {names} FROM {table.name} WITH NO DATA"
        )
        self._copy = f"COPY {self._staged} ({names}) FROM STDIN"
        self._postgres_put = f"{into} SELECT {names} FROM {self._staged} {on_conflict}"  # noqa: S608 -- names of ours
        self._sqlite_select = f"SELECT {names} FROM {table.name} WHERE "  # noqa: S608 -- names of ours
        as_text = ", ".join(
            f"{name}::text" if isinstance(table.c[name].type, Date) else name for name in columns
        )
        self._postgres_select = f"SELECT {as_text} FROM {table.name} WHERE "  # noqa: S608 -- names of ours

    def find(self, db: Connection, **wanted: Collection[int] | Collection[str]) -> Iterator[R]:
        """The rows whose columns are all among the values named for them."""
        if not all(wanted.values()):
            return iter(())
        sqlite = db.dialect.name == "sqlite"
        select = self._sqlite_select if sqlite else self._postgres_select
        where = " AND ".join(_among(self._table, name, sqlite=sqlite) for name in wanted)
        values = tuple(in_one(values, sqlite=sqlite) for values in wanted.values())
        return map(self._make, db.exec_driver_sql(select + where, values))

    def put(self, db: Connection, rows: Sequence[R]) -> None:
        """Insert rows; those whose key is there are replaced. No key may come twice."""
        if db.dialect.name == "sqlite":
            db.exec_driver_sql(self._sqlite_put, rows)
            return
        db.exec_driver_sql(self._stage)
        raw: Any = db.connection.dbapi_connection
        with raw.cursor() as cursor, cursor.copy(self._copy) as copy:
            for row in rows:
                copy.write_row(row)
        db.exec_driver_sql(self._postgres_put)

    def remove(self, db: Connection, column: str, values: Collection[str]) -> None:
        """Delete the rows in which the column has one of these values."""
        sqlite = db.dialect.name == "sqlite"
        where = _among(self._table, column, sqlite=sqlite)
        db.exec_driver_sql(
            f"DELETE FROM {self._table.name} WHERE {where}",  # noqa: S608 -- names of ours
            (in_one(values, sqlite=sqlite),),
        )


def in_one(values: Collection[int] | Collection[str], *, sqlite: bool) -> object:
    """Many values as one parameter: a JSON list on SQLite, an array on PostgreSQL."""
    return json.dumps(sorted(values)) if sqlite else list(values)


def _among(table: Table, name: str, *, sqlite: bool) -> str:
    if sqlite:
        return f"{name} IN (SELECT value FROM json_each(?))"  # noqa: S608 -- names of ours
    whole = isinstance(table.c[name].type, BigInteger | Integer)
    return f"{name} = ANY(%s::{'bigint' if whole else 'text'}[])"
