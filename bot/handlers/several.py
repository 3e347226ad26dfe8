"""One link for several bills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.handlers.account_list import Entry, entries_of, list_on_sms, tell_list
from bot.handlers.connection import by
from bot.handlers.payment import not_now, pay
from bot.identify import called
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.bill import IST
from models.consumer import Account
from models.errors import Temporary
from models.message import Option, Reply
from models.payment import Asked
from models.words import Say, Word

NAMED = 2  # connections that an SMS names by their last digits
_ROOM = 9  # choices in a list that shows ten rows


async def pay_several(turn: Turn, accounts: tuple[Account, ...]) -> Reply:
    """One link for all that these connections owe; those that owe nothing are left out and named.

    A part can be paid for one bill at a time: where a sum is named, ask for which.
    """
    entries = entries_of(turn, accounts)
    owing = [it for it in entries if it.owed]
    clear = [it for it in entries if not it.owed]
    if not owing:
        return tell_list(turn, accounts)
    if len(owing) == 1:
        return _beside(turn, await pay(turn.of(owing[0].account)), clear)
    if "offline" in turn.facts:
        return _together([await pay(turn.of(it.account)) for it in owing])
    if turn.amount() is not None:
        return _one_at_a_time(turn, owing)
    try:
        asked = await turn.services.payments.ask(
            tuple(it.account for it in owing),
            None,
            conversation_id=turn.conversation.id,
            tag=turn.tag,
            key=turn.message.id,
            now=turn.now,
        )
    except Temporary:
        silent = [(turn.of(it.account), it.account.bill, it.owed) for it in owing]
        return _together([not_now(one, bill, owed) for one, bill, owed in silent if bill])
    return _beside(turn, _link(turn, owing, asked), clear)


def _link(turn: Turn, owing: Sequence[Entry], asked: Asked) -> Reply:
    """The link, what it asks for each connection, and until when it works."""
    entries = {it.k: it for it in owing}
    parts = [(entries[part.k_number], part) for part in asked.parts if part.k_number in entries]
    facts: dict[str, Word] = {
        "amount": asked.amount,
        "count": len(parts),
        "url": asked.url,
        "ends": _ends([it for it, _ in parts]),
        "until": by(asked.until),
    }
    lines = [
        Say("pay-several", facts),
        *(_part(turn, it, {"amount": part.amount}) for it, part in parts),
        *((Say("pay-instead"),) if asked.instead else ()),
        Say("pay-until", facts),
    ]
    sms = Say("pay-several", {**facts, "until": asked.until.astimezone(IST).date()})
    return Reply(tuple(lines), sms=sms)


def _part(turn: Turn, it: Entry, facts: dict[str, Word]) -> Say:
    named = {"k": it.k, "name": called(it.account, turn.person)}
    return Say("pay-several-part", {**named, **facts})


def _ends(entries: Sequence[Entry]) -> str:
    """`..0123, ..0456 +3`: as many as an SMS has room for."""
    named = ", ".join(f"..{it.k[-4:]}" for it in entries[:NAMED])
    more = len(entries) - NAMED
    return f"{named} +{more}" if more > 0 else named


def _beside(turn: Turn, said: Reply, clear: Sequence[Entry]) -> Reply:
    """A reply that also names the connections which owe nothing."""
    if not clear:
        return said
    lines = [
        Say("pay-several-clear", {"k": it.k, "name": called(it.account, turn.person)})
        for it in clear
    ]
    more = tuple(list_on_sms(turn, clear))
    return replace(said, lines=(*said.lines, *lines), more_sms=(*said.more_sms, *more))


def _one_at_a_time(turn: Turn, owing: Sequence[Entry]) -> Reply:
    """A part is of one bill: offer each, with the sum that was named."""
    amount = turn.amount()
    facts = {} if amount is None else {"paise": str(amount.paise)}
    options = tuple(
        Option(key("bill_pay", it.k, **facts), Say("pay-this", {"k": it.end}))
        for it in owing[:_ROOM]
    )
    short = Say("hint", {"want": Say("want-one-part")})
    return Reply((Say("pay-one-part"),), options, sms=short)


def _together(said: Sequence[Reply]) -> Reply:
    """What is said of each, in one reply; on SMS one message each."""
    lines: list[Say] = []
    for line in (line for it in said for line in it.lines):
        if line not in lines:
            lines.append(line)
    first, *more = [it.sms or it.lines[0] for it in said]
    return Reply(tuple(lines), sms=first, more_sms=tuple(more))


PAY = Handler("bill_pay", pay, needs=Need.K_NUMBER, answer_all=pay_several)
