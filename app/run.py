"""The processes: `bijli serve` and `bijli worker`, from start to a clean end."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog
import uvloop
from aiohttp import web

from app.logs import log_plainly
from app.settings import Settings
from app.wiring import build
from models.errors import Permanent

if TYPE_CHECKING:
    from simulators.demo import Simulators

log = structlog.get_logger()

LAST_REQUESTS = 3.0  # seconds for requests under way when we are told to stop
LAST_WORK = 12.0  # and for turns and sends


def serve(settings: Settings, host: str | None, port: int | None, *, works: bool) -> None:
    """Take webhooks until SIGTERM or Ctrl-C; exits 0 within 20 seconds."""
    _run(_serve(settings, host or settings.server.host, port or settings.server.port, works=works))


def work(settings: Settings, slot: str | None) -> None:
    """Answer and send what others wrote down, until SIGTERM or Ctrl-C."""
    _run(_work(settings, slot))


def _run(main: Coroutine[Any, Any, None]) -> None:
    log_plainly()
    uvloop.run(main)


async def _serve(settings: Settings, host: str, port: int, *, works: bool) -> None:
    # Before anything is begun: whoever cannot listen takes over nobody's messages.
    doors = [_claim(host, it) for it in (port, settings.server.admin_port) if it]
    async with (
        _providers(settings, port) as (known, simulators),
        build(known, "serve", works=works) as house,
        AsyncExitStack() as open_doors,
    ):
        open_doors.push_async_callback(house.close, LAST_WORK)
        await house.start()
        app = house.public_app()
        if simulators is not None:
            from app.demo import add_demo

            add_demo(app, house, simulators)
        for served, door in zip((app, house.admin_app()), doors, strict=False):
            await open_doors.enter_async_context(_listening(served, door))
        gc.collect()
        gc.freeze()  # what stands by now stays: nobody need look through it again
        print(f"Bijli Saathi listens at http://{host}:{port}", flush=True)
        if simulators is not None:
            print(f"Try it in the browser: {known.server.public_url}/try", flush=True)
        await _told_to_stop()
        log.info("stopping")


@asynccontextmanager
async def _providers(
    settings: Settings, port: int
) -> AsyncIterator[tuple[Settings, Simulators | None]]:
    """The settings to serve with: in demo mode, those of simulators that run beside."""
    if not settings.demo:
        yield settings, None
        return
    from app.demo import start_simulators, with_simulators

    simulators = await start_simulators(settings, f"http://127.0.0.1:{port}")
    try:
        yield with_simulators(settings, simulators), simulators
    finally:
        await simulators.close()


async def _work(settings: Settings, slot: str | None) -> None:
    async with build(settings, "worker", works=True) as house:
        try:
            await house.start(slot)
            await _told_to_stop()
            log.info("stopping")
        finally:
            await house.close(LAST_WORK)


def _claim(host: str, port: int) -> socket.socket:
    """A port of our own, at which nobody is heard yet; ends the program where it is taken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as error:
        raise Permanent(f"Port {port} of {host} cannot be used: {error.strerror}.") from error
    return door


@asynccontextmanager
async def _listening(app: web.Application, door: socket.socket) -> AsyncIterator[None]:
    """Serve at a port; at the end, what is asked already is still answered."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_REQUESTS)
    await runner.setup()
    try:
        await web.SockSite(runner, door, backlog=1024).start()
        yield
    finally:
        await runner.cleanup()


async def _told_to_stop() -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(which, told.set)
    await told.wait()
