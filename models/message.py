"""A message from a person, and what we say back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

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


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: a phone number, a chat id, or a WhatsApp id that is no number."""

    channel: ChannelName
    id: str

    @property
    def phone(self) -> Phone | None:
        """The number, where the channel's id is one."""
        if self.channel is not ChannelName.TELEGRAM and self.id.startswith("+"):
            return Phone(self.id)
        return None


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
class Reply:
    """What the bot says to one message, not yet in a language.

    On chat channels `lines` make one message. An SMS is a sentence of its own: `sms` where the
    lines together need another, else the first line, each under its name with `-sms` at the end.
    """

    lines: tuple[Say, ...]
    options: tuple[Option, ...] = ()
    sms: Say | None = None
    asks: bool = False  # the options are the question: they are shown on every channel
    then: str | None = None  # the intent this reply waits to go on with


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
