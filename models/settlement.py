"""What passes between the payment desk and its records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.k_number import KNumber
from models.message import ChannelName, Tag
from models.money import Money
from models.payment import PaymentLink
from models.words import Masked


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to pay for one connection."""

    k_number: KNumber
    amount: Money | None  # None: all that is owed now


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is told what comes of a link, and in which language."""

    conversation_id: int
    tag: Tag


@dataclass(frozen=True, slots=True)
class Reservation:
    """The place of a link, held before the gateway has made it.

    Neither a link nor anything in the way means that nothing is owed.
    """

    link: PaymentLink | None
    in_the_way: tuple[PaymentLink, ...] = ()  # other live links of these bills: to be ended first


@dataclass(frozen=True, slots=True)
class Arrived:
    """Money that came for one connection, or that came although nothing more was owed."""

    k_number: KNumber
    amount: Money
    paid_on: date
    receipt: str  # empty where the money is kept apart, as it came twice
    left: Money  # still owed on the newest bill


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told when a link was paid: whoever asked for it, or a reader of e-mails."""

    conversation_id: int
    channel: ChannelName
    tag: Tag
    arrived: tuple[Arrived, ...]
    email_id: int | None = None  # the address that a receipt by e-mail goes to


@dataclass(frozen=True, slots=True)
class Settled:
    """What a look at the gateway changed in our records."""

    link: PaymentLink | None  # None: the link is not ours
    told: int  # messages that now wait to be sent


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link as its page shows it."""

    link: PaymentLink
    seen_at: datetime
    payable: bool  # live, and asking for what is still owed
    arrived: tuple[Arrived, ...]
    paid_at: datetime | None  # when the first of it came
    owed: Money  # on the newest bills of its connections, now
    whose: tuple[tuple[KNumber, Masked], ...]
    replacement: PaymentLink | None  # the link that took its place


@dataclass(frozen=True, slots=True)
class Ring:
    """A stored ring of the gateway's bell that nobody has answered yet."""

    event_id: str
    link_id: str  # the gateway's; empty where the event named none
    payment_id: str
