"""Which connection a reply is about, so that the person can check that it is the right one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.turn import Turn
from models.bill import IST
from models.money import NOTHING, Money
from models.words import Say, Word


def owed(turn: Turn) -> Money:
    """What is to be paid for the connection now; never below nothing."""
    bill = turn.settled.bill
    return bill.payable(turn.now) if bill else NOTHING


def who(turn: Turn) -> Word:
    """What stands beside the K-number in an SMS: the masked name, or what matters more than it."""
    account = turn.settled
    if account.moved_from is not None:
        return Say("who-moved", {"old": account.moved_from})
    if account.bills_as_of is not None and account.is_stale(turn.now):
        return Say("who-as-on", {"date": account.bills_as_of.astimezone(IST).date()})
    return account.consumer.name


def which(turn: Turn) -> tuple[Say, ...]:
    """The last lines about a connection: whose it is, its new number, how old the news is."""
    account = turn.settled
    k = account.consumer.k_number
    lines = [Say("whose", {"k": k, "name": account.consumer.name})]
    if account.moved_from is not None:
        lines.append(Say("k-number-moved", {"old": account.moved_from, "new": k}))
    if account.bills_as_of is not None and account.is_stale(turn.now):
        lines.append(Say("as-on", {"date": account.bills_as_of.astimezone(IST).date()}))
    return tuple(lines)


def several(turn: Turn) -> bool:
    """Whether the message names more connections than this one, so that buttons must say which."""
    named = {it.value for it in turn.meaning.entities if it.entity == "k_number"}
    return len(named) > 1


def office(turn: Turn, sentence: str) -> Say:
    """A sentence that sends the person to their office, or to the helpline alone."""
    named = turn.settled.office
    if named is None:
        return Say(f"{sentence}-unnamed", {"phone": phone(turn)})
    return Say(sentence, {"office": named, "phone": phone(turn)})


def phone(turn: Turn) -> str:
    """Whom to call about this connection: in some towns another company serves it."""
    return turn.settled.helpline or turn.services.helpline


def in_short(turn: Turn, what: Say, first: Say, second: Say, office: Say | None = None) -> Say:
    """An SMS on what an office does: two things to know, which office, and whom to call."""
    account = turn.account
    named = account.office if account else None
    helpline = account.helpline if account else ""
    facts: Mapping[str, Word] = {
        "what": what,
        "first": first,
        "second": second,
        "office": office or named or Say("short-office"),
        "phone": helpline or turn.services.helpline,
    }
    return Say("service", facts)


def by(until: datetime) -> Word:
    """A last moment as people say it: the day alone where the whole day still counts."""
    local = until.astimezone(IST)
    last_minute = (local.hour, local.minute) == (23, 59)
    return local.date() if last_minute else local
