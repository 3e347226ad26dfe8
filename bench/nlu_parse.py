"""Understanding one message, on one core; the size is the message's length in characters.

Against what scikit-learn needs for the classifying alone: tf-idf of words and of pieces of words,
and a LinearSVC, trained on the same examples. It finds no values and no language. We hold the whole
to a tenth of its time; `classify_us` is our classifying alone.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.house import Houses
from bench.processes import ROOT
from bench.results import Result, median, percentile

ROUNDS = 3
MESSAGES = 1000  # a round
_SAID = (
    "mera bill kitna hai 901010000123",
    "मेरा बिल कितना है 901010000123",
    "what is my bill for 901010000123",
    "bijli nahi aa rahi subah 6 baje se",
    "हमारे मोहल्ले में लाइट नहीं है",
    "no power in our street since morning",
    "naya connection lena hai dukan ka",
    "नया कनेक्शन कैसे मिलेगा",
    "1,240 rupaye ka payment kar diya",
    "मैंने पाँच सौ रुपये जमा किए",
    "my payment failed but money is cut",
    "meter ki reading galat aayi hai",
    "मीटर तेज़ चल रहा है",
    "transformer se chingari nikal rahi",
    "status of complaint CMP-2611-0042",
    "load 2 kw se 5 kw karwana hai",
    "pichle mahine ka bill bhej do",
    "नाम बदलवाना है बिल में",
    "kya kal light jayegi hamare yahan",
    "talk to a person please",
)


async def measure(houses: Houses, sizes: tuple[int, ...]) -> AsyncIterator[Result]:
    """One result for each length."""
    from bot.nlu.examples import read_examples
    from bot.nlu.features import words_of
    from bot.nlu.model import Model
    from bot.nlu.normalise import normalise
    from bot.nlu.tokens import split
    from bot.nlu.understand import load

    data = ROOT / "data" / "intents.yml"
    understander = load(ROOT / "var" / "nlu")
    model = Model.load(ROOT / "var" / "nlu")
    now = datetime.now(UTC)

    def classify(text: str) -> object:
        return model.score(words_of(split(normalise(text).text), ()))

    bare = _classifier([(it.text, it.intent) for it in read_examples(data)])
    for size in sizes:
        yield _measure(size, lambda text: understander.understand(text, now), bare, classify)


@dataclass(frozen=True, slots=True)
class _Round:
    cpu: float  # seconds a message
    times: list[float]


def _measure(
    size: int,
    ours: Callable[[str], object],
    bare: Callable[[str], object],
    classify: Callable[[str], object],
) -> Result:
    messages = _messages(size)
    own_rounds, bare_rounds = [], []
    for _ in range(ROUNDS):
        own_rounds.append(_round(messages, ours))
        bare_rounds.append(_round(messages, bare))
    classified = _round(messages, classify)
    times = [time for it in own_rounds for time in it.times]
    return Result(
        name=f"nlu_parse@{size}",
        value=median([1 / it.cpu for it in own_rounds]),
        unit="messages/cpu-s",
        ratio=median([b.cpu / a.cpu for a, b in zip(own_rounds, bare_rounds, strict=True)]),
        denominator="sklearn-tfidf-linearsvc",
        beside={
            "p50_us": 1e6 * percentile(times, 0.5),
            "p99_us": 1e6 * percentile(times, 0.99),
            "classify_us": 1e6 * percentile(classified.times, 0.5),
            "bare_p50_us": 1e6 * median([percentile(it.times, 0.5) for it in bare_rounds]),
        },
    )


def _messages(size: int) -> list[str]:
    """What people write, joined and cut to about this length."""
    joined = []
    for start in range(len(_SAID)):
        turned = (*_SAID[start:], *_SAID[:start])
        joined.append(" ".join(turned)[:size].strip())
    return [joined[n % len(joined)] for n in range(MESSAGES)]


def _round(messages: Sequence[str], understand: Callable[[str], object]) -> _Round:
    times = []
    began = time.process_time()
    for text in messages:
        since = time.perf_counter()
        understand(text)
        times.append(time.perf_counter() - since)
    return _Round((time.process_time() - began) / len(messages), times)


def _classifier(examples: Sequence[tuple[str, str]]) -> Callable[[str], object]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(ngram_range=(1, 2))
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5))
    pipeline = make_pipeline(make_union(words, pieces), LinearSVC())
    texts, intents = zip(*examples, strict=True)
    pipeline.fit(texts, intents)
    return lambda text: pipeline.predict([text])
