"""What the providers' answers have in common."""

from __future__ import annotations

LONGEST_WAIT = 3600.0


def seconds(retry_after: str | None) -> float | None:
    """The wait a `Retry-After` header asks for, at most an hour; None for none or a date."""
    try:
        wait = float(retry_after or "")
    except ValueError:
        return None
    return min(wait, LONGEST_WAIT) if wait >= 0 else None
