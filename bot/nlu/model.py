"""The trained weights: words in, one margin for each intent out. Needs numpy alone."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.nlu.decision import logistic, logit
from bot.nlu.features import key_of, pair_feature, pieces, word_feature

FILE_NAME = "nlu.npz"
BACKGROUND = "out_of_scope"  # the intent whose messages are "none of these"
_CACHED_WORDS = 6000

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Certainty:
    """From margins to probabilities (Platt): logistic curves fitted to messages left out."""

    slope: float
    against: float  # how much the background's margin tells against every intent
    offset: float
    offered_slope: float = 1.0  # from the odds of the first guess to those of the first few
    offered_offset: float = 0.0

    def of(self, margin: float, background: float) -> float:
        """The probability that an intent with this margin is right."""
        return logistic(self.slope * margin + self.against * background + self.offset)

    def sure_when_offered(self, chance: float) -> float:
        """How sure the first guess is where the right one is among the first few by this chance."""
        return logistic((logit(chance) - self.offered_offset) / self.offered_slope)


@dataclass(frozen=True, slots=True)
class About:
    """What a model knows beside its weights."""

    data_hash: str
    code_hash: str  # features made by other code mean nothing to these weights
    intents: tuple[str, ...]  # one column each, in this order
    certainty: Certainty
    short: Mapping[str, str]  # messages of one or two words, by sound, and the intent they mean
    english: tuple[str, ...]  # sounds known to be English
    hindi: tuple[str, ...]  # sounds known to be romanised Hindi
    shared: tuple[str, ...]  # sounds about as common in both


@dataclass(frozen=True, slots=True)
class Scores:
    """What the weights say of one message."""

    margins: Floats  # one for each of `About.intents`
    background: float  # the margin of "none of these"
    language: float  # above zero: English; below: romanised Hindi


class Model:
    """Weights over features: one gather and one sum a message.

    Columns: the intents, the background, the language, and the squared length that each feature
    adds to the message.
    """

    def __init__(
        self, about: About, vocabulary: Sequence[str], weights: Floats, bias: Floats
    ) -> None:
        self.about = about
        self._vocabulary = {feature: row for row, feature in enumerate(vocabulary)}
        self._weights = weights
        self._bias = bias
        self._rows: dict[str, tuple[str, frozenset[int]]] = {}

    @property
    def size(self) -> int:
        """How many features it knows."""
        return len(self._vocabulary)

    def score(self, words: Sequence[str]) -> Scores:
        """Margins of a message; those of an empty or wholly unknown one are the bias."""
        known = [self._known(word) for word in dict.fromkeys(words)]
        rows = [found for _, found in known]
        rows.append(self._pairs([self._known(word)[0] for word in words]))
        every = np.fromiter(frozenset().union(*rows), np.int32)
        total = self._weights[every].sum(axis=0)
        length = math.sqrt(float(total[-1])) or 1.0
        margins = total[:-1] / np.float32(length) + self._bias
        return Scores(margins[:-2], float(margins[-2]), float(margins[-1]))

    def _known(self, word: str) -> tuple[str, frozenset[int]]:
        """The sound key of a word and the rows of its features."""
        found = self._rows.get(word)
        if found is None:
            look_up = self._vocabulary.get
            key = key_of(word)
            rows = {look_up(piece) for piece in pieces(word)}
            rows.add(look_up(word_feature(key)))
            rows.discard(None)
            found = key, frozenset(row for row in rows if row is not None)
            if len(self._rows) >= _CACHED_WORDS:
                self._rows.clear()  # rare, and cheaper than keeping count of use
            self._rows[word] = found
        return found

    def _pairs(self, keys: Sequence[str]) -> frozenset[int]:
        look_up = self._vocabulary.get
        edged = ("^", *keys, "$")
        rows = (look_up(pair_feature(a, b)) for a, b in pairwise(edged))
        return frozenset(row for row in rows if row is not None)

    def save(self, folder: Path) -> Path:
        """Write the model as one file, in one move."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE_NAME
        draft = folder / f"{FILE_NAME}.draft.npz"
        np.savez(
            draft,
            about=_as_bytes(json.dumps(asdict(self.about), ensure_ascii=False)),
            vocabulary=_as_bytes("\n".join(self._vocabulary)),
            weights=self._weights.astype(np.float16),  # half the file, the same answers
            bias=self._bias,
        )
        draft.replace(path)
        return path

    @classmethod
    def load(cls, folder: Path) -> "Model":
        """Read a model. FileNotFoundError without one; a broken or old one raises others."""
        with np.load(folder / FILE_NAME, allow_pickle=False) as file:
            about = read_about(_as_text(file["about"]))
            vocabulary = _as_text(file["vocabulary"]).split("\n")
            return cls(about, vocabulary, file["weights"].astype(np.float32), file["bias"])


def read_about(text: str) -> About:
    """Read what stands beside the weights; TypeError when another version wrote it."""
    raw = json.loads(text)
    about: Mapping[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    return About(**{**about, "certainty": Certainty(**about["certainty"])})


def peek(folder: Path) -> About | None:
    """What a saved model says of itself, without its weights; None without a readable one."""
    try:
        with np.load(folder / FILE_NAME, allow_pickle=False) as file:
            return read_about(_as_text(file["about"]))
    except (OSError, ValueError, KeyError, TypeError, BadZipFile):
        return None


def _as_bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _as_text(raw: NDArray[np.uint8]) -> str:
    return raw.tobytes().decode()
