"""Text in, `NluResult` out: normalise, find values, classify, settle the language."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np

from bot.nlu.decision import Costs, answer_at, offer_at
from bot.nlu.entities import find_entities, raw_entities
from bot.nlu.features import key_of, words_of
from bot.nlu.language import by_script, by_words
from bot.nlu.model import BACKGROUND, Model, Scores
from bot.nlu.normalise import normalise
from bot.nlu.places import Places
from bot.nlu.result import NluResult
from bot.nlu.safety import SAFETY, is_dangerous
from bot.nlu.tokens import split

_RANKED = 5  # intents in a ranking
_CERTAIN = 0.97  # confidence of a rule
_TRAIN = "bijli nlu train --data data/intents.yml --out var/nlu"


class ModelMissing(Exception):
    """There is no trained model."""


class ModelStale(Exception):
    """The model was trained on other messages or by another version."""


class Understander:
    """The embedded understanding; made by `load`."""

    def __init__(self, model: Model, costs: Costs | None = None) -> None:
        self._certainty = model.about.certainty
        costs = costs or Costs()
        self.answer_at = answer_at(costs)  # at once; below it, offer what it might be
        # Below it the message is not ours.
        self.offer_at = offer_at(costs, self._certainty.sure_when_offered)
        self._places = Places()
        self._model = model
        self._intents = model.about.intents
        self.intents = frozenset(model.about.intents)  # without the background
        self._english = frozenset(model.about.english)
        self._hindi = frozenset(model.about.hindi)
        self._shared = frozenset(model.about.shared)
        self._is_ours = is_ours(self.intents)

    def know(self, places: Places) -> None:
        """Find these places in messages from now on."""
        self._places = places

    async def meaning(self, text: str, now: datetime) -> NluResult:
        """`understand`, for those who would wait for an engine elsewhere."""
        return self.understand(text, now)

    def understand(self, text: str, now: datetime) -> NluResult:
        """Understand one message. Looks at 300 characters, 60 words, and never raises."""
        normal = normalise(text)
        tokens = split(normal.text)
        found = find_entities(normal.text, tokens, now, self._places) if self._is_ours else []
        words = words_of(tokens, found)
        scores = self._model.score(words)
        language = self._language(normal.text, words, scores.language)
        certain = self._by_rule(words)
        ranking = self._rank(scores, certain)
        intent, confidence = ranking[0]
        ours = words and certain != BACKGROUND and confidence >= self.offer_at
        entities = raw_entities(found, normal)
        return NluResult(intent if ours else None, confidence, ranking, entities, language)

    def _by_rule(self, words: Sequence[str]) -> str | None:
        """The intent that needs no votes: danger, or a message of a word or two that we know."""
        if self._is_ours and is_dangerous(words):
            return SAFETY
        if 0 < len(words) <= SHORT_WORDS:
            return self._model.about.short.get(short_key(words))
        return None

    def _rank(self, scores: Scores, certain: str | None) -> tuple[tuple[str, float], ...]:
        order = np.argsort(-scores.margins, kind="stable")[:_RANKED].tolist()
        sure, background = self._certainty.of, scores.background
        ranking = [(self._intents[i], sure(float(scores.margins[i]), background)) for i in order]
        if certain is None:
            return tuple(ranking)
        if certain == BACKGROUND:
            return tuple((name, min(c, 1 - _CERTAIN)) for name, c in ranking)
        rest = [(name, min(c, _CERTAIN)) for name, c in ranking if name != certain]
        own = next((c for name, c in ranking if name == certain), 0.0)
        return ((certain, max(own, _CERTAIN)), *rest)

    def _language(self, text: str, words: Sequence[str], margin: float) -> str:
        script = by_script(text)
        if script != "Latn":
            return script
        if not self._english:
            return ""  # its messages did not say which language they are in
        keys = [key_of(w) for w in words if w[0].isalpha()]
        return by_words(
            margin,
            english=sum(key in self._english for key in keys),
            hindi=sum(key in self._hindi for key in keys),
            shared=sum(key in self._shared for key in keys),
            words=len(keys),
        )


def is_ours(intents: Collection[str]) -> bool:
    """Whether a domain is that of this project, where danger and our values are looked for."""
    return SAFETY in intents


SHORT_WORDS: Final = 2


def short_key(words: Sequence[str]) -> str:
    """How a short message is remembered: by its sounds."""
    return " ".join(key_of(word) for word in words)


def load(model_dir: Path, data: Path | None = None, costs: Costs | None = None) -> Understander:
    """Load a trained model from a folder.

    ModelMissing without one; ModelStale when it is of another version or, with `data`, was not
    trained on it.
    """
    try:
        model = Model.load(model_dir)
    except FileNotFoundError as error:
        raise ModelMissing(f"There is no trained model in {model_dir}. Run: {_TRAIN}") from error
    except (ValueError, KeyError, OSError, TypeError, BadZipFile) as error:
        raise ModelStale(f"The model in {model_dir} cannot be read. Run: {_TRAIN}") from error
    if model.about.code_hash != code_hash():
        raise ModelStale(f"The model in {model_dir} is of another version. Run: {_TRAIN}")
    if data is not None and data_hash(data) != model.about.data_hash:
        raise ModelStale(f"{data} has changed since the model was trained. Run: {_TRAIN}")
    return Understander(model, costs)


def data_hash(data: Path) -> str:
    """What names the messages a model was trained on."""
    return hashlib.sha256(data.read_bytes()).hexdigest()


def code_hash() -> str:
    """What names the code that makes features: this folder, as it stands."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def as_json(text: str, result: NluResult) -> dict[str, object]:
    """A result as Rasa's `/model/parse` would give it: a refused message is `out_of_scope`.

    Rasa knows no message without a language: one is put down as English if it has Latin letters,
    else as Hindi.
    """
    return {
        "text": text,
        "intent": {"name": result.intent or BACKGROUND, "confidence": result.confidence},
        "intent_ranking": [{"name": n, "confidence": c} for n, c in result.ranking],
        "entities": [
            {"entity": e.entity, "value": e.value, "start": e.start, "end": e.end}
            for e in result.entities
        ],
        "language": result.language
        or ("en" if by_script(normalise(text).text) == "Latn" else "hi"),
    }
