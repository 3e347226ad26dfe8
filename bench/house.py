"""The product as it stands in production: a database with consumers, and `bijli serve` on it."""

from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.databases import Kind
from bench.processes import BIJLI, Program, bijli
from bench.questions import ACCOUNT, OURS, TOKEN
from bench.records import write_bills, write_consumers
from bench.sink import Sink

_LOOK = 0.005  # seconds between looks whether it is ready
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class House:
    """A migrated database with so many consumers and this month's bill of each."""

    kind: Kind
    consumers: int
    url: str
    folder: Path
    sink: Sink  # where its messages go

    @property
    def environment(self) -> Mapping[str, str]:
        """What every command on this database needs."""
        return {
            "BIJLI_DATABASE__URL": self.url,
            "BIJLI_SECURITY__MASTER_KEY": base64.b64encode(b"b" * 32).decode(),
        }

    @property
    def log(self) -> Path:
        """Where its programs write."""
        return self.folder / f"{self.kind.name}-{self.consumers}.log"


@dataclass(slots=True)
class Houses:
    """Builds each house once, through `bijli migrate` and `bijli import`."""

    folder: Path
    kinds: list[Kind]
    sink: Sink
    _built: dict[tuple[str, int], House] = field(default_factory=dict)

    def build(self, kind: Kind, consumers: int) -> House:
        """The house of this kind and size."""
        key = (kind.name, consumers)
        if key not in self._built:
            house = House(kind, consumers, kind.make(), self.folder, self.sink)
            bijli("migrate", environment=house.environment, log=house.log)
            for what, file in (
                ("consumers", write_consumers(self.folder / "consumers.csv", consumers)),
                ("bills", write_bills(self.folder / "bills.csv", consumers)),
            ):
                bijli("import", what, str(file), environment=house.environment, log=house.log)
            self._built[key] = house
        return self._built[key]


@dataclass(frozen=True, slots=True)
class Served:
    """A program that listens."""

    program: Program
    port: int
    ready: float  # seconds from its start to its first 200 of /readyz

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(house: House) -> AsyncIterator[Served]:
    """`bijli serve` with WhatsApp at the sink, until the block ends."""
    port = free_port()
    environment = {
        **house.environment,
        "BIJLI_SERVER__PORT": str(port),
        "BIJLI_SERVER__PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BIJLI_CHANNELS__TWILIO__ACCOUNT_SID": ACCOUNT,
        "BIJLI_CHANNELS__TWILIO__AUTH_TOKEN": TOKEN,
        "BIJLI_CHANNELS__TWILIO__WHATSAPP_FROM": OURS,
        "BIJLI_CHANNELS__TWILIO__API_BASE": house.sink.url,
        "BIJLI_PACE__WHATSAPP": "0",
    }
    async with listening(Program((BIJLI, "serve"), environment, house.log), port) as served:
        yield served


@asynccontextmanager
async def listening(program: Program, port: int) -> AsyncIterator[Served]:
    """Wait until a program is ready; stop it when the block ends."""
    try:
        ready = await wait_ready(program, port)
        yield Served(program, port, ready)
        program.check()
    finally:
        await asyncio.to_thread(program.stop)


async def wait_ready(program: Program, port: int) -> float:
    """Seconds from the program's start to its first 200 of /readyz."""
    async with asyncio.timeout(_PATIENCE):
        while not await _is_ready(port):
            program.check()
            await asyncio.sleep(_LOOK)
    return program.age()


async def _is_ready(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.write(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    status = await reader.readline()
    writer.close()
    return b" 200 " in status


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        port: int = it.getsockname()[1]
    return port
