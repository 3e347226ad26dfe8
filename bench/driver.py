"""The people's end: puts questions over plain connections and notes when each was answered."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from typing import cast

from bench.questions import Question
from bench.sink import Sink

IN_FLIGHT = 32
_PATIENCE = 20.0  # seconds until an answer is given up
_MOST_CONNECTIONS = 512


class Unanswered(Exception):
    """The program did not answer as it should."""


class Connection(asyncio.Protocol):
    """One kept-alive connection: a request, its response, the next request."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._seen = b""
        self._status: asyncio.Future[int] | None = None

    @classmethod
    async def open(cls, port: int) -> Connection:
        """Connect to the loopback."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(cls, "127.0.0.1", port)
        return connection

    async def call(self, request: bytes) -> int:
        """Send one request; its response's status."""
        if self._transport is None or self._transport.is_closing():
            raise Unanswered("The program closed a connection that was kept alive.")
        self._status = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._status

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own kind of it

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._seen += data
        head, end, body = self._seen.partition(b"\r\n\r\n")
        if not end:
            return
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length or 0):
            return
        self._seen = b""
        if self._status is not None and not self._status.done():
            self._status.set_result(int(head[9:12]))

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        if self._status is not None and not self._status.done():
            self._status.set_exception(Unanswered(f"The connection was lost: {exc}"))


class Driver:
    """Puts questions to one port. With a sink, a turn is done when the reply has come there."""

    def __init__(self, port: int, sink: Sink | None) -> None:
        self._port = port
        self._sink = sink
        self._waiting: dict[str, tuple[str, asyncio.Future[float]]] = {}
        self.others: list[str] = []  # replies that did not name the sum
        if sink is not None:
            sink.arrived = self._arrived

    async def in_flight(self, asked: Sequence[Question], lanes: int = IN_FLIGHT) -> list[float]:
        """Ask all, so many at a time; the seconds that each took."""
        rest = iter(asked)
        times: list[float] = []

        async def lane() -> None:
            connection = await Connection.open(self._port)
            times.extend([await self._ask(connection, it, time.perf_counter()) for it in rest])
            connection.close()

        async with asyncio.TaskGroup() as group:
            for _ in range(lanes):
                group.create_task(lane())
        return times

    async def at_rate(
        self, asked: Iterable[Question], rate: float, until: Callable[[float], bool]
    ) -> list[float]:
        """Ask at so many a second, whether answers come or not, until `until(seconds)` is true.

        People come by chance, not by the clock. The seconds count from when a question was due.
        """
        chance = random.Random(1)
        free: list[Connection] = []
        opened = 0
        times: list[float] = []

        async def one(question: Question, due: float) -> None:
            nonlocal opened
            if free:
                connection = free.pop()
            else:
                opened += 1
                if opened > _MOST_CONNECTIONS:
                    raise Unanswered(f"More than {_MOST_CONNECTIONS} questions wait.")
                connection = await Connection.open(self._port)
            times.append(await self._ask(connection, question, due))
            free.append(connection)

        begun = due = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for question in asked:
                due += chance.expovariate(rate)
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                if until(due - begun):
                    break
                group.create_task(one(question, due))
        for connection in free:
            connection.close()
        return times

    async def _ask(self, connection: Connection, question: Question, since: float) -> float:
        reply: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[question.sender] = (question.owed, reply)
        try:
            async with asyncio.timeout(_PATIENCE):
                status = await connection.call(question.request)
                if status != HTTPStatus.OK:
                    raise Unanswered(f"The webhook answered {status}.")
                done = await reply if self._sink else time.perf_counter()
        except TimeoutError:
            said = self.others[-1] if self.others else "nothing"
            raise Unanswered(f"No reply named {question.owed}; the last one said: {said}") from None
        return done - since

    def _arrived(self, to: str, text: str) -> None:
        owed, reply = self._waiting.get(to, ("", None))
        if reply is None or owed not in text:
            self.others.append(text)
        elif not reply.done():
            reply.set_result(time.perf_counter())
