"""`bijli nlu lessons`: what was not understood, as Rasa NLU YAML, ready to be labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby

from app.database import open_database
from app.settings import Settings
from bot.nlu.model import BACKGROUND
from models.bill import IST
from models.lesson import Lesson
from storage.lessons import lessons

_HEAD = """\
# Messages that were not understood, with numbers and names masked. Those under an intent were
# labelled by a button that people tapped; read them all the same. What is right belongs into
# data/intents.yml.
version: "3.1"
nlu:"""
_TO_LABEL = """\
  # To label: name the intent (out_of_scope where it is none of ours) and take away the "# "."""


def export(settings: Settings, since: date | None) -> str:
    """Every lesson since a day in India, or since ever."""
    begin = datetime.combine(since, time(), IST) if since else datetime.fromtimestamp(0, UTC)
    database = open_database(settings)
    try:
        return as_yaml(database.read(lessons, begin))
    finally:
        database.close()


def as_yaml(found: Sequence[Lesson]) -> str:
    """Lessons as Rasa reads them: those without a label are comments."""
    labelled = [it for it in found if it.chosen]
    rest = [it for it in found if not it.chosen]
    # A key with comments alone would hold no list.
    head = "\n".join([_HEAD, *_sections(labelled)]) if labelled else f"{_HEAD} []"
    if not rest:
        return head
    return "\n".join([head, _TO_LABEL, *(f"  # {line[2:]}" for line in _sections(rest))])


def _sections(found: Sequence[Lesson]) -> Iterator[str]:
    for (intent, tag, guessed), those in groupby(sorted(found, key=_heading), _heading):
        yield f"  - intent: {intent}" if intent else f"  - intent: {BACKGROUND}  # or {guessed}?"
        yield f"    metadata: {{language: {tag}, batch: lessons}}"
        yield "    examples: |"
        yield from (f"      - {it.text}" for it in those)


def _heading(it: Lesson) -> tuple[str, str, str]:
    return it.chosen, it.tag, "" if it.chosen else it.guessed
