"""Training messages as numbers, and the margins learnt from them. For training alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.svm import LinearSVC

SEED = 0
RARE = 2  # a piece of a word seen in fewer messages than this teaches nothing
_C = 1.0
# A word has a dozen pieces, which would drown it: its sound counts for two, a pair for 1.5.
# Where a message begins and ends says less.
_WORD, _PAIR, _EDGE, _PIECE = 2.0, 1.5, 1.2, 1.0

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """A training message as the classifier sees it."""

    words: tuple[str, ...]
    features: frozenset[str]
    intent: str
    language: str
    batch: str


class Table:
    """Messages, and which features each has."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.features = sorted({feature for row in rows for feature in row.features})
        column = {feature: n for n, feature in enumerate(self.features)}
        starts, columns = [0], []
        for row in rows:
            columns += sorted(column[feature] for feature in row.features)
            starts.append(len(columns))
        shape = (len(rows), len(self.features))
        self.has = csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)
        self.is_word = np.array([feature[0] == "w" for feature in self.features])


class Space:
    """The features of some messages of a table, and how much each counts: the more, the rarer."""

    def __init__(self, table: Table, members: Sequence[int]) -> None:
        counts = np.asarray(table.has[members].sum(axis=0)).ravel()
        self._columns = np.flatnonzero((counts >= RARE) | (table.is_word & (counts > 0)))
        self._table = table
        self.vocabulary = [table.features[n] for n in self._columns]
        rare = np.log((1 + len(members)) / (1 + counts[self._columns])) + 1
        self.weights = rare * np.array([_loudness(feature) for feature in self.vocabulary])

    def vectors(self, members: Sequence[int]) -> csr_matrix:
        """Any messages of the table, as rows of length one over these features."""
        rows = self._table.has[members][:, self._columns] @ diags(self.weights)
        lengths = np.sqrt(np.asarray(rows.power(2).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        return csr_matrix(diags(1 / lengths) @ rows)


def _loudness(feature: str) -> float:
    if feature[0] == "p":
        return _EDGE if feature.startswith("p^ ") or feature.endswith(" $") else _PAIR
    return _WORD if feature[0] == "w" else _PIECE


def margins(
    vectors: csr_matrix, labels: Sequence[str], wanted: Sequence[str]
) -> tuple[Numbers, Numbers]:
    """One-vs-rest weights (features by labels wanted) and bias; nothing for a label unseen."""
    weights = np.zeros((vectors.shape[1], len(wanted)))
    bias = np.zeros(len(wanted))
    if len(set(labels)) < 2:
        return weights, bias
    machine = LinearSVC(C=_C, random_state=SEED)
    machine.fit(vectors, list(labels))
    coefficients, intercepts = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # one line tells two apart
        coefficients = np.vstack((-coefficients, coefficients))
        intercepts = np.append(-intercepts, intercepts)
    place = {label: n for n, label in enumerate(machine.classes_)}
    for column, label in enumerate(wanted):
        if label in place:
            weights[:, column] = coefficients[place[label]]
            bias[column] = intercepts[place[label]]
    return weights, bias


def by_batches(table: Table, members: Sequence[int], most: int) -> list[list[int]]:
    """Messages in groups of about one size, at most so many, no batch in two of them."""
    sizes = Counter(table.rows[n].batch for n in members)
    groups: list[set[str]] = [set() for _ in range(min(most, len(sizes)))]
    filled = [0] * len(groups)
    for batch, size in sorted(sizes.items(), key=lambda it: (-it[1], it[0])):
        smallest = filled.index(min(filled))
        filled[smallest] += size
        groups[smallest].add(batch)
    return [[n for n in members if table.rows[n].batch in group] for group in groups]
