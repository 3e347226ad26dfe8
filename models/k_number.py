"""The K-number: twelve digits that name one connection."""

from typing import NewType

KNumber = NewType("KNumber", str)

LENGTH = 12


def k_number(text: str) -> KNumber:
    """Read twelve ASCII digits; ValueError for anything else."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return KNumber(text)
