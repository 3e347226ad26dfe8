"""Ask a model about messages it has not seen."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.nlu.examples import Example, UnusableExamples
from bot.nlu.measures import Answer, Report, report
from bot.nlu.model import BACKGROUND
from bot.nlu.space import by_batches
from bot.nlu.train import fit_some, read
from bot.nlu.understand import Understander

_ROUNDS = 8  # times that we train, at most: what one has the patience for
_THEN = datetime(2026, 1, 1, tzinfo=UTC)  # intents do not depend on the day


class UnusableTable(Exception):
    """The file has no line of the form text<TAB>intent."""


def evaluate(model: Understander, tsv: Path) -> Report:
    """Ask the model about every `text<TAB>intent` of a file; UnusableTable when there is none."""
    pairs: list[tuple[str, str]] = []
    try:
        lines = tsv.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise UnusableTable(f"{tsv} cannot be read: {error}") from error
    for line in lines:
        text, tab, intent = line.rpartition("\t")
        if tab and intent.strip() and (text, intent) != ("text", "intent"):
            pairs.append((text, intent.strip()))
    if not pairs:
        raise UnusableTable(f"{tsv} has no line of the form text<TAB>intent.")
    return report([answer(model, text, intent) for text, intent in pairs])


def leave_batches_out(examples: Sequence[Example]) -> Report:
    """Train without some batches in turn, and ask about their messages: people we never heard.

    Small batches are left out together. Raises UnusableExamples where the messages name fewer than
    two.
    """
    return report(list(_left_out(examples)))


def _left_out(examples: Sequence[Example]) -> Iterator[Answer]:
    table = read(examples)
    everyone = range(len(examples))
    groups = by_batches(table, everyone, _ROUNDS)
    if len(groups) < 2:
        raise UnusableExamples(
            "The examples name no batches (`metadata: {batch: …}`), so none can be left out."
        )
    for group in groups:
        held = set(group)
        model = Understander(fit_some(table, [n for n in everyone if n not in held]))
        for it in (examples[n] for n in group):
            yield answer(model, it.text, it.intent, it.language)


def answer(model: Understander, text: str, intent: str, language: str = "") -> Answer:
    """What a model takes a message for; its language as the model sees it, unless it is told."""
    result = model.understand(text, _THEN)
    return Answer(
        was=intent,
        took=result.intent or BACKGROUND,
        first=result.ranking[0][0],
        confidence=result.confidence,
        language=language or result.language,
    )
