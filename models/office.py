"""An office of the company, as people are told of it."""

from __future__ import annotations

from dataclasses import dataclass

from models.words import Name


@dataclass(frozen=True, slots=True)
class Office:
    """One office; what nobody has told us of it is empty."""

    name: Name
    officer: str = ""
    phone: str = ""
    hours: str = ""
    map_url: str = ""
    helpline: str = ""  # of whoever serves its consumers, where that is not the company
