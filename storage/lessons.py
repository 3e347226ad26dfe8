"""Lessons: masked messages that were not understood, kept for whoever labels them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.lesson import Lesson
from models.message import Tag
from storage.sql import stamp
from storage.tables import lesson

_KEEP = insert(lesson).on_conflict_do_nothing(index_elements=["text"])
_CHOOSE = (
    update(lesson)
    .where(lesson.c.text == bindparam("said"))
    .where(lesson.c.chosen == "")
    .values(chosen=bindparam("meant"))
)
_SINCE = select(lesson).where(lesson.c.at >= bindparam("since")).order_by(lesson.c.id)


def learn(db: Connection, it: Lesson, now: datetime) -> None:
    """Keep a text once; a choice is noted on the text that is kept."""
    if not it.text:
        return
    if it.chosen:
        db.execute(_CHOOSE, {"said": it.text, "meant": it.chosen})
        return
    row = {
        "at": stamp(now),
        "text": it.text,
        "tag": it.tag,
        "guessed": it.guessed,
        "chosen": "",
        "confidence": it.confidence,
    }
    db.execute(_KEEP, row)


def lessons(db: Connection, since: datetime) -> Sequence[Lesson]:
    """Every lesson since a moment, in the order they came."""
    return [
        Lesson(row.text, Tag(row.tag), row.guessed, row.confidence, row.chosen)
        for row in db.execute(_SINCE, {"since": stamp(since)})
    ]
