"""Training messages as numbers, and the margins learnt from them. For training alone."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

SEED = 0
RARE = 2  # a piece of a word seen in fewer messages than this teaches nothing
_C = 1.0

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A training message as the classifier sees it."""

    words: tuple[str, ...]
    features: frozenset[str]
    intent: str
    language: str
    batch: str


class Space:
    """The features of some messages, and how rare each is."""

    def __init__(self, rows: Sequence[Row]) -> None:
        counts = Counter(feature for row in rows for feature in row.features)
        self.vocabulary = sorted(f for f, n in counts.items() if n >= RARE or f[0] == "w")
        self._column = {feature: n for n, feature in enumerate(self.vocabulary)}
        seen = np.array([counts[f] for f in self.vocabulary], dtype=np.float64)
        self.idf = np.log((1 + len(rows)) / (1 + seen)) + 1

    def vectors(self, rows: Iterable[Row]) -> csr_matrix:
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


def margin(vectors: csr_matrix, is_it: Sequence[bool]) -> tuple[Numbers, float]:
    """Weights and bias that tell these messages from the rest; nothing where all are alike."""
    if len(set(is_it)) < 2:
        return np.zeros(vectors.shape[1]), 0.0
    machine = LinearSVC(C=_C, random_state=SEED)
    machine.fit(vectors, is_it)
    return machine.coef_[0], float(machine.intercept_[0])


def margins(space: Space, rows: Sequence[Row], intents: Sequence[str]) -> tuple[Numbers, Numbers]:
    """One-vs-rest weights (features by intents) and bias."""
    vectors = space.vectors(rows)
    found = [margin(vectors, [row.intent == intent for row in rows]) for intent in intents]
    weights, biases = zip(*found, strict=True)
    return np.column_stack(weights), np.array(biases)
