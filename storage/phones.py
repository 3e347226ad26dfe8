"""Phone numbers: each lives once, under a keyed hash and sealed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert  # it compiles for SQLite too

from models.message import Phone
from storage.prepared import Prepared
from storage.seals import Seals
from storage.tables import phone as phones

CHUNK = 400  # numbers asked for in one statement

_ID = Prepared(select(phones.c.id).where(phones.c.hash == bindparam("hash")))
_IDS = select(phones.c.hash, phones.c.id).where(
    phones.c.hash.in_(bindparam("hashes", expanding=True))
)
_SEALED = select(phones.c.sealed).where(phones.c.id == bindparam("id"))
_INSERT = (
    insert(phones)
    .values(hash=bindparam("hash"), sealed=bindparam("sealed"))
    .on_conflict_do_nothing(index_elements=["hash"])
)
_INSERT_ONE = Prepared(_INSERT)
_ANY = select(phones.c.sealed).limit(1)


def find_phone(db: Connection, seals: Seals, phone: Phone) -> int | None:
    """The id of a number, under whichever key it was hashed; None when we do not know it."""
    for hash_ in seals.hashes(phone):  # one, but while a new master key takes over
        row = _ID.first(db, {"hash": hash_})
        if row is not None:
            found: int = row[0]
            return found
    return None


def phone_id(db: Connection, seals: Seals, phone: Phone) -> int:
    """The id of a number, made where it is new."""
    found = find_phone(db, seals, phone)
    if found is not None:
        return found
    _INSERT_ONE.run(db, {"hash": seals.hash_(phone), "sealed": seals.seal(phone)})
    # Whoever else was inserting it has committed by now: either row is ours.
    made = find_phone(db, seals, phone)
    assert made is not None  # noqa: S101 -- it was inserted or was in the way
    return made


def are_ours(db: Connection, seals: Seals) -> bool:
    """Whether the numbers here were sealed under a key we have; True where there are none."""
    sealed: bytes | None = db.execute(_ANY).scalar()
    return sealed is None or seals.can_open(sealed)


def phone_of(db: Connection, seals: Seals, id_: int) -> Phone:
    """The number behind an id; raises `SealBroken`, and NoResultFound for an id never given."""
    return seals.unseal(db.execute(_SEALED, {"id": id_}).scalar_one())


def phone_ids(db: Connection, seals: Seals, wanted: Iterable[Phone]) -> dict[Phone, int]:
    """The ids of many numbers, made where they are new: three statements for 400 numbers."""
    ids: dict[Phone, int] = {}
    numbers = list(dict.fromkeys(wanted))
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        by_hash = {hash_: phone for phone in chunk for hash_ in seals.hashes(phone)}
        ids |= _known(db, by_hash)
        new = [phone for phone in chunk if phone not in ids]
        if new:
            rows = [{"hash": seals.hash_(phone), "sealed": seals.seal(phone)} for phone in new]
            # In one order everywhere, so that two imports at once do not wait for each other.
            db.execute(_INSERT, sorted(rows, key=lambda row: row["hash"]))
            ids |= _known(db, {seals.hash_(phone): phone for phone in new})
    return ids


def _known(db: Connection, by_hash: dict[bytes, Phone]) -> dict[Phone, int]:
    found = db.execute(_IDS, {"hashes": list(by_hash)})
    return {by_hash[bytes(hash_)]: id_ for hash_, id_ in found}


_NEXT = (
    select(phones.c.id, phones.c.sealed)
    .where(phones.c.id > bindparam("after"))
    .order_by(phones.c.id)
    .limit(bindparam("most"))
)
_RESEAL = (
    update(phones)
    .where(phones.c.id == bindparam("it"))
    .values(hash=bindparam("new_hash"), sealed=bindparam("new_seal"))
)


def reseal(db: Connection, seals: Seals, after: int, limit: int) -> int | None:
    """Bring the next numbers under the newest key; the last id looked at, None when all are done.

    Begin with 0 and go on from what was returned. A number that two programs with different newest
    keys wrote in the same moment stands twice; its old row stays as it is, and `bijli audit` names
    it. Raises `SealBroken` where a key is missing.
    """
    rows = db.execute(_NEXT, {"after": after, "most": limit}).all()
    if not rows:
        return None
    old = {row.id: seals.unseal(row.sealed) for row in rows if not seals.is_newest(row.sealed)}
    twins = _known(db, {seals.hash_(phone): phone for phone in old.values()}) if old else {}
    again = [
        {"it": id_, "new_hash": seals.hash_(phone), "new_seal": seals.seal(phone)}
        for id_, phone in old.items()
        if phone not in twins
    ]
    if again:
        db.execute(_RESEAL, again)
    last: int = rows[-1].id
    return last
