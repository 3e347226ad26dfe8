"""What the providers' answers have in common."""

from __future__ import annotations

import json

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
