"""`bijli nlu`: train, parse, eval."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.nlu import understand

FAILED, UNUSABLE = 1, 2


def train(data: Path, out: Path) -> int:
    """Train on a file of examples, unless the model there is of the same data and code."""
    from bot.nlu.train import train as run

    if not data.is_file():
        return _unusable(f"{data} is not there; name a file of examples in Rasa NLU YAML.")
    report = run(data, out)
    print(report)
    return 0


def parse(model: Path) -> int:
    """One JSON object for each line of standard input."""
    understander = _load(model)
    if understander is None:
        return FAILED
    moment = _now()
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        result = understander.understand(text, moment)
        print(json.dumps(understand.as_json(text, result), ensure_ascii=False), flush=True)
    return 0


def evaluate(tsv: Path, model: Path) -> int:
    """Print how a model does on labelled messages."""
    from bot.nlu.evaluate import evaluate as run

    if not tsv.is_file():
        return _unusable(f"{tsv} is not there; name a file of lines `text<TAB>intent`.")
    understander = _load(model)
    if understander is None:
        return FAILED
    print(run(understander, tsv))
    return 0


def _load(model: Path) -> understand.Understander | None:
    try:
        return understand.load(model)
    except (understand.ModelMissing, understand.ModelStale) as error:
        print(error, file=sys.stderr)
        return None


def _now() -> datetime:
    """This moment, or the one that BIJLI_NOW fixes."""
    fixed = os.environ.get("BIJLI_NOW")
    return datetime.fromisoformat(fixed) if fixed else datetime.now(UTC)


def _unusable(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return UNUSABLE
