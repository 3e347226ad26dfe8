"""Another domain's messages are learnt at least as well as by a plain scikit-learn pipeline."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

from bot.nlu.examples import Example, read_examples
from bot.nlu.model import BACKGROUND
from bot.nlu.train import fit, train
from bot.nlu.understand import Understander, as_json, load

DOMAINS = Path(__file__).parents[2] / "fixtures" / "nlu"
Answers = Sequence[str]


def ours(seen: Sequence[Example], asked: Sequence[str], now: datetime) -> Answers:
    """The likeliest intent, whatever is thought of its probability."""
    model = Understander(fit(seen))
    return [model.understand(text, now).ranking[0][0] for text in asked]


def plain(seen: Sequence[Example], asked: Sequence[str], _: datetime) -> Answers:
    pipeline = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        LinearSVC(random_state=0),
    )
    pipeline.fit([it.text for it in seen], [it.intent for it in seen])
    return [str(it) for it in pipeline.predict(list(asked))]


def right(
    answer: Callable[[Sequence[Example], Sequence[str], datetime], Answers],
    examples: Sequence[Example],
    now: datetime,
) -> float:
    """The share of messages understood, each asked about by a model that never saw it."""
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    labels = [it.intent for it in examples]
    hits: list[bool] = []
    for seen, asked in folds.split(np.zeros(len(labels)), labels):
        found = answer([examples[n] for n in seen], [examples[n].text for n in asked], now)
        hits += [examples[n].intent == it for n, it in zip(asked, found, strict=True)]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("domain", ["bank", "railway"])
def test_another_domain_is_learnt_as_well_as_by_a_plain_pipeline(
    domain: str, now: datetime
) -> None:
    wishes = [it for it in read_examples(DOMAINS / f"{domain}.yml") if it.intent != BACKGROUND]

    assert len({it.intent for it in wishes}) == 20
    assert right(ours, wishes, now) >= right(plain, wishes, now)


@pytest.mark.parametrize("domain", ["bank", "railway"])
def test_another_domain_knows_what_is_not_its_own(
    domain: str, now: datetime, tmp_path: Path
) -> None:
    data = DOMAINS / f"{domain}.yml"
    train(data, tmp_path)
    model = load(tmp_path, data)

    result = model.understand("zzzz qqqq", now)
    assert as_json("zzzz qqqq", result)["intent"] == {
        "name": "out_of_scope",
        "confidence": result.confidence,
    }
    for it in read_examples(data):
        expected = None if it.intent == BACKGROUND else it.intent
        assert model.understand(it.text, now).intent in {expected, None}, it.text


def test_our_own_words_mean_nothing_in_another_domain(now: datetime, tmp_path: Path) -> None:
    data = DOMAINS / "bank.yml"
    train(data, tmp_path)
    model = load(tmp_path, data)

    sparks = model.understand("there are sparks and fire at the transformer", now)
    assert sparks.intent in {None, *model.intents}
    assert model.understand("for 901010000123 in hindi, the second one", now).entities == ()
