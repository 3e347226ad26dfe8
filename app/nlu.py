"""`bijli nlu`: train, parse, eval."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import now
from app.places import places_of
from app.settings import Discom, fixed_now
from app.usage import Unusable
from bot.nlu import understand
from models.errors import Misconfigured

if TYPE_CHECKING:
    from bot.nlu.measures import Report


def train(data: Path, out: Path) -> int:
    """Train on a file of examples, unless the model there is of the same data and code."""
    from bot.nlu.examples import UnusableExamples
    from bot.nlu.train import train as run

    if not data.is_file():
        raise Unusable(f"{data} is not there; name a file of examples in Rasa NLU YAML.")
    try:
        print(run(data, out))
    except UnusableExamples as error:
        raise Unusable(str(error)) from error
    return 0


def parse(model: Path) -> int:
    """One JSON object for each line of standard input."""
    moment = fixed_now() or now()
    understander = _load(model)
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        result = understander.understand(text, moment)
        print(json.dumps(understand.as_json(text, result), ensure_ascii=False), flush=True)
    return 0


def evaluate(tsv: Path, model: Path, picture: Path | None) -> int:
    """Print and draw how a model does on labelled messages."""
    from bot.nlu.evaluate import UnusableTable
    from bot.nlu.evaluate import evaluate as run

    if not tsv.is_file():
        raise Unusable(f"{tsv} is not there; name a file of lines `text<TAB>intent`.")
    try:
        report = run(_load(model), tsv)
    except UnusableTable as error:
        raise Unusable(str(error)) from error
    return _show(report, picture or model / "eval.png")


def leave_batches_out(data: Path, model: Path, picture: Path | None) -> int:
    """Print and draw how training on a file does on people whom it never heard."""
    from bot.nlu.evaluate import leave_batches_out as run
    from bot.nlu.examples import UnusableExamples, read_examples

    try:
        report = run(read_examples(data))
    except UnusableExamples as error:
        raise Unusable(str(error)) from error
    return _show(report, picture or model / "batches.png")


def _show(report: Report, picture: Path) -> int:
    from app.nlu_chart import draw

    print(report)
    try:
        picture.parent.mkdir(parents=True, exist_ok=True)
        draw(report, picture)
    except OSError as error:
        raise Unusable(
            f"The picture cannot be written ({error}); name a file: --picture"
        ) from error
    print(f"Drawn: {picture}")
    return 0


def _load(model: Path) -> understand.Understander:
    try:
        understander = understand.load(model)
    except (understand.ModelMissing, understand.ModelStale) as error:
        raise Misconfigured(str(error)) from error
    understander.know(places_of(Discom().name))
    return understander
