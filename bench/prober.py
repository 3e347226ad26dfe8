"""Another writer on a SQLite file: how long it waits for the write lock.

`python -m bench.prober FILE` writes a row every few milliseconds until SIGTERM, asks for the lock
again every millisecond while it is taken, and prints its waits as JSON: milliseconds.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import sys
import time

_BETWEEN = 0.003  # seconds from a write to the next


def probe(path: str) -> list[float]:
    """The seconds that each write waited for the lock, until SIGTERM."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    db = sqlite3.connect(path, timeout=0, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")  # its own writes should cost the disk nothing
    _begin(db)
    db.execute("CREATE TABLE IF NOT EXISTS bench_probe (n INTEGER)")
    db.execute("COMMIT")
    waits = []
    while not ended:
        waits.append(_begin(db))
        db.execute("INSERT INTO bench_probe VALUES (1)")
        db.execute("COMMIT")
        time.sleep(_BETWEEN)
    db.close()
    return waits


def _begin(db: sqlite3.Connection) -> float:
    asked = time.perf_counter()
    while True:
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            time.sleep(0.001)
        else:
            return time.perf_counter() - asked


if __name__ == "__main__":
    print(json.dumps([round(1000 * it, 3) for it in probe(sys.argv[1])]))
