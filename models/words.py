"""What is to be said, before anybody has chosen a language.

A `Say` names a sentence and carries its facts; only `voice` turns it into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import NewType

from models.money import Money

Code = NewType("Code", str)
"""Text that is said as it stands in every language: a reference, a link, a number of ours."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an office, a place, a cause; only the voice picks the language."""

    en: str
    hi: str = ""
    sms_en: str = ""
    sms_hi: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A person's name, to be said masked: first letters and stars."""

    en: str
    hi: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence by its name in `locales/`, with the facts it tells."""

    name: str
    facts: Mapping[str, Word] = field(default_factory=lambda: _NO_FACTS)


Word = Name | Masked | Month | str | int | date | datetime | Money | Say
_NO_FACTS: Mapping[str, Word] = MappingProxyType({})
