"""What the grammars share: a finding in the normalised text, and the ground already taken."""

from typing import NamedTuple


class Found(NamedTuple):
    """An entity in the normalised text."""

    entity: str
    value: str | int | float
    start: int
    end: int
    replaces: bool  # whether the classifier sees only that it was there, not its words


class Ground:
    """Which stretches of the text a grammar has already claimed."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._closed: list[tuple[int, int]] = []

    def is_free(self, start: int, end: int) -> bool:
        """Whether nobody has claimed any of it."""
        return all(end <= s or start >= e for s, e in self._closed)

    def without_taken(self, text: str) -> str:
        """The text with spaces where somebody has claimed it: "pay 901010000123 500" pays 500."""
        for start, end in self._closed:
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        return text

    def close(self, start: int, end: int) -> None:
        """Keep others off a stretch that is no entity (a UTR, an Aadhaar number)."""
        self._closed.append((start, end))

    def claim(self, found: Found) -> None:
        """Claim a stretch for an entity."""
        self._closed.append((found.start, found.end))
        self.found.append(found)
