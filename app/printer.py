"""Draws papers in a process of its own, one after another.

Drawing holds Python's lock for a tenth of a second and more: beside it, turns would wait
(docs/decisions/0016-papers.md).
"""

from __future__ import annotations

import asyncio
import pickle
import struct
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import cast

import structlog

from models.errors import Temporary
from models.paper import Paper, Printed
from voice.voice import Company

log = structlog.get_logger()

PATIENCE = 20.0  # seconds for a paper, the start of the process included
IDLE = 300.0  # seconds without a paper after which the process ends
_SIZE = struct.Struct(">I")


class Printer:
    """One helping process: started with the first paper, ended when it was idle for long."""

    def __init__(self, company: Company, *, idle: float = IDLE) -> None:
        self._company = company
        self._idle = idle
        self._one_at_a_time = asyncio.Lock()
        self._process: Process | None = None
        self._rest: asyncio.TimerHandle | None = None

    async def printed(self, paper: Paper) -> Printed:
        """Draw a paper; `Temporary` where the process fails or takes too long."""
        async with self._one_at_a_time:
            if self._rest is not None:
                self._rest.cancel()
            try:
                async with asyncio.timeout(PATIENCE):
                    made = await self._ask(paper)
            except (OSError, EOFError, TimeoutError) as error:
                log.warning("printer_failed", error=repr(error))
                self._end()
                raise Temporary("The printer did not answer.") from error
            except BaseException:
                self._end()  # it may be in the middle of a paper
                raise
            self._rest = asyncio.get_running_loop().call_later(self._idle, self._end)
        if isinstance(made, str):
            log.error("paper_not_drawn", reason=made)
            raise Temporary("The paper could not be drawn.")
        return made

    async def close(self) -> None:
        """End the process, and wait until it has."""
        if self._rest is not None:
            self._rest.cancel()
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            await process.wait()

    async def _ask(self, paper: Paper) -> Printed | str:
        if self._process is not None:
            try:
                return await self._ask_of(self._process, paper)
            except (OSError, EOFError):
                self._end()  # it ended since the last paper: a new one may do
        self._process = await self._start()
        return await self._ask_of(self._process, paper)

    async def _ask_of(self, process: Process, paper: Paper) -> Printed | str:
        assert process.stdin is not None  # noqa: S101 it was started with pipes
        assert process.stdout is not None  # noqa: S101 it was started with pipes
        process.stdin.write(framed(paper))
        await process.stdin.drain()
        (size,) = _SIZE.unpack(await process.stdout.readexactly(_SIZE.size))
        body = await process.stdout.readexactly(size)
        return cast(Printed | str, pickle.loads(body))  # noqa: S301 our own process wrote it

    async def _start(self) -> Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "app.print_shop"),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # Ctrl-C is for us; it ends when we do
        )
        assert process.stdin is not None  # noqa: S101 it was started with pipes
        process.stdin.write(framed(self._company))
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)


def framed(it: object) -> bytes:
    """A value as it goes through the pipe: its length, then itself."""
    body = pickle.dumps(it)
    return _SIZE.pack(len(body)) + body


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
