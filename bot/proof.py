"""Show that a connection is theirs: the registered mobile, or a one-time code sent to it.

A wish that needs it waits meanwhile, with all it knows, and goes on once the code is entered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.identify import LAST_DIGITS
from bot.options import key
from bot.slots import LATE, NO, YES
from bot.turn import Handler, Need, Turn
from models.deeds import CODE_PLACE, Deed, EnterCode, SendCode, TryCode
from models.k_number import KNumber
from models.message import ChannelName, Option, Reply
from models.proof import Outlook, PendingCode
from models.words import Say, Word

SEND, CODE = "send", "code"  # the slots, and the facts they leave


@dataclass(frozen=True, slots=True)
class Gate:
    """Either a reply that asks for what is missing, or the way is free."""

    reply: Reply | None = None
    deeds: tuple[Deed, ...] = ()  # done together with what the handler does
    proven: KNumber | None = None  # shown to be theirs with this very message


async def gate(handler: Handler, turn: Turn) -> Gate:
    """Whether a wish may go on; see `Need` for what each must show."""
    k = None if turn.account is None else turn.k_number
    codes = turn.services.codes
    need = handler.need(turn)
    if need is Need.VERIFIED and turn.verified:
        return Gate()
    if await codes.entered(turn.conversation.id, handler.intent, k, turn.now):
        return Gate()
    entered = turn.facts.get(CODE)
    if entered is not None:
        return await _entered(handler, turn, k, entered)
    outlook = await codes.outlook(turn.person.id, k, turn.now)
    if need is Need.VERIFIED and not outlook.ends_in:
        return Gate(_nobody(turn))
    if turn.facts.get(SEND) == NO:
        return Gate(Reply((Say("cancelled"),)))
    if turn.facts.get(SEND) == YES:
        return Gate(_send(handler, turn, k, outlook))
    return Gate(_offer(handler, turn, k, outlook))


async def _entered(handler: Handler, turn: Turn, k: KNumber | None, entered: str) -> Gate:
    pending = await turn.services.codes.pending(turn.conversation.id, turn.now)
    if pending is None or not _is_for(pending, handler, k, turn) or entered == LATE:
        return Gate(_again(handler, turn, k, "proof-late"))
    if not pending.tries_left:
        return Gate(_again(handler, turn, k, "proof-used-up"))
    if entered != pending.hash:
        left = pending.tries_left - 1
        wrong = TryCode(pending.id)
        if not left:
            return Gate(_again(handler, turn, k, "proof-used-up", wrong))
        say = Say("proof-wrong", {"left": left})
        return Gate(_waiting(Reply((say,), deeds=(wrong,)), handler, turn, CODE))
    proven = k if pending.registered else None  # one to whoever asks shows nothing but that
    return Gate(deeds=(EnterCode(pending.id),), proven=proven)


def _is_for(pending: PendingCode, handler: Handler, k: KNumber | None, turn: Turn) -> bool:
    same = pending.purpose == handler.intent and pending.k_number == k
    return same and turn.now < pending.expires_at


def _offer(handler: Handler, turn: Turn, k: KNumber | None, outlook: Outlook) -> Reply:
    """Say to which number a code would go, and ask."""
    before = (handler.warns,) if handler.warns else ()
    name = "proof-offer" if outlook.ends_in else "proof-offer-here"
    lines: list[Say] = [*before, Say(name, _facts(turn, k, outlook))]
    shares = turn.channel is ChannelName.TELEGRAM and not turn.person.registered and outlook.ends_in
    if shares:
        lines.append(Say("proof-share"))
    offer = Reply(
        tuple(lines),
        (_option(handler, turn, k, YES), _option(handler, turn, k, NO)),
        sms=lines[0],
        asks_contact=bool(shares),
    )
    return _waiting(offer, handler, turn, SEND)


def _send(handler: Handler, turn: Turn, k: KNumber | None, outlook: Outlook) -> Reply:
    if outlook.free_at is not None:
        return Reply((Say("proof-too-many", {"until": outlook.free_at}),))
    what = Say(f"intent-{handler.intent}")
    if k is not None:
        what = Say("proof-for", {"what": what, "k": k[-LAST_DIGITS:]})
    letter = Say("proof-code", {"code": CODE_PLACE, "what": what})
    deed = SendCode(handler.intent, k, bool(outlook.ends_in), turn.message.id, letter)
    name = "proof-sent" if outlook.ends_in else "proof-sent-here"
    line = Say(name, _facts(turn, k, outlook))
    sent = Reply((line,), sms=Say("proof-sent"), deeds=(deed,))
    return _waiting(sent, handler, turn, CODE)


def _again(handler: Handler, turn: Turn, k: KNumber | None, name: str, *deeds: Deed) -> Reply:
    """The code is worth nothing any more; offer a new one."""
    options = (_option(handler, turn, k, YES), _option(handler, turn, k, NO))
    again = Reply((Say(name),), options, sms=Say("proof-late"), deeds=deeds)
    return _waiting(again, handler, turn, SEND)


def _nobody(turn: Turn) -> Reply:
    """No mobile is registered to which a code could go."""
    facts: Mapping[str, Word] = {"k": turn.k_number}
    return Reply((Say("proof-no-mobile", facts),), sms=Say("proof-no-mobile", facts))


def _option(handler: Handler, turn: Turn, k: KNumber | None, answer: str) -> Option:
    label = Say("proof-yes" if answer == YES else "answer-no")
    return Option(key(handler.intent, k, **{**_known(turn), SEND: answer}), label)


def _waiting(reply: Reply, handler: Handler, turn: Turn, slot: str) -> Reply:
    known = _known(turn)
    if slot == CODE:
        known[SEND] = YES
    return replace(reply, then=handler.intent, slot=slot, kept=known)


def _known(turn: Turn) -> dict[str, str]:
    """What the wish knows already, without the steps of this detour."""
    return {name: value for name, value in turn.facts.items() if name not in {SEND, CODE}}


def _facts(turn: Turn, k: KNumber | None, outlook: Outlook) -> Mapping[str, Word]:
    return {"k": k or "", "last": outlook.ends_in}
