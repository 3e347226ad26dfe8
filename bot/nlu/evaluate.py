"""How well a model does on messages it has not seen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.nlu.model import BACKGROUND
from bot.nlu.result import NluResult
from bot.nlu.understand import Understander

_THEN = datetime(2026, 1, 1, tzinfo=UTC)  # intents do not depend on the day
_MOST_SHOWN = 10  # confusions worth reading at once


class UnusableTable(Exception):
    """The file has no line of the form text<TAB>intent."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it; refused messages count as `out_of_scope`."""

    messages: int
    accuracy: float
    macro_f1: float
    refused: float  # share of all messages
    by_language: tuple[tuple[str, float, int], ...]  # language as detected, accuracy, messages
    confusions: tuple[tuple[str, str, int], ...]  # what it was, what we took it for, how often

    def __str__(self) -> str:
        """The report as people read it."""
        lines = [
            f"{self.messages} messages",
            f"accuracy   {self.accuracy:.3f}",
            f"macro F1   {self.macro_f1:.3f}",
            f"refused    {self.refused:.3f}",
        ]
        lines += [
            f"  {name or 'none':8} {share:.3f}  of {n}" for name, share, n in self.by_language
        ]
        if self.confusions:
            lines.append("most often mistaken:")
            lines += [f"  {n:3}  {was} taken for {took}" for was, took, n in self.confusions]
        return "\n".join(lines)


def evaluate(model: Understander, tsv: Path) -> Report:
    """Ask the model about every `text<TAB>intent` of a file; UnusableTable when there is none."""
    return report((intent, model.understand(text, _THEN)) for text, intent in read_table(tsv))


def read_table(tsv: Path) -> list[tuple[str, str]]:
    """Every text with its intent; UnusableTable when there is none."""
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
    return pairs


def report(answers: Iterable[tuple[str, NluResult]]) -> Report:
    """Sum up what was asked for and what was understood."""
    rows = [(was, result.intent or BACKGROUND, result.language) for was, result in answers]
    total = len(rows)
    languages: defaultdict[str, list[bool]] = defaultdict(list)
    for was, took, language in rows:
        languages[language].append(was == took)
    wrong = Counter((was, took) for was, took, _ in rows if was != took)
    return Report(
        messages=total,
        accuracy=sum(was == took for was, took, _ in rows) / total,
        macro_f1=_macro_f1([(was, took) for was, took, _ in rows]),
        refused=sum(took == BACKGROUND for _, took, _ in rows) / total,
        by_language=tuple((k, sum(v) / len(v), len(v)) for k, v in sorted(languages.items())),
        confusions=tuple((was, took, n) for (was, took), n in wrong.most_common(_MOST_SHOWN)),
    )


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    names = {was for was, _ in pairs}
    scores: list[float] = []
    for name in names:
        hit = sum(was == took == name for was, took in pairs)
        asked = sum(was == name for was, _ in pairs)
        taken = sum(took == name for _, took in pairs)
        scores.append(2 * hit / (asked + taken))
    return sum(scores) / len(scores)
