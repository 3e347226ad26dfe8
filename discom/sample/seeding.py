"""Make sample data: written as the billing system would, and imported on the same road."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from discom.batch import Rejected
from discom.imports import Progress, Summary, import_stream
from discom.ports import Records
from discom.sample import files
from discom.sample.crowd import Crowd
from discom.sample.facts import read_sample
from discom.sample.known import KnownConnections

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True)
class SeedProgress:
    """Which file is being imported, and how many of its rows are in."""

    kind: str
    rows: int


def seed(
    records: Records,
    folder: Path,
    *,
    consumers: int,
    seed: int,
    months: int,
    today: date,
    progress: Callable[[SeedProgress], None],
) -> list[Summary]:
    """Import so many sample consumers of a discom, the well-known ones first.

    The same arguments change nothing; more consumers, or a later day, add.
    """
    sample = read_sample(folder)
    crowd, known = Crowd(sample, seed), KnownConnections(sample, today, consumers)
    others = consumers - len(known)
    made: list[tuple[str, Iterator[str]]] = [
        ("feeders", files.feeders(sample)),
        ("localities", files.localities(sample)),
        ("consumers", known.consumers()),
        ("consumers", files.consumers(crowd, others)),
        ("k-number-aliases", known.aliases()),
        ("collections", known.collections()),
        ("collections", files.collections(crowd, others, today, months)),
        ("bills", files.bills(crowd, others, today, months)),
        ("bills", known.bills()),
    ]

    def take(kind: str, pieces: Iterator[str]) -> Summary:
        def tell(at: Progress) -> None:
            progress(SeedProgress(kind, at.rows))

        with io.BufferedReader(_Pieces(pieces)) as stream:
            return import_stream(
                kind,
                cast(BinaryIO, stream),
                records,
                name=f"the sample's {kind}",
                categories=frozenset(sample.file.rates),
                rejects=_NoneRejected(),
                progress=tell,
            )

    return [take(kind, pieces) for kind, pieces in made]


class _NoneRejected:
    """Sample data are right; a row that is not is a mistake of ours."""

    def put(self, header: Sequence[str], rows: Sequence[Rejected]) -> None:
        raise AssertionError(f"The sample has a bad row: {rows[0].reason}")


class _Pieces(io.RawIOBase):
    """Text made piece by piece, read as a file."""

    def __init__(self, pieces: Iterator[str]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece.encode())
        view = memoryview(room)
        size = min(len(view), len(self._left))
        view[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
