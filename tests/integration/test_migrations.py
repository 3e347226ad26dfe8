"""The migrations make exactly the tables the program speaks of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text

from storage.migrate import HEAD, is_current, migrate
from storage.store import Database
from storage.tables import fact, metadata
from tests.databases import PostgresServer

SQLITE_SHAPE = text("""
    SELECT m.name || ':' || c.name || ':' || c.type || ':' || c."notnull" || ':'
        || coalesce(c.dflt_value, '') || ':' || c.pk
    FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
    UNION ALL SELECT m.name || ':' || i.origin || ':' || i."unique" || ':'
        || (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name)))
        || ':' || coalesce((SELECT sql FROM sqlite_master WHERE name = i.name), '')
    FROM sqlite_master m, pragma_index_list(m.name) i WHERE m.type = 'table'
""")
POSTGRES_SHAPE = text("""
    SELECT table_name || ':' || column_name || ':' || data_type || ':' || is_nullable || ':'
        || coalesce(column_default, '') || ':' || is_identity
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT conrelid::regclass || ':' || conname || ':' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
""")
VERSIONS = "alembic_version"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any table."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/empty.db")
        yield database
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(migrated=False) as url:
        database = Database(url)
        yield database
        database.close()


def shape(db: Connection) -> set[str]:
    """Every column, index and constraint, in words that can be compared."""
    question = SQLITE_SHAPE if db.dialect.name == "sqlite" else POSTGRES_SHAPE
    return {line for line in db.execute(question).scalars() if VERSIONS not in line}


def test_migrations_make_exactly_our_tables(empty: Database) -> None:
    migrate(empty)
    made = empty.read(shape)
    empty.write(metadata.drop_all)

    empty.write(metadata.create_all)

    assert made == empty.read(shape)
    assert any("uq_payment_link_part_live" in line for line in made)


def test_an_empty_database_is_not_current_until_it_is_migrated(empty: Database) -> None:
    assert not is_current(empty)

    migrate(empty)

    assert is_current(empty)


def test_the_moment_of_making_is_written_once(empty: Database) -> None:
    migrate(empty)
    made_at = empty.read(lambda db: db.execute(select(fact)).all())

    migrate(empty)

    assert [row.name for row in made_at] == ["made_at"]
    assert int(made_at[0].value) > 0
    assert empty.read(lambda db: db.execute(select(fact)).all()) == made_at


def test_the_newest_version_is_the_one_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", "storage/migrations")
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD
