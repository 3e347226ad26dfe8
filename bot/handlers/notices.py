"""Notices about connections: on, off, and on again."""

from __future__ import annotations

from bot.handlers.account import full, without_room
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.consumer import Account
from models.deeds import Consent, Deed, StartNotices, StopNotices
from models.k_number import KNumber
from models.message import Option, Reply
from models.words import Say

# A bare "off" may be each of these.
_WHICH = (
    Option(key("unsubscribe"), Say("intent-unsubscribe")),
    Option(key("outage_report"), Say("intent-outage_report")),
    Option(key("disconnection_request"), Say("intent-disconnection_request")),
)


async def notices_on(turn: Turn) -> Reply:
    """Turn notices on for the connection: the wish itself is the consent, and is kept as such."""
    return await again(turn) or _with_room(turn, (turn.settled,))


async def several_on(turn: Turn, accounts: tuple[Account, ...]) -> Reply:
    """The same for several connections at once."""
    return await again(turn) or _with_room(turn, accounts)


async def again(turn: Turn) -> Reply | None:
    """Notices as they were before STOP; None where something else is wished."""
    if "again" not in turn.facts:
        return None
    kept = turn.person.notified
    lines = [Say("notices-again")]
    lines.extend(Say("notices-about", {"k": k}) for k in kept)
    if not kept:
        lines.append(Say("notices-how"))
    sms = Say("notices-on", {"what": Say("notices-as-before")})
    return Reply(tuple(lines), sms=sms, deeds=(StartNotices(),))


async def notices_off(turn: Turn) -> Reply:
    """Turn all notices off at once; where only "off" was said, ask what is meant."""
    if "bare" in turn.facts:
        return Reply((Say("notices-which"),), _WHICH, sms=Say("did-you-mean"), asks=True)
    lines = (Say("notices-off"), Say("notices-off-replies"), Say("notices-off-start"))
    return Reply(lines, sms=Say("notices-off"), deeds=(StopNotices(),))


def _with_room(turn: Turn, accounts: tuple[Account, ...]) -> Reply:
    """Notices are about saved connections: those that the list has no room for are left out."""
    left_out = without_room(turn, accounts)
    numbers = tuple(it.consumer.k_number for it in accounts if it not in left_out)
    said = _on(turn, numbers) if numbers else Reply(())
    return full(said, left_out) if left_out else said


def _on(turn: Turn, numbers: tuple[KNumber, ...]) -> Reply:
    consents: tuple[Deed, ...] = tuple(
        Consent(k, given=True, asked=Say("notices-on", {"what": k})) for k in numbers
    )
    begins: tuple[Deed, ...] = (StartNotices(),) if turn.person.stopped else ()
    about = tuple(Say("notices-about", {"k": k}) for k in numbers)
    if len(numbers) == 1:
        lines: tuple[Say, ...] = (Say("notices-on", {"what": about[0]}),)
        sms = Say("notices-on", {"what": numbers[0]})
    else:
        sms = Say("notices-on", {"what": Say("notices-several", {"count": len(numbers)})})
        lines = (sms, *about)
    return Reply((*lines, Say("notices-off-how")), sms=sms, deeds=(*begins, *consents))


NOTICES_ON = Handler(
    "subscribe", notices_on, needs=Need.K_NUMBER, answer_all=several_on, without=again
)
NOTICES_OFF = Handler("unsubscribe", notices_off)
