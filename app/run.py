"""The processes: `bijli serve` and `bijli worker`, from start to a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog
import uvloop
from aiohttp import web

from app.settings import Settings
from app.wiring import build

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
    _log_plainly()
    uvloop.run(main)


async def _serve(settings: Settings, host: str, port: int, *, works: bool) -> None:
    async with (
        _providers(settings, port) as (known, simulators),
        build(known, "serve", works=works) as house,
    ):
        await house.start()
        app = house.public_app()
        if simulators is not None:
            from app.demo import add_demo

            add_demo(app, house, simulators)
        runners = [await _listen(app, host, port)]
        if known.server.admin_port:
            runners.append(await _listen(house.admin_app(), host, known.server.admin_port))
        print(f"Bijli Saathi listens at http://{host}:{port}", flush=True)
        if simulators is not None:
            print(f"Try it in the browser: {known.server.public_url}/try", flush=True)
        await _told_to_stop()
        log.info("stopping")
        for runner in runners:
            await runner.cleanup()
        await house.close(LAST_WORK)


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
        await house.start(slot)
        await _told_to_stop()
        log.info("stopping")
        await house.close(LAST_WORK)


async def _listen(app: web.Application, host: str, port: int) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_REQUESTS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
    except OSError as error:
        await runner.cleanup()
        sys.stderr.write(f"Port {port} of {host} cannot be used: {error.strerror}.\n")
        raise SystemExit(1) from error
    return runner


async def _told_to_stop() -> None:
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # not on Windows
            loop.add_signal_handler(which, told.set)
    await told.wait()


def _log_plainly() -> None:
    """One line an event: coloured for a person at a terminal, JSON for a machine."""
    shown: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
