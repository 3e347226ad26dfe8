"""Decisions are numbered, so that one can be named."""

import re

from tests.house.house import ROOT

NAME = re.compile(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md")


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (ROOT / "docs/decisions").glob("*.md"))

    unnamed = [name for name in names if not NAME.fullmatch(name)]
    assert not unnamed, f"A decision is called NNNN-short-title.md: {unnamed}"
    numbers = [int(name[:4]) for name in names]
    assert numbers == list(range(1, len(numbers) + 1)), (
        f"Decisions are numbered from 0001, each number once and none left out: {names}"
    )
