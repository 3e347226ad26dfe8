"""A discom's folder: its lists for an empty database, and the codes of its tariff."""

from __future__ import annotations

from pathlib import Path

import yaml

from discom.imports import Summary, import_file
from discom.ports import Records

LISTS = ("offices", "feeders", "localities")


def categories(folder: Path) -> frozenset[str]:
    """The tariff codes of a discom (`LT-1`, …)."""
    tariff = yaml.safe_load((folder / "tariff.yml").read_text(encoding="utf-8"))
    return frozenset(tariff["categories"])


def load_discom(records: Records, folder: Path) -> list[Summary]:
    """Import the lists of a discom's folder where the database has none; later imports rule."""
    return [
        import_file(kind, folder / f"{kind}.csv", records, categories=(), progress=lambda _at: None)
        for kind in LISTS
        if (folder / f"{kind}.csv").exists() and records.is_empty(kind)
    ]
