"""Train the classifier with scikit-learn; the result needs numpy alone."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.nlu.calibrate import calibrate
from bot.nlu.entities import find_entities
from bot.nlu.examples import Example, UnusableExamples, read_examples
from bot.nlu.features import features_of, key_of, words_of
from bot.nlu.language import by_script
from bot.nlu.model import BACKGROUND, FILE_NAME, About, Model, peek
from bot.nlu.normalise import normalise
from bot.nlu.space import RARE, Numbers, Row, Space, Table, margins
from bot.nlu.tokens import split
from bot.nlu.understand import SHORT_WORDS, code_hash, data_hash, is_ours, short_key

_SHARED = 0.15  # a word this even between two languages belongs to both
_THEN = datetime(2026, 1, 1, tzinfo=UTC)  # any day: training never looks at the value of a date


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What training did."""

    skipped: bool  # the model was already trained on exactly this file
    path: Path
    examples: int
    intents: int
    features: int

    def __str__(self) -> str:
        """One sentence for the terminal."""
        if self.skipped:
            return f"{self.path} is up to date."
        return (
            f"Trained {self.intents} intents on {self.examples} messages "
            f"({self.features} features): {self.path}"
        )


def train(data: Path, out: Path) -> TrainReport:
    """Train on Rasa NLU YAML and write the model to a folder, unless it is there already."""
    digest = _hash(data)
    about = peek(out)
    if about is not None and (about.data_hash, about.code_hash) == (digest, code_hash()):
        return TrainReport(
            skipped=True, path=out / FILE_NAME, examples=0, intents=len(about.intents), features=0
        )
    examples = read_examples(data)
    model = fit(examples, digest)
    path = model.save(out)
    return TrainReport(
        skipped=False,
        path=path,
        examples=len(examples),
        intents=len(model.about.intents),
        features=model.size,
    )


def _hash(data: Path) -> str:
    try:
        return data_hash(data)
    except OSError as error:
        raise UnusableExamples(f"{data} cannot be read: {error}") from error


def fit(examples: Sequence[Example], digest: str = "") -> Model:
    """A model of these messages; the same messages give the same model."""
    table = read(examples)
    return fit_some(table, range(len(table.rows)), digest)


def read(examples: Sequence[Example]) -> Table:
    """Messages as the classifier sees them."""
    ours = is_ours({example.intent for example in examples})
    return Table([_row(example, ours=ours) for example in examples])


def fit_some(table: Table, members: Sequence[int], digest: str = "") -> Model:
    """A model of some of the messages."""
    rows = [table.rows[n] for n in members]
    intents = tuple(sorted({r.intent for r in rows} - {BACKGROUND}))
    if len(intents) < 2:
        raise UnusableExamples("Training needs messages of at least two intents.")
    space = Space(table, members)
    labels = [row.intent for row in rows]
    weights, bias = margins(space.vectors(members), labels, [*intents, BACKGROUND])
    language, language_bias = _language(space, table, members)
    telling = _telling(rows)
    matrix = np.column_stack((weights, language)) * space.weights[:, None]
    stacked = np.column_stack((matrix, space.weights**2)).astype(np.float32)
    about = About(
        data_hash=digest,
        code_hash=code_hash(),
        intents=intents,
        certainty=calibrate(table, members, intents),
        short=_short(rows),
        english=telling.english,
        hindi=telling.hindi,
        shared=telling.shared,
    )
    return Model(
        about, space.vocabulary, stacked, np.append(bias, language_bias).astype(np.float32)
    )


def _row(example: Example, *, ours: bool) -> Row:
    normal = normalise(example.text)
    tokens = split(normal.text)
    words = words_of(tokens, find_entities(normal.text, tokens, _THEN) if ours else [])
    script = by_script(normal.text)
    language = "hi" if script == "hi" else example.language
    return Row(tuple(words), frozenset(features_of(words)), example.intent, language, example.batch)


def _language(space: Space, table: Table, members: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Weights that tell English (above zero) from romanised Hindi, where the file says which."""
    known = [n for n in members if table.rows[n].language in ("en", "hi-Latn")]
    return margins(space.vectors(known), [table.rows[n].language for n in known], ["en"])


def _short(rows: Sequence[Row]) -> dict[str, str]:
    """Messages of a word or two that mean one intent: one loud vote would settle them badly."""
    meanings: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if 0 < len(row.words) <= SHORT_WORDS:
            meanings[short_key(row.words)].add(row.intent)
    return {
        key: next(iter(intents)) for key, intents in sorted(meanings.items()) if len(intents) == 1
    }


class _Telling(NamedTuple):
    """Sounds that tell a language, and those that do not."""

    english: tuple[str, ...]
    hindi: tuple[str, ...]
    shared: tuple[str, ...]


def _telling(rows: Sequence[Row]) -> _Telling:
    """What each word of messages in Latin letters says of their language."""
    counts = {language: Counter[str]() for language in ("en", "hi-Latn")}
    totals = Counter(row.language for row in rows)
    for row in rows:
        if row.language in counts:
            counts[row.language].update({key_of(w) for w in row.words if w[0].isalpha()})
    english: list[str] = []
    hindi: list[str] = []
    shared: list[str] = []
    for word in sorted(counts["en"].keys() | counts["hi-Latn"].keys()):
        in_english = counts["en"][word] / max(totals["en"], 1)
        in_hindi = counts["hi-Latn"][word] / max(totals["hi-Latn"], 1)
        if min(in_english, in_hindi) >= _SHARED * max(in_english, in_hindi):
            shared.append(word)
        elif counts["en"][word] + counts["hi-Latn"][word] >= RARE:
            (english if in_english > in_hindi else hindi).append(word)
    if not totals["en"] or not totals["hi-Latn"]:
        return _Telling((), (), ())
    return _Telling(tuple(english), tuple(hindi), tuple(shared))
