"""Take the rows of each kind into the records, refusing those that do not fit what is there."""

from __future__ import annotations

from collections.abc import Collection

from discom.batch import Batch
from discom.ports import Records
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

LEVELS = ("company", "zone", "circle", "division", "subdivision")


def take_offices(records: Records, batch: Batch[OfficeRow]) -> Counts:
    """Offices, parents before children wherever they stand in the file."""
    tree = dict(records.offices())
    order = sorted(range(len(batch.rows)), key=lambda place: LEVELS.index(batch.rows[place].kind))
    reasons: dict[int, str | None] = {}
    for place in order:
        row = batch.rows[place]
        reasons[place] = why = _misplaced(row, tree)
        if why is None:
            tree[row.code] = (row.kind, row.parent_code)
    in_order = iter([reasons[place] for place in range(len(batch.rows))])
    batch.refuse(lambda _row: next(in_order))
    return records.put_offices(batch.rows)


def _misplaced(row: OfficeRow, tree: dict[str, tuple[str, str | None]]) -> str | None:
    """Why an office cannot stand where it says; a tree that holds to the levels has no circles."""
    level = LEVELS.index(row.kind)
    if row.parent_code is None:
        if level:
            return f"parent_code is empty, and only a {LEVELS[0]} stands below nobody"
    elif row.parent_code not in tree:
        return f'parent_code "{row.parent_code}" is no office we know'
    elif LEVELS.index(tree[row.parent_code][0]) >= level:
        above = tree[row.parent_code][0]
        return f'parent_code "{row.parent_code}" is a {above}, which has no {row.kind} below it'
    was = tree.get(row.code)
    if was is not None and was[0] != row.kind:
        below = [LEVELS.index(kind) for kind, parent in tree.values() if parent == row.code]
        if below and min(below) <= level:
            return f'kind "{row.kind}" does not fit the offices below {row.code}'
    return None


def take_feeders(records: Records, batch: Batch[FeederRow]) -> Counts:
    """Feeders."""
    return records.put_feeders(batch.rows)


def take_localities(records: Records, batch: Batch[LocalityRow]) -> Counts:
    """Localities; feeders nobody has named yet are made under their office."""
    records.add_feeders(
        {
            code: row.office_code
            for row in batch.rows
            for code in row.feeder_codes.split(";")
            if code
        }
    )
    return records.put_localities(batch.rows)


def take_consumers(records: Records, batch: Batch[ConsumerRow]) -> Counts:
    """Consumers; feeders nobody has named yet are made under their office."""
    records.add_feeders({row.feeder_code: row.office_code for row in batch.rows if row.feeder_code})
    return records.put_consumers(batch.rows)


def take_bills(records: Records, batch: Batch[BillRow]) -> Counts:
    """Bills of connections we know."""
    _refuse_strangers(batch, records.known_k_numbers({row.k_number for row in batch.rows}))
    return records.put_bills(batch.rows)


def take_collections(records: Records, batch: Batch[CollectionRow]) -> Counts:
    """Collections; what is paid on a number after it moved counts for the new one."""
    moves = records.moves({row.k_number for row in batch.rows})
    if moves:
        batch.rows = [_moved(row, moves.get(row.k_number)) for row in batch.rows]
    _refuse_strangers(batch, records.known_k_numbers({row.k_number for row in batch.rows}))
    return records.put_collections(batch.rows)


def _moved(row: CollectionRow, move: AliasRow | None) -> CollectionRow:
    if move is None or row.paid_on < move.effective_on:
        return row
    return row._replace(k_number=move.new_k_number)


def take_aliases(records: Records, batch: Batch[AliasRow]) -> Counts:
    """Old numbers, each with the one that answers for it."""
    batch.refuse(
        lambda row: (
            f'new_k_number "{row.new_k_number:012d}" is the old one'
            if row.new_k_number == row.old_k_number
            else None
        )
    )
    return records.put_aliases(batch.rows)


def _refuse_strangers(batch: Batch[BillRow] | Batch[CollectionRow], known: Collection[int]) -> None:
    def reason(row: BillRow | CollectionRow) -> str | None:
        if row.k_number in known:
            return None
        return f'k_number "{row.k_number:012d}" is no connection we know'

    batch.refuse(reason)
