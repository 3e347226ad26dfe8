"""Imports, sample data and the day's payments, at the terminal."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from discom.export import write_collections
from discom.facts import categories
from discom.imports import EXIT_DONE, EXIT_UNUSABLE, Summary, UnknownKind, import_file
from discom.imports import Progress as ImportProgress
from discom.ports import Records
from discom.table import Unusable
from storage.payments import export_collections
from storage.store import Database


def run_import(
    kind: str, path: Path, records: Records, folder: Path, *, out: Console, err: Console
) -> int:
    """Import a file and say what it did; the exit code. `folder` is the discom's."""
    _leave_alone_what_is_loaded()
    try:
        with _bar(err, kind, DownloadColumn(), TimeRemainingColumn()) as (bar, task):
            bar.update(task, total=path.stat().st_size if path.is_file() else None)

            def tell(at: ImportProgress) -> None:
                bar.update(task, completed=at.bytes_read)

            summary = import_file(kind, path, records, categories=categories(folder), progress=tell)
    except (Unusable, UnknownKind) as trouble:
        _tell(err, str(trouble))
        return EXIT_UNUSABLE
    for sentence in _sentences(summary):
        _tell(out, sentence)
    return summary.exit_code


def run_seed(
    records: Records,
    folder: Path,
    *,
    out: Console,
    err: Console,
    consumers: int,
    number: int,
    months: int,
    today: date,
) -> int:
    """Make sample data and say what came in; the exit code."""
    from discom.sample.seeding import SeedProgress, seed  # a large import, of no use to the others

    _leave_alone_what_is_loaded()
    with _bar(err, "sample data", MofNCompleteColumn()) as (bar, task):

        def tell(at: SeedProgress) -> None:
            bar.update(task, description=at.kind, completed=at.rows)

        done = seed(
            records,
            folder,
            consumers=consumers,
            seed=number,
            months=months,
            today=today,
            progress=tell,
        )
    rows: dict[str, int] = {}
    for it in done:
        rows[it.kind] = rows.get(it.kind, 0) + it.rows
    listed = ", ".join(f"{count} {kind}" for kind, count in rows.items())
    changed = sum(it.counts.new + it.counts.changed for it in done)
    _tell(out, f"Sample data are in: {listed}; {changed} rows were new or changed.")
    return EXIT_DONE


def run_export(database: Database, day: date, out: TextIO) -> int:
    """Write a day's payments as CSV; the exit code."""
    write_collections(database.read(export_collections, day), out)
    return EXIT_DONE


def _sentences(summary: Summary) -> Iterator[str]:
    new, changed, unchanged = summary.counts
    yield (
        f"{summary.kind}: {summary.rows} rows, {new} new, {changed} changed, "
        f"{unchanged} unchanged, {summary.rejected} rejected."
    )
    if summary.doubtful:
        what = "rows are in though something in them does not fit"
        if summary.kind == "bills":
            what = "bills are in though their parts do not add up to the amount"
        yield f"{summary.doubtful} {what}."
    if summary.rejected_path is not None:
        yield f"Rejected rows, each with its line and the reason: {summary.rejected_path}"


def _leave_alone_what_is_loaded() -> None:
    # Millions of rows come and go; the collector would look through every module again and again.
    gc.collect()
    gc.freeze()


def _tell(console: Console, sentence: str) -> None:
    console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _bar(
    console: Console, what: str, *columns: ProgressColumn
) -> Iterator[tuple[Progress, TaskID]]:
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        yield bar, bar.add_task(what, total=None)
