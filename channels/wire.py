"""What the providers' answers have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping

LONGEST_WAIT = 3600.0


def seconds(retry_after: str | None) -> float | None:
    """The wait a `Retry-After` header asks for, at most an hour; None for none or a date."""
    try:
        wait = float(retry_after or "")
    except ValueError:
        return None
    return min(wait, LONGEST_WAIT) if wait >= 0 else None


def read_json(body: bytes) -> object:
    """What a JSON body says; ValueError where it says nothing, or hides it too deep."""
    try:
        found: object = json.loads(body)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return found


def at_path(found: object, path: str) -> object:
    """What stands in JSON at `data.0.id`; None where nothing does."""
    for step in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found
