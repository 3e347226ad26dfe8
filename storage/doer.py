"""Whoever a deed is done for, and what came in its way."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import Conflict
from models.message import ChannelName, Tag
from storage.emails import Mailer


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts in a turn, and where; the mailer writes the letters that need no turn."""

    conversation_id: int
    person_id: int
    channel: ChannelName
    tag: Tag
    mailer: Mailer | None = None

    @property
    def actor(self) -> str:
        """As the audit names them."""
        return f"conversation:{self.conversation_id}"

    @property
    def subject(self) -> str:
        """As the audit names their person."""
        return f"person:{self.person_id}"


class SomebodyElse(Conflict):
    """The conversation belongs to another person than when its message was read."""
