"""What a reply does to our records, decided by the bot and done with the turn's commit.

A deed is kept in the transaction that keeps the reply, so nothing is done twice or without being
said. Where the records have changed meanwhile, the commit raises `Conflict` and the message is
answered anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from models.k_number import KNumber
from models.words import Say

_NO_FACTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SaveKNumber:
    """Keep a K-number for the person, or name one that is kept."""

    k: KNumber
    nickname: str = ""


@dataclass(frozen=True, slots=True)
class RemoveKNumber:
    """Keep a K-number no longer; its notices end too."""

    k: KNumber


@dataclass(frozen=True, slots=True)
class DisownKNumber:
    """The person says that a connection registered on their mobile is not theirs."""

    k: KNumber


@dataclass(frozen=True, slots=True)
class Consent:
    """The person says yes or no to notices about a connection; words and time are kept.

    A yes saves the K-number too, so that the person finds it in their list.
    """

    k: KNumber
    given: bool
    asked: Say  # the question as it was put; the engine puts it into `words`
    words: str = ""


@dataclass(frozen=True, slots=True)
class StopNotices:
    """No notices to this person any more."""


@dataclass(frozen=True, slots=True)
class StartNotices:
    """Notices again, as they were wanted before."""


@dataclass(frozen=True, slots=True)
class NameEmail:
    """An e-mail address; it counts once its owner has confirmed it on the page sent there."""

    email: str
    tag: str


@dataclass(frozen=True, slots=True)
class EmailAsked:
    """The person was asked for an e-mail address, which is done once."""


@dataclass(frozen=True, slots=True)
class SendCode:
    """Send a one-time code to a connection's registered mobile, or to the asking address itself.

    The letter has `CODE_PLACE` as its code: the code itself is made by the records and known to
    nobody else.
    """

    purpose: str  # the intent it proves for
    k: KNumber | None
    registered: bool  # to the registered mobile, by SMS
    key: str  # the message that asked: asking twice sends one
    letter: Say  # the engine puts it into `words`
    words: str = ""


CODE_PLACE = "000000"
"""Stands where the code will stand: six digits, so that lengths are counted right."""


@dataclass(frozen=True, slots=True)
class TryCode:
    """A wrong code was entered: one try less."""

    code_id: int


@dataclass(frozen=True, slots=True)
class EnterCode:
    """The right code was entered; with a connection, the person is verified for it from now on."""

    code_id: int


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Write down something for staff to finish: a complaint, a correction, money to give back."""

    ref: str
    kind: str  # one of models.case.CaseKind
    k: KNumber | None
    text: str = ""  # in the person's words
    facts: Mapping[str, str] = field(default_factory=lambda: _NO_FACTS)
    unnamed: bool = False  # it is kept without whoever brought it up


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Forget everything about the person who asks; what the law keeps stays without them."""


Deed = (
    SaveKNumber
    | RemoveKNumber
    | DisownKNumber
    | Consent
    | StopNotices
    | StartNotices
    | NameEmail
    | EmailAsked
    | SendCode
    | TryCode
    | EnterCode
    | OpenCase
    | ErasePerson
)
