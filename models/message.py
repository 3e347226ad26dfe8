"""A message from a person, and what we say back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from models.deeds import Deed
from models.words import Say

Phone = NewType("Phone", str)
"""E.164, as `+919829012345`."""

Tag = NewType("Tag", str)
"""A language we speak: `en`, `hi` or `hi-Latn`."""

ENGLISH, HINDI, HINGLISH = Tag("en"), Tag("hi"), Tag("hi-Latn")
TAGS = (ENGLISH, HINDI, HINGLISH)


class ChannelName(StrEnum):
    """The ways people reach us."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    TELEGRAM = "telegram"
    EMAIL = "email"  # we write there; nobody is answered there


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached.

    The id is a phone number, a chat id, a WhatsApp id that is no number, or an e-mail address.
    """

    channel: ChannelName
    id: str

    @property
    def phone(self) -> Phone | None:
        """The number, where the channel's id is one."""
        if self.channel in _BY_PHONE and self.id.startswith("+"):
            return Phone(self.id)
        return None


_BY_PHONE = frozenset({ChannelName.WHATSAPP, ChannelName.SMS})


class Kind(StrEnum):
    """What a message is, where it is more than words."""

    TEXT = "text"
    CHOICE = "choice"  # a tapped button or list row
    VOICE = "voice"
    PICTURE = "picture"
    DOCUMENT = "document"
    LOCATION = "location"
    STICKER = "sticker"
    CONTACT = "contact"  # a shared phone number
    MISSED_CALL = "missed_call"  # answered by SMS; the choice says what the number is for
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """One message as a channel received it, secrets already blanked."""

    id: str  # the provider's; unique on its channel
    sender: Address
    text: str
    received_at: datetime
    kind: Kind = Kind.TEXT
    choice: str | None = None  # the key behind the button that was tapped
    edits: str | None = None  # the provider's id of the message this one changes
    shared_phone: Phone | None = None  # a contact that Telegram says is the sender's own
    blanked: bool = False  # something secret was taken out of the text
    media: tuple[str, ...] = ()
    secret: str = field(default="", repr=False)  # digits called a code: never written down
    code: str = ""  # the keyed hash of a code that this address was asked for


class DeliveryState(StrEnum):
    """How far a message of ours has come, in the order it may move."""

    SENDING = "sending"
    ACCEPTED = "accepted"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    RETRY = "retry"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider says became of a message of ours."""

    channel: ChannelName
    provider_id: str
    state: DeliveryState
    message_id: int | None = None  # ours, from the callback's address
    reason: str = ""  # the provider's error code


@dataclass(frozen=True, slots=True)
class Option:
    """Something the person may choose; `key` comes back when they do."""

    key: str
    label: Say


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper of ours beside a message: the provider fetches it at its address."""

    url: str  # `/media/{token}`, on our public address
    name: str  # as the person's phone saves it
    mime: str  # application/pdf, image/png


_NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says to one message, not yet in a language.

    On chat channels `lines` make one message. An SMS is a sentence of its own: `sms` where the
    lines together need another, else the first line, each under its name with `-sms` at the end;
    `more_sms` follow it as messages of their own.

    A reply that asks for something names the intent it goes on with (`then`), what it asks for
    (`slot`, one of `bot/slots.py`) and what is known already (`kept`): the same handler is called
    again with all of it as facts of the turn.
    """

    lines: tuple[Say, ...]
    options: tuple[Option, ...] = ()
    sms: Say | None = None
    more_sms: tuple[Say, ...] = ()
    asks: bool = False  # the options are the question: they are shown on every channel
    then: str | None = None
    slot: str = ""
    kept: Mapping[str, str] = field(default_factory=lambda: _NO_FACTS)
    deeds: tuple[Deed, ...] = ()  # what it does; done in the transaction that keeps the reply
    attached: tuple[Attachment, ...] = ()  # on chat channels; an SMS names the address itself
    asks_contact: bool = False  # Telegram shows its button to share the phone number


def reply(name: str, **facts: object) -> Reply:
    """A reply of one sentence."""
    return Reply((Say(name, facts),))  # type: ignore[arg-type]  # keyword facts are Words by use


@dataclass(frozen=True, slots=True)
class OutboundMessage:
    """A message as it leaves: words chosen, not yet bent to a provider's form."""

    id: int
    to: Address
    text: str
    options: tuple[tuple[str, str], ...] = ()  # key and label, in the order offered
    tag: Tag = ENGLISH
    asks_contact: bool = False  # Telegram shows its button to share the phone number
    window_open: bool = True  # the person wrote within WhatsApp's 24 hours
    attached: tuple[Attachment, ...] = ()
    subject: str = ""  # of an e-mail
    unsubscribe: str = ""  # the address of an e-mail's one-click unsubscription
    template: str = ""  # the name of the sentence: an SMS on an Indian route is a registered one
