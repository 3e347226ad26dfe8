"""The memory of `bijli serve` after a thousand turns, and its CPU while nobody writes.

Against the memory of a bare aiohttp handler after as many forms.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

from bench.driver import Driver
from bench.house import House, Houses, free_port, listening, serving
from bench.processes import MIB, Program
from bench.questions import questions
from bench.results import Result
from bench.rounds import one_round

TURNS = 1000
SETTLING, IDLE = 1.0, 10.0  # seconds


async def measure(houses: Houses, sizes: tuple[int, ...]) -> AsyncIterator[Result]:
    """One result for each size of an embedded database."""
    for size in sizes:
        yield await _measure(houses.build(houses.kinds[0], size))


async def _measure(house: House) -> Result:
    port = free_port()
    command = (sys.executable, "-m", "bench.bare", str(port))
    program = Program(command, {}, house.folder / "bare.log")
    async with listening(program, port) as bare, serving(house) as served:
        await house.sink.settled()
        asking = questions(served.url, house.consumers, "r")
        fresh = served.program.memory()
        await one_round(Driver(served.port, house.sink), served, asking, TURNS)
        await one_round(Driver(bare.port, None), bare, asking, TURNS)
        await asyncio.sleep(SETTLING)
        before = served.program.cpu()
        await asyncio.sleep(IDLE)
        idle = served.program.cpu() - before
        after, bare_after = served.program.memory(), bare.program.memory()
    return Result(
        name=f"memory@{house.consumers}",
        value=after / MIB,
        unit="MiB",
        ratio=bare_after / after,
        denominator="bare-aiohttp-form",
        beside={
            "fresh_mib": fresh / MIB,
            "bare_mib": bare_after / MIB,
            "idle_cpu_percent": 100 * idle / IDLE,
            "turns": TURNS,
        },
    )
