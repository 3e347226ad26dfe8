"""A person, and one address's talk with us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from models.k_number import KNumber
from models.message import Address, Tag

_NO_NAMES: Mapping[KNumber, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever writes to us, over all their addresses."""

    id: int
    tag: Tag | None = None  # the language they chose, which then holds everywhere
    registered: tuple[KNumber, ...] = ()  # connections whose registered mobile proves to be theirs
    saved: tuple[KNumber, ...] = ()
    proven: tuple[KNumber, ...] = ()  # a code sent to the registered mobile was entered
    closed: tuple[KNumber, ...] = ()  # registered on their mobile, and closed
    nicknames: Mapping[KNumber, str] = field(default_factory=lambda: _NO_NAMES)
    notified: tuple[KNumber, ...] = ()  # saved ones about which they want notices
    stopped: bool = False  # they said STOP: no notices
    email_asked: bool = False  # they were asked for an e-mail address, or gave one
    email_confirmed: bool = False

    def is_verified(self, k: KNumber) -> bool:
        """Whether they have shown that this connection is theirs."""
        return k in self.registered or k in self.proven or k in self.closed

    @property
    def own(self) -> tuple[KNumber, ...]:
        """Saved and registered K-numbers, each once, in a stable order."""
        return tuple(dict.fromkeys((*self.saved, *self.registered)))


@dataclass(frozen=True, slots=True)
class Offered:
    """An option as it was shown: its key, and the label for those who type it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What we remember of the talk so far, beside the person; kept as one value."""

    tag: Tag | None = None  # the language of the last reply
    focus: KNumber | None = None  # the K-number last spoken of
    focus_at: datetime | None = None
    offered: tuple[Offered, ...] = ()
    wanted: str | None = None  # the intent that waits for something more
    slot: str = ""  # what it waits for; empty: a K-number
    wanted_with: tuple[tuple[str, str], ...] = ()  # facts it already has, such as an amount
    digits: str = ""  # the first part of a K-number sent in pieces
    misses: int = 0  # messages in a row that were not understood
    missed: str = ""  # the last of them, masked, where likely wishes were offered for it
    told: frozenset[str] = field(default_factory=frozenset)  # things said once: privacy, HINDI
    last_heard: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One address's talk."""

    id: int
    address: Address
    person: Person
    talk: Talk
    version: int  # rises with every turn; two turns at once cannot both be kept
