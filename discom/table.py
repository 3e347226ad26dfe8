"""Read a CSV file that may be anything: row by row, in flat memory, knowing its lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from models.errors import Permanent

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_LINE = 1_000_000  # characters; a longer line, or row of lines, is no table
LONGEST_CELL = 100_000
SEPARATORS = (";", "\t", "|")
BLOCK = 65_536  # bytes read at once


class Unusable(Permanent):
    """The file cannot be used as it stands."""


class Table:
    """The rows of a CSV file below its header, each with the line it begins on."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read the header; raises `Unusable`. Its sentences call the file by the name."""
        self.name = name
        self.bytes_read = 0
        counted = io.BufferedReader(_Counting(stream, self), BLOCK)
        self._text = io.TextIOWrapper(counted, encoding="utf-8-sig", newline="")
        self._ended = False
        self._lines = 0  # given to the reader so far
        self._row_from = 1  # where the row being read begins
        self._length = 0  # characters of the row being read
        csv.field_size_limit(LONGEST_CELL)
        self._reader = csv.reader(self._given())
        self.header = self._read_header()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Line and cells of each row; blank ones are left out. Raises `Unusable`."""
        try:
            for cells in self._reader:
                if self._ended:
                    # The reader asked for more in the middle of a row, and there was none.
                    raise Unusable(
                        f"{self.name} ends inside the row of line {self._row_from}: a quotation "
                        "mark is not closed."
                    )
                if any(cells):
                    yield self._row_from, cells
                self._row_from = self._lines + 1
                self._length = 0
        except UnicodeDecodeError:
            raise Unusable(
                f"{self.name} is not UTF-8 near line {self._lines + 1}: "
                "save it as CSV UTF-8 and import it again."
            ) from None
        except csv.Error:
            raise Unusable(
                f"{self.name} is no CSV table at line {self._row_from}: a quotation mark is not "
                f"closed, or a cell is longer than {LONGEST_CELL} characters."
            ) from None
        except OSError as error:
            raise Unusable(f"{self.name} cannot be read: {error.strerror or error}.") from error

    def close(self) -> None:
        """Let go of the stream without closing it."""
        self._text.detach()

    def places(self, required: Sequence[str], optional: Sequence[str]) -> dict[str, int]:
        """Where each column stands; raises `Unusable` naming those that are missing."""
        places = {name: place for place, name in reversed(list(enumerate(self.header)))}
        missing = [name for name in required if name not in places]
        if missing:
            noun = "column" if len(missing) == 1 else "columns"
            raise Unusable(
                f"{self.name} lacks the {noun} {', '.join(missing)}: its first line must name "
                f"them{self._separator_hint()}."
            )
        wanted = {*required, *optional}
        twice = {name for name in self.header if name in wanted and self.header.count(name) > 1}
        if twice:
            raise Unusable(f"{self.name} names the column {', '.join(sorted(twice))} twice.")
        return {name: places[name] for name in wanted if name in places}

    def _read_header(self) -> list[str]:
        first = next(self.rows(), None)
        if first is None:
            raise Unusable(f"{self.name} is empty: its first line must name the columns.")
        self._row_from = self._lines + 1
        return [cell.strip().lower() for cell in first[1]]

    def _separator_hint(self) -> str:
        if len(self.header) > 1:
            return ""
        used = next((mark for mark in SEPARATORS if mark in self.header[0]), None)
        if used is None:
            return ""
        return f", separated by commas and not by {'tabs' if used == chr(9) else used}"

    def _given(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_LINE):
            self._lines += 1
            self._length += len(line)
            if self._length >= LONGEST_LINE:
                raise Unusable(
                    f"{self.name} is no CSV table: the row of line {self._row_from} is longer "
                    f"than {LONGEST_LINE} characters."
                )
            if "\0" in line:
                raise Unusable(
                    f"{self.name} is no text: line {self._lines} holds NUL bytes. "
                    "Save it as CSV UTF-8 and import it again."
                )
            yield line
        self._ended = True


class _Counting(io.RawIOBase):
    """The stream, telling the table how far it is read."""

    def __init__(self, stream: BinaryIO, table: Table) -> None:
        self._stream = stream
        self._table = table

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        view = memoryview(room)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        self._table.bytes_read += len(data)
        return len(data)
