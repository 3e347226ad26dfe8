"""What the imports need of whoever keeps the records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from models.records import (
    AliasRow,
    BillRow,
    CollectionRow,
    ConsumerRow,
    Counts,
    FeederRow,
    LocalityRow,
    OfficeRow,
)


class Records(Protocol):
    """The company's records. What is put replaces what has the same key; of two equal keys the last
    counts. Putting the same again changes nothing."""

    def start_run(self, kind: str) -> int:
        """Note that an import of this kind begins; the id of the run."""

    def finish_run(self, run: int, *, done: bool, rows: int, accepted: int, rejected: int) -> None:
        """Note how a run ended; one that is not done does not count as an import."""

    def is_empty(self, kind: str) -> bool:
        """Whether there is not one row of this kind of list: offices, feeders or localities."""

    def offices(self) -> Mapping[str, tuple[str, str | None]]:
        """Kind and parent of every office, by code."""

    def known_k_numbers(self, wanted: Collection[int]) -> Collection[int]:
        """Those that are consumers."""

    def moves(self, wanted: Collection[int]) -> Mapping[int, AliasRow]:
        """Which of these numbers have moved, and where to."""

    def add_feeders(self, offices: Mapping[str, str]) -> None:
        """Make those feeders that are unknown, each under the office named for its code."""

    def put_offices(self, rows: Sequence[OfficeRow]) -> Counts:
        """Write offices."""

    def put_feeders(self, rows: Sequence[FeederRow]) -> Counts:
        """Write feeders."""

    def put_localities(self, rows: Sequence[LocalityRow]) -> Counts:
        """Write localities."""

    def put_consumers(self, rows: Sequence[ConsumerRow]) -> Counts:
        """Write consumers; their mobiles are sealed."""

    def put_bills(self, rows: Sequence[BillRow]) -> Counts:
        """Write bills; one takes the place of another of the same connection and month."""

    def put_collections(self, rows: Sequence[CollectionRow]) -> Counts:
        """Write collections; one that names a receipt or payment of ours is matched, not added."""

    def put_aliases(self, rows: Sequence[AliasRow]) -> Counts:
        """Write which number answers for an old one."""
