"""What deeds change, in memory: the person, codes and cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from models.case import UNFINISHED, Case, CaseKind, CaseState
from models.conversation import Person
from models.deeds import (
    Consent,
    Deed,
    DisownKNumber,
    EmailAsked,
    EnterCode,
    ErasePerson,
    NameEmail,
    OpenCase,
    RemoveKNumber,
    SaveKNumber,
    SendCode,
    StartNotices,
    StopNotices,
    TryCode,
)
from models.k_number import KNumber
from models.proof import AN_HOUR, LIFE, TRIES, Outlook, PendingCode
from models.reference import reference

THE_CODE = "482913"
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class SentCode:
    """A code on its way or entered."""

    pending: PendingCode
    deed: SendCode
    sent_at: datetime
    entered_at: datetime | None = None


@dataclass(slots=True)
class FakeRecords:
    """Does deeds for one person in one conversation; every code is 482913 and its own hash."""

    mobiles: dict[KNumber, str] = field(default_factory=dict)  # last two digits
    codes: list[SentCode] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    opened: list[OpenCase] = field(default_factory=list)
    erased: bool = False

    def do(self, person: Person, deeds: Sequence[Deed], now: datetime) -> Person:
        """The person after these deeds."""
        for deed in deeds:
            person = self._one(person, deed, now)
        return person

    def _one(self, person: Person, deed: Deed, now: datetime) -> Person:  # noqa: C901, PLR0912 -- one case a deed
        match deed:
            case SaveKNumber():
                person = _saved(person, deed.k)
                if deed.nickname:
                    names = {**person.nicknames, deed.k: deed.nickname}
                    person = replace(person, nicknames=names)
            case RemoveKNumber():
                person = _removed(person, deed.k)
            case DisownKNumber():
                left = tuple(k for k in person.registered if k != deed.k)
                person = replace(_removed(person, deed.k), registered=left)
            case Consent():
                self.consents.append(deed)
                others = tuple(k for k in person.notified if k != deed.k)
                if deed.given:
                    person = replace(_saved(person, deed.k), notified=(*others, deed.k))
                else:
                    person = replace(person, notified=others)
            case StopNotices():
                person = replace(person, stopped=True)
            case StartNotices():
                person = replace(person, stopped=False)
            case NameEmail():
                self.emails.append(deed.email)
                person = replace(person, email_asked=True, email_confirmed=False)
            case EmailAsked():
                person = replace(person, email_asked=True)
            case SendCode():
                made, ends = len(self.codes) + 1, now + LIFE
                pending = PendingCode(
                    made, deed.purpose, deed.k, THE_CODE, TRIES, ends, deed.registered
                )
                self.codes.append(SentCode(pending, deed, now))
            case TryCode():
                sent = self.codes[deed.code_id - 1]
                sent.pending = replace(sent.pending, tries_left=sent.pending.tries_left - 1)
            case EnterCode():
                sent = self.codes[deed.code_id - 1]
                sent.entered_at = now
                k = sent.pending.k_number
                if k is not None and sent.deed.registered:
                    person = replace(person, proven=(*person.proven, k))
            case OpenCase():
                self.opened.append(deed)
                kind = CaseKind(deed.kind)
                mine = not deed.unnamed
                self.cases.append(Case(deed.ref, kind, CaseState.OPEN, deed.k, now, mine=mine))
            case ErasePerson():
                self.erased = True
                person = Person(person.id)
        return person

    async def outlook(self, person_id: int, k: KNumber | None, now: datetime) -> Outlook:
        """As `bot.ports.Codes`."""
        lately = [it.sent_at for it in self.codes if now - it.sent_at < HOUR]
        free_at = lately[-AN_HOUR] + HOUR if len(lately) >= AN_HOUR else None
        return Outlook(self.mobiles.get(k, "") if k else "", free_at)

    async def pending(self, conversation_id: int, now: datetime) -> PendingCode | None:
        """As `bot.ports.Codes`."""
        left = [it.pending for it in self.codes if it.entered_at is None]
        return left[-1] if left else None

    async def entered(
        self, conversation_id: int, purpose: str, k: KNumber | None, now: datetime
    ) -> bool:
        """As `bot.ports.Codes`."""
        return any(
            it.entered_at is not None
            and now - it.entered_at < LIFE
            and (it.pending.purpose, it.pending.k_number) == (purpose, k)
            for it in self.codes
        )

    async def new_reference(self) -> str:
        """As `bot.ports.Cases`."""
        return reference("CMP", len(self.cases) + 1)

    async def unfinished(self, k: KNumber, kind: CaseKind, person_id: int) -> Case | None:
        """As `bot.ports.Cases`."""
        same = (it for it in self.cases if (it.k_number, it.kind) == (k, kind))
        return next((it for it in same if it.state in UNFINISHED), None)

    async def by_reference(self, ref: str, person_id: int) -> Case | None:
        """As `bot.ports.Cases`."""
        return next((it for it in self.cases if it.ref == ref), None)

    async def newest(self, person_id: int) -> Case | None:
        """As `bot.ports.Cases`."""
        mine = [it for it in self.cases if it.mine]
        mine.sort(key=lambda it: (it.state in UNFINISHED, it.created_at))
        return mine[-1] if mine else None

    async def last_finished(self, person_id: int) -> Case | None:
        """As `bot.ports.Cases`."""
        mine = [it for it in self.cases if it.mine and it.state not in UNFINISHED]
        return max(mine, key=lambda it: it.created_at, default=None)


def _saved(person: Person, k: KNumber) -> Person:
    return replace(person, saved=tuple(dict.fromkeys((*person.saved, k))))


def _removed(person: Person, k: KNumber) -> Person:
    return replace(
        person,
        saved=tuple(it for it in person.saved if it != k),
        notified=tuple(it for it in person.notified if it != k),
        proven=tuple(it for it in person.proven if it != k),
        nicknames={it: name for it, name in person.nicknames.items() if it != k},
    )
