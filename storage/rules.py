"""A rule that must always hold, told as the rows that break it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong with the rows a query finds; the query's one column names them."""

    sentence: str
    query: Select[tuple[object]]
