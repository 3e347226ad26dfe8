"""Programs as processes: start them, stop them, and read what they took."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
BIJLI = str(Path(sys.executable).with_name("bijli"))
MIB = 1 << 20
_GLANCE = 0.01  # seconds between looks at a process that runs to its end
_PATIENCE = 30.0  # seconds a process may take to stop


class ProgramFailed(Exception):
    """A program that is measured ended in another way than it should."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program took from its start to its end."""

    code: int
    output: str
    wall: float  # seconds
    cpu: float  # seconds, of all its threads
    peak: int  # bytes of memory at the highest


class Program:
    """A running process of ours, with its children."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = " ".join(Path(it).name for it in command)
        self.log = log
        self.started = time.perf_counter()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.pid = self._process.pid
        self._watched = psutil.Process(self.pid)

    def cpu(self) -> float:
        """CPU seconds so far, threads and children included."""
        times = [it.cpu_times() for it in self._family()]
        return sum(it.user + it.system for it in times)

    def memory(self) -> int:
        """Resident bytes now, children included."""
        return sum(it.memory_info().rss for it in self._family())

    def age(self) -> float:
        """Seconds since it was started."""
        return time.perf_counter() - self.started

    def check(self) -> None:
        """Raise ProgramFailed, with the log's end, where it runs no more."""
        if self._process.poll() is not None:
            raise ProgramFailed(
                f"{self.name} ended with {self._process.returncode}:\n{self.tail()}"
            )

    def tail(self) -> str:
        """The last lines that it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _family(self) -> list[psutil.Process]:
        return [self._watched, *self._watched.children(recursive=True)]


def run(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Ended:
    """Run a program to its end; raises ProgramFailed where it fails."""
    program = Program(command, environment, log)
    peak = 0
    while True:
        pid, status, usage = os.wait4(program.pid, os.WNOHANG)
        if pid:
            break
        with suppress(psutil.Error):  # it may just be ending
            peak = max(peak, program.memory())
        time.sleep(_GLANCE)
    wall = program.age()
    code = os.waitstatus_to_exitcode(status)
    if code:
        raise ProgramFailed(f"{program.name} ended with {code}:\n{program.tail()}")
    output = log.read_text(errors="replace")
    return Ended(code, output, wall, usage.ru_utime + usage.ru_stime, peak)


def bijli(*arguments: str, environment: Mapping[str, str], log: Path) -> Ended:
    """Run a `bijli` command to its end."""
    return run((BIJLI, *arguments), environment, log)
