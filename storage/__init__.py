"""The only SQL: one hop a call, the same statements on SQLite and PostgreSQL."""
