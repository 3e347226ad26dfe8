"""Ears that make out what a voice note is said to hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.message import InboundMessage


@dataclass(slots=True)
class FakeHearing:
    """Hears the words laid down for a message; nothing in any other."""

    spoken: dict[str, str] = field(default_factory=dict)  # by the message's id

    async def words(self, message: InboundMessage) -> str | None:
        """As `bot.ports.Hearing`."""
        return self.spoken.get(message.id)
