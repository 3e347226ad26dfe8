"""All of a person's connections in one list, with what each owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handlers.bill import tell_bill
from bot.identify import SHOWN, by_threes, called, shortest_ends
from bot.options import key
from bot.slots import NICKNAME_ON_SMS
from bot.turn import Handler, Turn
from models.bill import IST
from models.consumer import Account, ConnectionStatus
from models.k_number import KNumber
from models.message import Option, Reply
from models.money import NOTHING, Money
from models.words import Say, Word


@dataclass(frozen=True, slots=True)
class Entry:
    """One connection at its place in the list."""

    place: int
    k: KNumber
    end: str  # the last digits that tell it from the others
    account: Account
    owed: Money


async def show_list(turn: Turn) -> Reply:
    """The person's saved and registered K-numbers with what is due, and buttons to pay."""
    own = turn.person.own
    accounts = await turn.services.accounts.masked(own)
    if not accounts:
        return Reply((Say("list-empty"),), sms=Say("ask-k-number"), then="account_add")
    return tell_list(turn, accounts)


async def show_bills_of(turn: Turn, accounts: tuple[Account, ...]) -> Reply:
    """The same for whoever asks for all their bills."""
    return tell_list(turn, accounts)


def tell_list(turn: Turn, accounts: Sequence[Account]) -> Reply:
    """Each connection on a line, then the sum of all."""
    entries = entries_of(turn, accounts)
    total = sum((it.owed for it in entries), NOTHING)
    lines = [Say("list-title"), *(_line(turn, it) for it in entries)]
    if len(entries) > 1:
        lines.append(Say("list-total", {"amount": total}) if total else Say("list-all-clear"))
    lines.extend(_as_on(turn, entries))
    sms = list_on_sms(turn, entries)
    if len(entries) > 1 and total:
        sms.append(Say("list-total", {"count": len(entries), "amount": total}))
    return Reply(tuple(lines), _options(entries, total), sms=sms[0], more_sms=tuple(sms[1:]))


def list_on_sms(turn: Turn, entries: Sequence[Entry]) -> list[Say]:
    """These connections as SMS: three in each; a single one is told as its bill is."""
    if len(entries) == 1:
        said = tell_bill(turn.of(entries[0].account))
        return [said.sms or said.lines[0]]
    groups = by_threes([_on_sms(turn, it) for it in entries])
    return [Say("list-three" if "third" in it else "list-two", it) for it in groups]


def entries_of(turn: Turn, accounts: Sequence[Account]) -> list[Entry]:
    """These connections with their places in the person's list."""
    own = turn.person.own
    ends = shortest_ends([it.consumer.k_number for it in accounts])
    made = []
    for count, it in enumerate(accounts, 1):
        k = it.consumer.k_number
        names = (k, it.moved_from)
        place = next((at for at, mine in enumerate(own, 1) if mine in names), count)
        owed = it.bill.payable(turn.now) if it.bill else NOTHING
        made.append(Entry(place, k, ends[k], it, owed))
    return made


def _line(turn: Turn, it: Entry) -> Say:
    facts: dict[str, Word] = {"place": it.place, "k": it.k, "name": called(it.account, turn.person)}
    return Say("list-entry", {**facts, "state": _state(turn, it)})


def _state(turn: Turn, it: Entry) -> Say:
    bill, status = it.account.bill, it.account.consumer.status
    if not it.owed:
        if status is ConnectionStatus.CLOSED:
            return Say("list-closed")
        return Say("list-no-bill" if bill is None else "list-clear")
    if status is ConnectionStatus.DISCONNECTED:
        return Say("list-cut", {"amount": it.owed})
    if bill is None or bill.is_overdue(turn.now):
        return Say("list-overdue", {"amount": it.owed})
    return Say("list-due", {"amount": it.owed, "due": bill.due_on})


def _on_sms(turn: Turn, it: Entry) -> Say:
    nickname = turn.person.nicknames.get(it.k, "")[:NICKNAME_ON_SMS].strip()
    facts: dict[str, Word] = {"place": it.place, "k": f"{it.end} {nickname}".strip()}
    if it.owed:
        return Say("list-place", {**facts, "amount": it.owed})
    return Say("list-place-clear", facts)


def _options(entries: Sequence[Entry], total: Money) -> tuple[Option, ...]:
    owing = [it for it in entries if it.owed]
    single = [
        Option(key("bill_pay", it.k), Say("pay-this", {"k": it.end})) for it in owing[: SHOWN - 1]
    ]
    if len(owing) < 2:  # noqa: PLR2004 one is no several
        return tuple(single)
    return (Option(key("bill_pay", all="yes"), Say("pay-all", {"amount": total})), *single)


def _as_on(turn: Turn, entries: Sequence[Entry]) -> list[Say]:
    """How old the news is, where it is older than a day."""
    stale = [it.account.bills_as_of for it in entries if it.account.is_stale(turn.now)]
    dates = [it.astimezone(IST).date() for it in stale if it is not None]
    return [Say("as-on", {"date": min(dates)})] if dates else []


LIST = Handler("account_list", show_list)
