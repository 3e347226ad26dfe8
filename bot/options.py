"""The key behind an option: an intent, perhaps a K-number, perhaps facts.

`bill_pay:901010000123:paise=50000`. It says everything a tap needs, so that a button of last week
still means what it meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from models.k_number import KNumber, k_number

# Facts that are read as numbers: a person's own software may send any key it likes.
_NUMBERS = {
    "paise": re.compile(r"[0-9]{1,12}"),
    "places": re.compile(r"[0-9]{1,3}(,[0-9]{1,3})*"),
    "reading": re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?"),
}

IN_WORDS = frozenset({"words", "place", "nickname", "email", "mobile"})
"""Facts in people's own words: too long for a key, or too private to travel with every button, so
the talk keeps them while it waits."""

_NEVER = IN_WORDS | {"code"}  # no key of ours says these


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants, however they said it."""

    intent: str
    k_numbers: tuple[KNumber, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)


def key(intent: str, k: KNumber | None = None, **facts: str) -> str:
    """The key of an option; what somebody said in words of their own stays out of it."""
    told = (f"{name}={it}" for name, it in facts.items() if name not in IN_WORDS)
    return ":".join([intent, *([k] if k else []), *told])


def read_key(text: str) -> Wish:
    """The wish behind a key; ValueError for what is no key of ours."""
    intent, *rest = text.split(":")
    numbers: list[KNumber] = []
    facts: dict[str, str] = {}
    for part in rest:
        name, equals, value = part.partition("=")
        if equals:
            unread = name in _NUMBERS and not _NUMBERS[name].fullmatch(value)
            if unread or name in _NEVER:
                raise ValueError(text)
            facts[name] = value
        else:
            numbers.append(k_number(part))
    if not intent.replace("_", "").isalpha():
        raise ValueError(text)
    return Wish(intent, tuple(dict.fromkeys(numbers)), facts)
