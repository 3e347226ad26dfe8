"""Take the company's records in, as CSV files that its billing system writes.

A file is read row by row and written in batches, so that memory stays flat and nobody waits long
for the database. Bad rows are put aside with their line and a reason; the others come in.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from operator import getitem, itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from discom.batch import Batch, Rejected
from discom.cells import BadCell, shown
from discom.kinds import KINDS, Kind, Known
from discom.ports import Records
from discom.table import Table, Unusable
from models.errors import Permanent
from models.records import Counts

BATCH = 2_000  # rows read before they are written
WHOLE_TREE = 20_000  # offices refer to each other, so they come in together
EXIT_DONE, EXIT_UNUSABLE, EXIT_IN_PART = 0, 2, 3
ADDED = ("line", "reason")  # what a file of rejected rows has at the end


class UnknownKind(Permanent):
    """There is no such kind of file."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"There is no import of {kind}; these kinds are: {', '.join(KINDS)}.")


class NotWritable(Permanent):
    """Rejected rows cannot be written down."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come."""

    bytes_read: int
    rows: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What an import did."""

    run: int
    kind: str
    rows: int
    rejected: int
    counts: Counts
    doubtful: int  # taken, though parts do not add up or a contact had to be left out
    rejected_path: Path | None = None

    @property
    def accepted(self) -> int:
        """Rows that are in, whether they changed anything or not."""
        return self.rows - self.rejected

    @property
    def exit_code(self) -> int:
        """0 all in, 3 some rejected."""
        return EXIT_IN_PART if self.rejected else EXIT_DONE


class Rejects(Protocol):
    """Where rejected rows go."""

    def put(self, header: Sequence[str], rows: Sequence[Rejected]) -> None:
        """Keep these rows, which stand under this header."""


class RejectsFile:
    """Rejected rows as a CSV file, made with the first of them: the row, its line, and why."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._begun = False

    def put(self, header: Sequence[str], rows: Sequence[Rejected]) -> None:
        """Add rows. A file of rejected rows, mended and imported, gets its columns only once."""
        try:
            self._put(header, rows)
        except OSError as error:
            raise NotWritable(
                f"Rejected rows cannot be written to {self.path}: {error.strerror or error}."
            ) from error

    def forget(self) -> None:
        """Remove the file of an earlier import: it would speak of rows that are in by now."""
        if self.path.exists():  # asked first, as some folders are not ours to write in
            self.path.unlink()

    def _put(self, header: Sequence[str], rows: Sequence[Rejected]) -> None:
        width = len(header) - len(ADDED) * (tuple(header[-len(ADDED) :]) == ADDED)
        with self.path.open("a" if self._begun else "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            if not self._begun:
                writer.writerow([*header[:width], *ADDED])
                self._begun = True
            for line, cells, reason in rows:
                padded = [*cells[:width], *[""] * (width - len(cells))]
                writer.writerow([*padded, line, reason])


def rejected_path(path: Path) -> Path:
    """`bills.csv` leaves `bills.rejected.csv` beside it."""
    return path.with_name(f"{path.stem}.rejected.csv")


def import_file(
    kind: str,
    path: Path,
    records: Records,
    *,
    categories: Collection[str],
    progress: Callable[[Progress], None],
) -> Summary:
    """Import a file; rejected rows are left beside it. Raises `Unusable` and `UnknownKind`."""
    rejects = RejectsFile(rejected_path(path))
    with _opened(path) as stream:
        summary = import_stream(
            kind,
            stream,
            records,
            name=path.name,
            categories=categories,
            rejects=rejects,
            progress=progress,
        )
    if summary.rejected:
        return replace(summary, rejected_path=rejects.path)
    rejects.forget()
    return summary


def import_stream(
    kind: str,
    stream: BinaryIO,
    records: Records,
    *,
    name: str,
    categories: Collection[str],
    rejects: Rejects,
    progress: Callable[[Progress], None],
) -> Summary:
    """Import rows from wherever they come; `name` is what its sentences call it.

    Raises `Unusable` when the file cannot be used, or not further: what was written before stays,
    and the run counts as failed. Raises `UnknownKind`.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    with closing(Table(stream, name)) as table:
        what = KINDS[kind](Known(frozenset(records.offices()), categories))
        reader = _Reader(what, table)
        run = records.start_run(kind)
        tally = _Tally(run, kind)
        done = False
        try:
            for batch in reader.batches(WHOLE_TREE if kind == "offices" else BATCH):
                counts = what.take(records, batch)
                if batch.rejected:
                    rejects.put(table.header, sorted(batch.rejected))
                tally.add(batch, counts)
                progress(Progress(table.bytes_read, tally.rows, tally.rejected))
            done = True
        finally:
            records.finish_run(
                run,
                done=done,
                rows=tally.rows,
                accepted=tally.rows - tally.rejected,
                rejected=tally.rejected,
            )
        return tally.summary(reader.doubtful)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise Unusable(f"{path} is a folder: name the CSV file in it.")
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Unusable(f"{path} cannot be opened: {error.strerror or error}.") from error
    with stream:
        yield stream


class _Reader:
    """Turns the cells of a file into rows of one kind."""

    def __init__(self, kind: Kind[Any], table: Table) -> None:
        self.doubtful = 0
        self._kind = kind
        self._table = table
        places = table.places(kind.required, kind.optional)
        # A column that is left out reads an empty cell, which every row gets at its end.
        self._pick = itemgetter(*(places.get(field.name, -1) for field in kind.fields))
        self._padding = [""] if len(places) < len(kind.fields) else []
        self._columns = kind.columns()

    def batches(self, size: int) -> Iterator[Batch[Any]]:
        rows = self._table.rows()
        while batch := self._read(islice(rows, size)):
            yield batch

    def _read(self, rows: Iterator[tuple[int, list[str]]]) -> Batch[Any] | None:
        batch: Batch[Any] = Batch()
        make, doubtful = self._kind.make, self._kind.doubtful
        columns, pick, padding = self._columns, self._pick, self._padding
        width = len(self._table.header)
        for line, cells in rows:
            if len(cells) != width and (len(cells) < width or any(cells[width:])):
                why = f"the row has {len(cells)} cells where the header names {width} columns"
                batch.rejected.append(Rejected(line, cells, why))
                continue
            picked = pick(cells + padding)
            try:
                row = make(map(getitem, columns, picked))
            except BadCell:
                batch.rejected.append(Rejected(line, cells, self._reasons(picked)))
                continue
            if doubtful(row, picked):
                self.doubtful += 1
            batch.rows.append(row)
            batch.lines.append(line)
            batch.cells.append(cells)
        batch.read = len(batch.rows) + len(batch.rejected)
        return batch if batch.read else None

    def _reasons(self, picked: Sequence[str]) -> str:
        reasons = []
        for field, column, cell in zip(self._kind.fields, self._columns, picked, strict=True):
            try:
                column[cell]
            except BadCell as why:
                what = f"{field.name} {shown(cell)}" if cell.strip() else field.name
                reasons.append(f"{what} {why}")
        return "; ".join(reasons)


class _Tally:
    def __init__(self, run: int, kind: str) -> None:
        self._run = run
        self._kind = kind
        self._counts = Counts()
        self.rows = 0
        self.rejected = 0

    def add(self, batch: Batch[Any], counts: Counts) -> None:
        self.rows += batch.read
        self.rejected += len(batch.rejected)
        self._counts = self._counts.plus(counts)

    def summary(self, doubtful: int) -> Summary:
        return Summary(self._run, self._kind, self.rows, self.rejected, self._counts, doubtful)
