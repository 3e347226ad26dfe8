"""The company's tariffs, as far as a source confirms them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from app.company import DISCOMS
from models.money import Money
from models.tariff import Slab, Tariff
from models.words import Name

_CONFIRMED = frozenset({"sourced", "derived"})


def tariffs(discom: str) -> tuple[Tariff, ...]:
    """Every tariff in the company's `tariff.yml`; rates from memory are left out."""
    file = yaml.safe_load((DISCOMS / discom / "tariff.yml").read_text("utf-8"))
    names = {code: Name(it["name_en"], it["name_hi"]) for code, it in file["categories"].items()}
    groups = {group: tuple(codes) for group, codes in file["groups"].items()}
    return tuple(
        Tariff(
            year=it["id"].removeprefix("FY"),
            ordered_on=it.get("ordered_on", it["effective_from"]),
            begins=it["effective_from"],
            ends=it["effective_to"],
            names=names,
            groups=groups,
            rates=_rates(it, groups),
        )
        for it in file["tariffs"]
    )


def _rates(
    tariff: Mapping[str, Any], groups: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[Slab, ...]]:
    """The confirmed rates by category, from the first unit of a month on."""
    found: dict[str, dict[tuple[int, int | None], Slab]] = {}
    for group, codes in groups.items():
        for row in tariff.get(group, ()):
            if row.get("energy_paise") is None or row["conf"] not in _CONFIRMED:
                continue
            first, last = row.get("slab", (0, None))
            code = row.get("category", codes[0])
            # The general rate stands after those of small classes, and holds.
            found.setdefault(code, {})[first, last] = Slab(first, last, Money(row["energy_paise"]))
    return {
        code: tuple(sorted(slabs.values(), key=lambda it: it.first))
        for code, slabs in found.items()
    }
