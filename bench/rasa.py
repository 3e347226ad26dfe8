"""`make bench-nlu`: the embedded engine and Rasa, trained on the same examples, side by side.

Rasa is measured with the pipeline of config.yml and, with BENCH_LONG=1, with DIET, its own
classifier, as bench/rasa-diet.yml has it. Each is trained, started, and asked every message of
unseen.tsv one after another, as the product asks: over HTTP, on a connection that is kept. `alone`
is what Rasa says; `answers` is what people get, where our rules see danger first.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from statistics import mean

from app.rasa import RasaServer
from app.rasa_check import model_of
from bench.processes import BIJLI, MIB, ROOT, Program, ProgramFailed, run
from bench.results import FOLDER, percentile
from bot.nlu.model import BACKGROUND
from bot.nlu.rasa import RasaUnderstanding, read_intents
from bot.nlu.understand import Understander, load

DATA = ROOT / "data" / "intents.yml"
UNSEEN = ROOT / "tests" / "unit" / "nlu" / "unseen.tsv"
RASA = str(ROOT / ".venv-rasa" / "bin" / "rasa")
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "2"}
LIGHT = {"rasa light": ROOT / "config.yml"}
DIET = {"rasa DIET, 10 epochs": ROOT / "bench" / "rasa-diet.yml"}
WARM_UP = 50  # messages before the clock runs
STARTS_WITHIN = 300.0  # seconds
PATIENCE = 30.0  # seconds for an answer: here we want to know how long it takes
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
HEAD = ("engine", "answers", "alone", "p50 ms", "p99 ms", "MiB", "ready s", "training s")


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of one engine."""

    engine: str
    answers: float  # share of right ones, as people get them
    alone: float  # the same without our rules beside it
    p50: float  # milliseconds
    p99: float
    memory: float  # MiB, resident after the messages
    ready: float  # seconds from its start to its first answer
    training: float  # seconds

    def line(self) -> str:
        """The row as it is printed."""
        shown = (f"{self.answers:.3f}", f"{self.alone:.3f}")
        times = (f"{self.p50:.2f}", f"{self.p99:.2f}", f"{self.memory:.0f}")
        return _line((self.engine, *shown, *times, f"{self.ready:.1f}", f"{self.training:.0f}"))


def _line(cells: Iterable[str]) -> str:
    first, *rest = cells
    return f"{first:22}" + "".join(f"{it:>11}" for it in rest)


async def main(pipelines: Mapping[str, Path]) -> int:
    """Measure, print and keep; 1 where an engine failed."""
    lines = UNSEEN.read_text(encoding="utf-8").splitlines()
    read = (line.rpartition("\t") for line in lines)
    messages = [(text, intent) for text, _, intent in read if intent]
    print(f"{len(messages)} messages nobody was trained on")
    print(_line(HEAD), flush=True)
    rows = []
    with tempfile.TemporaryDirectory(prefix="bijli-rasa-") as name:
        folder = Path(name)
        rows.append(_embedded(messages, folder))
        print(rows[0].line(), flush=True)
        own = load(folder / "nlu")
        for engine, pipeline in pipelines.items():
            try:
                rows.append(await _rasa(engine, pipeline, messages, own, folder))
            except ProgramFailed as error:
                print(f"# {engine} failed: {error}", file=sys.stderr)
                return 1
            print(rows[-1].line(), flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(it) for it in rows], indent=2) + "\n"
    (FOLDER / "nlu_engines.json").write_text(text, encoding="utf-8")
    return 0


def _embedded(messages: list[tuple[str, str]], folder: Path) -> Row:
    train = (BIJLI, "nlu", "train", "--data", str(DATA), "--out", str(folder / "nlu"))
    trained = run(train, {}, folder / "train.log")
    loading = (
        "import pathlib, sys; from bot.nlu.understand import load; load(pathlib.Path(sys.argv[1]))"
    )
    loaded = run((sys.executable, "-c", loading, str(folder / "nlu")), {}, folder / "load.log")
    own = load(folder / "nlu")
    for text, _ in messages[:WARM_UP]:
        own.understand(text, NOW)
    right, times = [], []
    for text, intent in messages:
        since = time.perf_counter()
        result = own.understand(text, NOW)
        times.append(time.perf_counter() - since)
        right.append((result.intent or BACKGROUND) == intent)
    return Row(
        engine="embedded",
        answers=mean(right),
        alone=mean(right),
        p50=1e3 * percentile(times, 0.5),
        p99=1e3 * percentile(times, 0.99),
        memory=loaded.peak / MIB,
        ready=loaded.wall,
        training=trained.wall,
    )


async def _rasa(
    engine: str, pipeline: Path, messages: list[tuple[str, str]], own: Understander, folder: Path
) -> Row:
    name = pipeline.stem
    train = (RASA, "train", "nlu", "--config", str(pipeline), "--nlu", str(DATA))
    out = ("--out", str(folder), "--fixed-model-name", name)
    uncached = {"RASA_CACHE_DIRECTORY": str(folder / f"{name}-cache")}
    trained = run((*train, *out), QUIET | uncached, folder / f"{name}.log")
    with _serving(folder / f"{name}.tar.gz", folder / f"{name}-run.log") as (program, origin):
        ready = program.age()
        server = RasaServer(origin, PATIENCE)
        whole = RasaUnderstanding(server.ask, own, lambda _: None)
        for text, _ in messages[:WARM_UP]:
            await whole.meaning(text, NOW)
        right, alone, times = [], [], []
        for text, intent in messages:
            since = time.perf_counter()
            payload = await server.ask(text)
            times.append(time.perf_counter() - since)
            alone.append(_alone(payload) == intent)
            right.append(((await whole.meaning(text, NOW)).intent or BACKGROUND) == intent)
        await server.close()
        memory = program.memory() / MIB
    return Row(
        engine=engine,
        answers=mean(right),
        alone=mean(alone),
        p50=1e3 * percentile(times, 0.5),
        p99=1e3 * percentile(times, 0.99),
        memory=memory,
        ready=ready,
        training=trained.wall,
    )


def _alone(payload: object) -> str:
    """What Rasa itself takes a message for; it refuses by its fallback, too."""
    named, _ = read_intents(payload)
    return BACKGROUND if named == "nlu_fallback" else named


@contextmanager
def _serving(model: Path, log: Path) -> Iterator[tuple[Program, str]]:
    """Rasa with this model, ready."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    command = (RASA, "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), "-m", str(model))
    program = Program(command, {**os.environ, **QUIET}, log)
    try:
        until = time.monotonic() + STARTS_WITHIN
        while not _has(origin, model.name):
            program.check()
            if time.monotonic() > until:
                raise ProgramFailed(f"Rasa did not start:\n{program.tail()}")
            time.sleep(0.1)
        yield program, origin
    finally:
        program.stop()


def _has(origin: str, model: str) -> bool:
    try:
        return model_of(origin, 5) == model
    except (OSError, HTTPException, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(asyncio.run(main(LIGHT | DIET if os.environ.get("BENCH_LONG") else LIGHT)))
