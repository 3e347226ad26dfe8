"""From margins to probabilities: how often the first guess is right for people we never heard."""

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.decision import OFFERED
from bot.nlu.model import BACKGROUND, Certainty
from bot.nlu.space import SEED, Numbers, Space, Table, by_batches, margins

OUT_OF_SCOPE_SHARE = 0.25  # of the messages people send, so many are assumed not to be ours
UNFORESEEN_SHARE = 0.2  # of those, so many are assumed to be like nothing in the background
_FOLDS = 5
_KNOWN, _BACKGROUND, _UNFORESEEN = "known", "background", "unforeseen"
_FREE = 1e6  # next to no regularisation: two or three numbers are fitted to thousands


class _Guess(NamedTuple):
    """What weights that never saw a message say of it."""

    margin: float  # of the first guess
    background: float  # the margin of "none of these"
    right: bool
    offered: bool  # the right one is among the likeliest that we would offer
    kind: str  # known, background, or an intent that these weights were not taught


def calibrate(table: Table, members: Sequence[int], intents: Sequence[str]) -> Certainty:
    """Fit probabilities to messages left out of training, a fifth at a time.

    Whole batches where the file names them, as nobody writes like anybody else. In each fifth of
    the messages a fifth of the intents is unknown too, and stands for what nobody foresaw.
    """
    folds = enumerate(_folds(table, members))
    guesses = [it for n, held in folds for it in _guesses(table, members, held, intents, n)]
    right = [it.right for it in guesses]
    if len(set(right)) < 2:
        return Certainty(4.0, 0.0, 2.0)  # too little to fit: surest at the margin's edge
    weights = _weights([it.kind for it in guesses])
    seen = np.array([(it.margin, it.background) for it in guesses])
    (slope, against), offset = _logistic(seen, right, weights)
    first = Certainty(slope, against, offset)
    offered = [it.offered for it in guesses]
    if len(set(offered)) < 2:
        return first
    logits = seen @ np.array([slope, against]) + offset
    (offered_slope,), offered_offset = _logistic(logits[:, None], offered, weights)
    return Certainty(slope, against, offset, offered_slope, offered_offset)


def _logistic(
    seen: Numbers, true: Sequence[bool], weights: Sequence[float]
) -> tuple[list[float], float]:
    machine = LogisticRegression(C=_FREE)
    machine.fit(seen, list(true), sample_weight=list(weights))
    return machine.coef_[0].tolist(), float(machine.intercept_[0])


def _guesses(
    table: Table, members: Sequence[int], held: Sequence[int], intents: Sequence[str], fold: int
) -> Iterator[_Guess]:
    unknown: set[str] = set()
    if len(intents) > _FOLDS:
        unknown = {intents[n] for n in _shuffled(range(len(intents)))[fold::_FOLDS]}
    left_out, rows = set(held), table.rows
    seen = [n for n in members if n not in left_out and rows[n].intent not in unknown]
    labels = [rows[n].intent for n in seen]
    known = [intent for intent in intents if intent in set(labels)]
    if len(known) < 2 or not held:
        return
    space = Space(table, seen)
    weights, bias = margins(space.vectors(seen), labels, [*known, BACKGROUND])
    for n, scores in zip(held, space.vectors(held) @ weights + bias, strict=True):
        best = [known[place] for place in np.argsort(-scores[:-1], kind="stable")[:OFFERED]]
        yield _Guess(
            margin=float(scores[:-1].max()),
            background=float(scores[-1]),
            right=best[0] == rows[n].intent,
            offered=rows[n].intent in best,
            kind=_kind(rows[n].intent, known),
        )


def _kind(intent: str, present: Collection[str]) -> str:
    if intent == BACKGROUND:
        return _BACKGROUND
    return _KNOWN if intent in present else _UNFORESEEN


def _weights(kinds: Sequence[str]) -> list[float]:
    """How much each message counts, so that every kind has the share we assume it has."""
    shares = {
        _KNOWN: 1 - OUT_OF_SCOPE_SHARE,
        _BACKGROUND: OUT_OF_SCOPE_SHARE * (1 - UNFORESEEN_SHARE),
        _UNFORESEEN: OUT_OF_SCOPE_SHARE * UNFORESEEN_SHARE,
    }
    counts = Counter(kinds)
    if not counts[_BACKGROUND]:
        shares[_UNFORESEEN] = OUT_OF_SCOPE_SHARE
    return [len(kinds) * shares[kind] / counts[kind] for kind in kinds]


def _folds(table: Table, members: Sequence[int]) -> list[list[int]]:
    """The messages to leave out: whole batches, or any where there are too few batches."""
    groups = by_batches(table, members, _FOLDS)
    if len(groups) == _FOLDS:
        return groups
    order = _shuffled(members)
    return [order[fold::_FOLDS] for fold in range(_FOLDS)]


def _shuffled(numbers: Sequence[int]) -> list[int]:
    """In an order that is the same every time, and not that of the file."""
    order = list(numbers)
    random.Random(SEED).shuffle(order)  # noqa: S311 -- repeatable, not secret
    return order
