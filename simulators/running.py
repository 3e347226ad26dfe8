"""Let a simulator listen on a loopback port of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

LOOPBACK = "127.0.0.1"


class Simulator(Protocol):
    """A provider that can be served."""

    base: str  # the origin it listens on, once it does

    def app(self) -> web.Application:
        """Its routes, under the provider's own paths."""

    async def close(self) -> None:
        """End what it does in the background."""


class Listening:
    """A simulator with its door open."""

    def __init__(self, simulator: Simulator, runner: web.AppRunner) -> None:
        self._simulator = simulator
        self._runner = runner

    @classmethod
    async def start(cls, simulator: Simulator, port: int = 0) -> "Listening":
        """Serve on this loopback port, or on a free one; sets the simulator's `base`."""
        runner = web.AppRunner(simulator.app(), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, LOOPBACK, port, backlog=1024).start()
        except OSError:
            await runner.cleanup()
            raise
        simulator.base = f"http://{LOOPBACK}:{runner.addresses[0][1]}"
        return cls(simulator, runner)

    async def close(self) -> None:
        """Close the door and end what runs behind it."""
        await self._simulator.close()
        await self._runner.cleanup()


@asynccontextmanager
async def running(simulator: Simulator, port: int = 0) -> AsyncIterator[str]:
    """Serve a simulator for the length of a test; gives its origin, to be used as `api_base`."""
    listening = await Listening.start(simulator, port)
    try:
        yield simulator.base
    finally:
        await listening.close()
