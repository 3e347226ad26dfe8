"""Train the classifier. scikit-learn lives here and nowhere else; the result needs numpy alone."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.nlu.entities import find_entities
from bot.nlu.examples import Example, UnusableExamples, read_examples
from bot.nlu.features import features_of, key_of, words_of
from bot.nlu.language import by_script
from bot.nlu.model import BACKGROUND, FILE_NAME, About, Model, peek
from bot.nlu.normalise import normalise
from bot.nlu.tokens import split
from bot.nlu.understand import SHORT_WORDS, code_hash, data_hash, short_key

OUT_OF_SCOPE_SHARE = 0.25  # of the messages people send, so many are assumed not to be ours
_FOLDS = 5
_C = 1.0
_SEED = 0
_RARE = 2  # a piece of a word seen in fewer messages than this teaches nothing
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


@dataclass(frozen=True, slots=True)
class _Row:
    """A training message as the classifier sees it."""

    words: tuple[str, ...]
    features: frozenset[str]
    intent: str
    language: str


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
    rows = [_row(example) for example in examples]
    intents = tuple(sorted({r.intent for r in rows} - {BACKGROUND}))
    if len(intents) < 2:
        raise UnusableExamples("Training needs messages of at least two intents.")
    space = _Space(rows)
    weights, bias = _margins(space, rows, intents)
    language, language_bias = _language(space, rows)
    telling = _telling(rows)
    slope, offset = _platt(rows, intents)
    matrix = np.column_stack((weights, language)) * space.idf[:, None]
    stacked = np.column_stack((matrix, space.idf**2)).astype(np.float32)
    about = About(
        data_hash=digest,
        code_hash=code_hash(),
        intents=intents,
        slope=slope,
        offset=offset,
        short=_short(rows),
        english=telling.english,
        hindi=telling.hindi,
        shared=telling.shared,
    )
    return Model(
        about, space.vocabulary, stacked, np.append(bias, language_bias).astype(np.float32)
    )


def _row(example: Example) -> _Row:
    normal = normalise(example.text)
    tokens = split(normal.text)
    words = words_of(tokens, find_entities(normal.text, tokens, _THEN))
    script = by_script(normal.text)
    language = "hi" if script == "hi" else example.language
    return _Row(tuple(words), frozenset(features_of(words)), example.intent, language)


class _Space:
    """The features of some messages, and how rare each is."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        counts = Counter(feature for row in rows for feature in row.features)
        self.vocabulary = sorted(f for f, n in counts.items() if n >= _RARE or f[0] == "w")
        self._column = {feature: n for n, feature in enumerate(self.vocabulary)}
        seen = np.array([counts[f] for f in self.vocabulary], dtype=np.float64)
        self.idf = np.log((1 + len(rows)) / (1 + seen)) + 1

    def vectors(self, rows: Iterable[_Row]) -> csr_matrix:
        """Rows of length one over these features."""
        starts, columns, values = [0], [], []
        for row in rows:
            own = sorted(self._column[f] for f in row.features if f in self._column)
            weights = self.idf[own]
            length = float(np.sqrt((weights**2).sum())) or 1.0
            columns += own
            values += (weights / length).tolist()
            starts.append(len(columns))
        shape = (len(starts) - 1, len(self.vocabulary))
        return csr_matrix((values, columns, starts), shape=shape)


def _margins(
    space: _Space, rows: Sequence[_Row], intents: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """One-vs-rest weights (features by intents) and bias; the background is one more "rest"."""
    vectors = space.vectors(rows)
    weights = np.zeros((len(space.vocabulary), len(intents)))
    bias = np.zeros(len(intents))
    for column, intent in enumerate(intents):
        machine = LinearSVC(C=_C, random_state=_SEED)
        machine.fit(vectors, [row.intent == intent for row in rows])
        weights[:, column] = machine.coef_[0]
        bias[column] = machine.intercept_[0]
    return weights, bias


def _language(space: _Space, rows: Sequence[_Row]) -> tuple[NDArray[np.float64], float]:
    """Weights that tell English (above zero) from romanised Hindi, where the file says which."""
    known = [row for row in rows if row.language in ("en", "hi-Latn")]
    if len({row.language for row in known}) < 2:
        return np.zeros(len(space.vocabulary)), 0.0
    machine = LinearSVC(C=_C, random_state=_SEED)
    machine.fit(space.vectors(known), [row.language == "en" for row in known])
    return machine.coef_[0], float(machine.intercept_[0])


def _platt(rows: Sequence[_Row], intents: Sequence[str]) -> tuple[float, float]:
    """Fit confidence to the top margin of messages the weights have not seen.

    In each fifth of the messages a fifth of the intents is unknown too, and stands for what nobody
    foresaw.
    """
    order = list(range(len(rows)))
    random.Random(_SEED).shuffle(order)  # noqa: S311 -- repeatable, not secret
    shuffled = list(intents)
    random.Random(_SEED).shuffle(shuffled)  # noqa: S311 -- repeatable, not secret
    margins: list[float] = []
    right: list[bool] = []
    foreign: list[bool] = []
    for fold in range(_FOLDS):
        unknown = set(shuffled[fold::_FOLDS]) if len(intents) > _FOLDS else set()
        held = set(order[fold::_FOLDS])
        seen = [r for n, r in enumerate(rows) if n not in held and r.intent not in unknown]
        known = [i for i in intents if i not in unknown and any(r.intent == i for r in seen)]
        asked = [r for n, r in enumerate(rows) if n in held]
        space = _Space(seen)
        weights, bias = _margins(space, seen, known)
        scores = space.vectors(asked) @ weights + bias
        for row, score in zip(asked, scores, strict=True):
            top = int(np.argmax(score))
            margins.append(float(score[top]))
            right.append(known[top] == row.intent)
            foreign.append(row.intent == BACKGROUND or row.intent in unknown)
    return _scale(margins, right, foreign)


def _scale(
    margins: Sequence[float], right: Sequence[bool], foreign: Sequence[bool]
) -> tuple[float, float]:
    """The slope and offset at which confidence is the share of right answers."""
    strangers = sum(foreign)
    weight = (
        OUT_OF_SCOPE_SHARE * (len(foreign) - strangers) / ((1 - OUT_OF_SCOPE_SHARE) * strangers)
        if strangers
        else 1.0
    )
    if len(set(right)) < 2:
        return 4.0, 2.0  # too little data to fit: surest at the margin's edge
    machine = LogisticRegression(C=1e6)
    machine.fit(
        np.array(margins)[:, None],
        list(right),
        sample_weight=[weight if f else 1.0 for f in foreign],
    )
    return float(machine.coef_[0][0]), float(machine.intercept_[0])


def _short(rows: Sequence[_Row]) -> dict[str, str]:
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


def _telling(rows: Sequence[_Row]) -> _Telling:
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
        elif counts["en"][word] + counts["hi-Latn"][word] >= _RARE:
            (english if in_english > in_hindi else hindi).append(word)
    if not totals["en"] or not totals["hi-Latn"]:
        return _Telling((), (), ())
    return _Telling(tuple(english), tuple(hindi), tuple(shared))
