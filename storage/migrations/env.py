"""What Alembic runs: our tables, on the connection that `storage.migrate` hands over."""

from alembic import context

from storage.tables import metadata


def run() -> None:
    """Bring the schema up on a connection that is already in a transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,  # SQLite alters a table by making it anew
    )
    context.run_migrations()


run()
