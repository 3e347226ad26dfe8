"""Rasa as we ask it: recorded, and in person where it is installed."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from aiohttp import web

from app.rasa import RasaServer
from bot.nlu.rasa import RasaUnderstanding
from bot.nlu.result import Understanding
from bot.nlu.understand import Understander
from simulators.running import running
from tests.house.house import ROOT

RECORDED = Path(__file__).parent / "recorded" / "rasa.json"
UNSURE = "pizza chahiye"  # Rasa would rather not judge it
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
STARTS_WITHIN = 180.0  # seconds: TensorFlow on a busy machine
PATIENCE = 20.0  # seconds: how quick Rasa is, is not what these tests are about


@pytest.fixture(scope="session")
def own(understanding: Understanding) -> Understander:
    """The embedded engine."""
    assert isinstance(understanding, Understander)
    return understanding


@dataclass
class RecordedRasa:
    """A loopback server that gives what Rasa gave, and has bad days."""

    base: str = ""
    heard: list[str] = field(default_factory=list)
    status: int = 200
    delay: float = 0.0
    body: str | None = None  # said instead, whatever is asked

    def app(self) -> web.Application:
        """Rasa's one route that we use."""
        app = web.Application()
        app.router.add_post("/model/parse", self._parse)
        return app

    async def close(self) -> None:
        """Nothing goes on behind it."""

    async def _parse(self, request: web.Request) -> web.Response:
        text = (await request.json())["text"]
        self.heard.append(text)
        await asyncio.sleep(self.delay)
        known = json.loads(RECORDED.read_text(encoding="utf-8"))
        said = json.dumps(known.get(text, known[UNSURE])) if self.body is None else self.body
        return web.Response(text=said, status=self.status, content_type="application/json")


@dataclass
class RasaWorld:
    """Our end of a Rasa server: what it counted, and a clock that only we move."""

    rasa: RecordedRasa
    understanding: RasaUnderstanding
    counted: Counter[str]
    clock: list[float]

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.clock[0] += seconds


@asynccontextmanager
async def recorded(own: Understander, patience: float = PATIENCE) -> AsyncIterator[RasaWorld]:
    """Our adapter and a server of recorded answers."""
    rasa, counted, clock = RecordedRasa(), Counter[str](), [1000.0]
    async with running(rasa) as base, asked(base, patience) as server:
        engine = RasaUnderstanding(server.ask, own, counted_in(counted), lambda: clock[0])
        yield RasaWorld(rasa, engine, counted, clock)


@asynccontextmanager
async def asked(base: str, patience: float = PATIENCE) -> AsyncIterator[RasaServer]:
    """Our connections to a Rasa server."""
    server = RasaServer(base, patience)
    try:
        yield server
    finally:
        await server.close()


def counted_in(counted: Counter[str]) -> Callable[[str], None]:
    """A metric that a test can read."""
    return lambda outcome: counted.update([outcome])


@contextmanager
def rasa_in_person(log: Path) -> Iterator[str]:
    """Rasa itself with its newest model, on a port of its own; without it, named as skipped."""
    models = sorted((ROOT / "var" / "rasa").glob("*.tar.gz"), key=lambda it: it.stat().st_mtime)
    if not RASA.exists() or not models:
        pytest.skip("Rasa is not installed, or has no model: `make rasa-model` sees to both")
    port = _free_port()
    where = ("-i", "127.0.0.1", "-p", str(port), "-m", str(models[-1]))
    command = (str(RASA), "run", "--enable-api", *where)
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=log.parent, env={**os.environ, **quiet}, stdout=output, stderr=output
        )
    try:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it says its model; fails, with its log, where it ends or takes too long."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with (
            closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection,
            suppress(OSError, HTTPException),
        ):
            connection.request("GET", "/status")
            with connection.getresponse() as answer:
                if json.load(answer)["model_file"]:
                    return
        time.sleep(0.2)
    pytest.fail(f"Rasa did not start:\n{log.read_text(errors='replace')[-2000:]}")
