"""From the start of `bijli serve` to its first 200 of /readyz.

Against a Python that imports aiohttp and SQLAlchemy and ends.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from bench.house import House, Houses, serving
from bench.processes import run
from bench.results import Result, median

ROUNDS = 3
BARE = (sys.executable, "-c", "import aiohttp, sqlalchemy")


async def measure(houses: Houses, sizes: tuple[int, ...]) -> AsyncIterator[Result]:
    """One result for each size of an embedded database."""
    for size in sizes:
        yield await _measure(houses.build(houses.kinds[0], size))


async def _measure(house: House) -> Result:
    ready, cpu, bares = [], [], []
    for _ in range(ROUNDS):
        async with serving(house) as served:
            cpu.append(served.program.cpu())
            ready.append(served.ready)
        bares.append(run(BARE, {}, house.folder / "bare.log"))
    return Result(
        name=f"startup@{house.consumers}",
        value=median(ready),
        unit="s",
        ratio=median([bare.cpu / own for own, bare in zip(cpu, bares, strict=True)]),
        denominator="import-aiohttp-sqlalchemy",
        beside={
            "cpu_s": median(cpu),
            "bare_cpu_s": median([it.cpu for it in bares]),
            "bare_wall_s": median([it.wall for it in bares]),
            "all_s": ready,
        },
    )
