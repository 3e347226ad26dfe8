"""Some rows of a file on their way in, and those of them that are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

R = TypeVar("R")


class Rejected(NamedTuple):
    """A row that is not taken: the line it begins on, its cells, and why."""

    line: int
    cells: list[str]
    reason: str


@dataclass(slots=True)
class Batch(Generic[R]):
    """Rows that were read, in the order of the file, beside the lines and cells they came from."""

    rows: list[R] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    read: int = 0

    def refuse(self, reason: Callable[[R], str | None]) -> None:
        """Put aside every row for which there is a reason."""
        reasons = [reason(row) for row in self.rows]
        if not any(reasons):
            return
        self.rejected += [
            Rejected(line, cells, why)
            for line, cells, why in zip(self.lines, self.cells, reasons, strict=True)
            if why
        ]
        kept = [place for place, why in enumerate(reasons) if not why]
        self.rows = [self.rows[place] for place in kept]
        self.lines = [self.lines[place] for place in kept]
        self.cells = [self.cells[place] for place in kept]
