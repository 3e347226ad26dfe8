"""Offices in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.office import Office


@dataclass(slots=True)
class FakeOffices:
    """Offices by their code; a place is the office that bears its name."""

    offices: dict[str, Office] = field(default_factory=dict)

    async def of(self, code: str) -> Office | None:
        """As `bot.ports.Offices`."""
        return self.offices.get(code)

    async def near(self, words: str) -> tuple[Office, ...]:
        """As `bot.ports.Offices`."""
        said = words.casefold()
        names = {office: (office.name.en, office.name.hi) for office in self.offices.values()}
        return tuple(
            office
            for office, known in names.items()
            if any(name and name.casefold() in said for name in known)
        )
