"""A message from which understanding can learn."""

from __future__ import annotations

from dataclasses import dataclass

from models.message import Tag


@dataclass(frozen=True, slots=True)
class Lesson:
    """A masked message that was not understood; it names no person and no conversation."""

    text: str
    tag: Tag  # the language it was answered in
    guessed: str = ""  # the intent it most resembles
    confidence: float = 0.0  # that the guess is right
    chosen: str = ""  # what was then chosen among the likeliest: of a text already kept
