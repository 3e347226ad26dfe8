"""`make bench`: every benchmark, printed and kept in bench/results. Name some to run only those.

BENCH_LONG=1 adds the million. BENCH_POSTGRES_URL names a PostgreSQL server to measure on; else a
private one is started where its programs are installed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench import import_bills, memory, nlu_parse, papers, startup, webhook_turn
from bench.databases import kinds
from bench.house import Houses
from bench.results import Result
from bench.sink import Sink


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What is measured, and at which sizes."""

    measure: Callable[[Houses, tuple[int, ...]], AsyncIterator[Result]]
    sizes: tuple[int, ...]
    long_sizes: tuple[int, ...]


CONSUMERS, MORE_CONSUMERS = (10_000, 100_000), (10_000, 100_000, 1_000_000)
BENCHMARKS = {
    "startup": Benchmark(startup.measure, CONSUMERS, MORE_CONSUMERS),
    "memory": Benchmark(memory.measure, CONSUMERS, MORE_CONSUMERS),
    "nlu_parse": Benchmark(nlu_parse.measure, (30, 300), (30, 300)),
    "webhook_turn": Benchmark(webhook_turn.measure, CONSUMERS, MORE_CONSUMERS),
    "papers": Benchmark(papers.measure, (10_000,), MORE_CONSUMERS),
    "import_bills": Benchmark(import_bills.measure, CONSUMERS, (100_000, 1_000_000)),
}


async def run(wanted: list[str], *, at_length: bool) -> int:
    """Run the benchmarks of these names; 1 where one of them failed."""
    sink = Sink()
    await sink.start()
    with tempfile.TemporaryDirectory(prefix="bijli-bench-") as name, kinds(Path(name)) as known:
        if len(known) == 1:
            print("# PostgreSQL: not measured, its programs are not installed", file=sys.stderr)
        houses = Houses(Path(name), known, sink)
        measured = [await _measured(it, houses, at_length=at_length) for it in wanted]
    await sink.stop()
    return 0 if all(measured) else 1


async def _measured(name: str, houses: Houses, *, at_length: bool) -> bool:
    """Print and keep the results of a benchmark; False where it failed."""
    benchmark, began = BENCHMARKS[name], time.perf_counter()
    sizes = benchmark.long_sizes if at_length else benchmark.sizes
    try:
        async for result in benchmark.measure(houses, sizes):
            print(result.line(), flush=True)
            result.write()
    except Exception as error:  # noqa: BLE001 -- the others are measured all the same
        print(f"# {name} failed: {_plain(error)}", file=sys.stderr)
        return False
    print(f"# {name} took {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return True


def _plain(error: BaseException) -> str:
    """The error, or the first one of a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


def main() -> None:
    """Measure what the command line names, or all."""
    wanted = sys.argv[1:] or list(BENCHMARKS)
    unknown = set(wanted) - BENCHMARKS.keys()
    if unknown:
        print(
            f"There is no benchmark {', '.join(unknown)}: {', '.join(BENCHMARKS)}", file=sys.stderr
        )
        sys.exit(2)
    sys.exit(uvloop.run(run(wanted, at_length=bool(os.environ.get("BENCH_LONG")))))


if __name__ == "__main__":
    main()
