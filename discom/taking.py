"""Take the rows of each kind into the records, refusing those that do not fit what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
MOST_MOVES = 10  # a number that moved more often than this moves in a circle


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
    """Collections; what was paid on an old number counts for the one that answers for it."""
    if moves := _all_moves(records, {row.k_number for row in batch.rows}):
        batch.rows = [row._replace(k_number=_last(moves, row.k_number)) for row in batch.rows]
    _refuse_strangers(batch, records.known_k_numbers({row.k_number for row in batch.rows}))
    return records.put_collections(batch.rows)


def take_aliases(records: Records, batch: Batch[AliasRow]) -> Counts:
    """Old numbers; none may lead back to itself."""
    ahead = _all_moves(records, {row.new_k_number for row in batch.rows})

    def circles(row: AliasRow) -> str | None:
        number = row.new_k_number
        for _ in range(MOST_MOVES):
            if number == row.old_k_number:
                return f'new_k_number "{row.new_k_number:012d}" leads back to old_k_number'
            if number not in ahead:
                ahead[row.old_k_number] = row.new_k_number
                return None
            number = ahead[number]
        return f'new_k_number "{row.new_k_number:012d}" has moved too often'

    batch.refuse(circles)
    return records.put_aliases(batch.rows)


def _all_moves(records: Records, numbers: Iterable[int]) -> dict[int, int]:
    """Every move that starts at one of these numbers or where such a move ends."""
    ahead: dict[int, int] = {}
    asked = set(numbers)
    for _ in range(MOST_MOVES):
        found = records.moved_to(asked)
        ahead |= found
        asked = set(found.values()) - ahead.keys()
        if not asked:
            break
    return ahead


def _last(moves: Mapping[int, int], number: int) -> int:
    for _ in range(MOST_MOVES):
        if number not in moves:
            break
        number = moves[number]
    return number


def _refuse_strangers(batch: Batch[BillRow] | Batch[CollectionRow], known: Iterable[int]) -> None:
    known = frozenset(known)

    def reason(row: BillRow | CollectionRow) -> str | None:
        if row.k_number in known:
            return None
        return f'k_number "{row.k_number:012d}" is no connection we know'

    batch.refuse(reason)
