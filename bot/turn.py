"""One message, and everything needed to answer it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto

from bot.nlu.result import NluResult
from bot.ports import Services
from models.consumer import Account
from models.conversation import Conversation, Person
from models.k_number import KNumber
from models.message import ChannelName, InboundMessage, Reply, Tag
from models.money import Money
from models.words import Say


class Need(Enum):
    """What must be known before a handler may answer."""

    NOTHING = auto()
    K_NUMBER = auto()  # whoever asks, about any connection
    VERIFIED = auto()  # about a connection that is shown to be theirs
    CODE = auto()  # the same, by a code entered for this very wish
    OWN_CODE = auto()  # by a code to the asking address: about the person, not a connection

    @property
    def k_number(self) -> bool:
        """Whether a connection must be settled first."""
        return self not in {Need.NOTHING, Need.OWN_CODE}

    @property
    def code(self) -> bool:
        """Whether a code is needed whoever asks."""
        return self in {Need.CODE, Need.OWN_CODE}


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and everything needed to answer it."""

    message: InboundMessage
    text: str  # trimmed, digits in ASCII
    conversation: Conversation
    meaning: NluResult
    tag: Tag  # the language of this reply
    services: Services
    now: datetime
    account: Account | None = None  # settled where the handler needs a K-number
    facts: Mapping[str, str] = field(default_factory=dict)  # from a keyword or an option's key

    @property
    def person(self) -> Person:
        """Who wrote."""
        return self.conversation.person

    @property
    def channel(self) -> ChannelName:
        """Where they wrote."""
        return self.message.sender.channel

    @property
    def k_number(self) -> KNumber:
        """The settled connection; only where the handler needs one."""
        return self.settled.consumer.k_number

    @property
    def settled(self) -> Account:
        """The settled account; only where the handler needs one."""
        if self.account is None:
            raise LookupError
        return self.account

    @property
    def verified(self) -> bool:
        """Whether the settled connection is shown to be the person's."""
        return self.account is not None and self.person.is_verified(self.k_number)

    def amount(self) -> Money | None:
        """The sum the message names, if any."""
        if "paise" in self.facts:
            return Money(int(self.facts["paise"]))
        for entity in self.meaning.entities:
            if entity.entity == "amount":
                return Money(int(entity.value))
        return None

    def of(self, account: Account) -> Turn:
        """This turn with its connection settled."""
        return replace(self, account=account)

    def with_proof(self, k: KNumber | None) -> Turn:
        """This turn, once a connection is shown to be theirs."""
        if k is None:
            return self
        person = replace(self.person, proven=(*self.person.proven, k))
        return replace(self, conversation=replace(self.conversation, person=person))


Answer = Callable[[Turn], Awaitable[Reply]]
AnswerAll = Callable[[Turn, tuple[Account, ...]], Awaitable[Reply]]
NeedsFor = Callable[[Turn], Need]
AnswerWithout = Callable[[Turn], Awaitable[Reply | None]]


@dataclass(frozen=True, slots=True)
class Handler:
    """Answers one intent."""

    intent: str
    answer: Answer
    needs: Need = Need.NOTHING
    answer_all: AnswerAll | None = None  # for several connections at once: one link, one list
    one_by_one: bool = False  # several that were named are answered singly; ALL is not
    needs_for: NeedsFor | None = None  # where it depends on what is wished
    warns: Say | None = None  # said before a code is asked for
    without: AnswerWithout | None = None  # where no connection is settled; None: one is asked for

    def need(self, turn: Turn) -> Need:
        """What must be known before this turn may be answered."""
        return self.needs if self.needs_for is None else self.needs_for(turn)
