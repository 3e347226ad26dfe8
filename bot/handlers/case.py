"""Write down what staff are to finish, and say how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.handlers.connection import which
from bot.handlers.paid import show_receipt
from bot.identify import LAST_DIGITS
from bot.options import key
from bot.slots import LONGEST_WORDS
from bot.turn import Handler, Need, Turn
from models.bill import IST
from models.case import UNFINISHED, Case, CaseKind
from models.deeds import OpenCase
from models.k_number import KNumber
from models.message import Kind, Option, Reply
from models.reference import is_reference
from models.words import Code, Say, Word

_NO_SECRETS = Say("case-no-secrets")
_A_SENTENCE = 2  # words
_FACTS: Mapping[str, str] = {}
# What is said of the danger that may come with a fault.
_DANGERS = {
    CaseKind.NO_SUPPLY: "case-wire",
    CaseKind.QUALITY: "case-wire",
    CaseKind.TRANSFORMER: "case-wire",
    CaseKind.METER: "case-meter",
}
_UNNAMED = frozenset({CaseKind.THEFT})  # nobody is shown who brought these up


async def complain(turn: Turn) -> Reply:
    """Note a complaint in the person's words, about a connection or about none; ask for them."""
    words = turn.facts.get("words")
    if not words:
        lines = (Say("case-words-ask"), _NO_SECRETS)
        return Reply(lines, sms=Say("case-words-ask"), then="complaint_new", slot="words")
    return await bring_up(turn, CaseKind.COMPLAINT, text=words)


async def tell_status(turn: Turn) -> Reply:
    """The state of a case: by its reference, else of the one the person brought up last."""
    ref = reference_in(turn)
    if not ref:
        last = await _last(turn)
        return state_of(last) if last else not_found("case-none", Say("case-from-here"))
    under = Say("case-under", {"ref": ref})
    if not is_reference(ref):
        return not_found("case-check", Say("case-under-check", {"ref": ref}), ref)
    if ref.startswith("PAY-"):
        return await _payment(turn, ref)
    if not ref.startswith("CMP-"):
        return not_found("case-elsewhere", under, ref)
    case = await turn.services.cases.by_reference(ref, turn.person.id)
    return state_of(case) if case else not_found("case-unknown", under, ref)


async def _last(turn: Turn) -> Case | None:
    """What the person brought up last; for the connection they name, what is unfinished there."""
    cases, whose = turn.services.cases, turn.person.id
    named = [str(it.value) for it in turn.meaning.entities if it.entity == "k_number"]
    if not named:
        return await cases.newest(whose)
    found = [await cases.unfinished(KNumber(named[0]), kind, whose) for kind in CaseKind]
    mine = [case for case in found if case is not None and case.mine]
    return max(mine, key=lambda case: case.created_at, default=None)


async def bring_up(
    turn: Turn,
    kind: CaseKind,
    *,
    text: str = "",
    facts: Mapping[str, str] = _FACTS,
    lines: tuple[Say, ...] = (),
) -> Reply:
    """Write it down for staff, or name the case under which it stands already.

    About the turn's connection, where one is settled; `lines` say what exactly was noted.
    """
    cases, account = turn.services.cases, turn.account if kind not in _UNNAMED else None
    k = account.consumer.k_number if account else None
    about = which(turn) if account else ()
    if k is not None:
        known = await cases.unfinished(k, kind, turn.person.id)
        if known is not None:
            return replace(stands(known), lines=(*stands(known).lines, *about))
    ref = await cases.new_reference()
    named: Mapping[str, Word] = {"kind": kind_word(kind), "ref": Code(ref)}
    opened = Say("case-opened", {"what": _what(kind, k), "more": _more(kind), "ref": Code(ref)})
    danger = (Say(_DANGERS[kind]),) if kind in _DANGERS else ()
    return Reply(
        (Say("case-opened", named), *lines, *about, Say("case-ask-later", named), *danger),
        (_ask_option(ref),),
        sms=opened,
        deeds=(OpenCase(ref, kind, k, text, facts, unnamed=kind in _UNNAMED),),
    )


def in_their_words(turn: Turn) -> str:
    """What the person wrote, where they wrote a sentence: no keyword, and tapped no button."""
    tapped = turn.message.kind in {Kind.CHOICE, Kind.MISSED_CALL}
    says = [it for it in turn.text.split() if any(letter.isalpha() for letter in it)]
    told = "" if tapped or len(says) < _A_SENTENCE else turn.text[:LONGEST_WORDS]
    return turn.facts.get("words", told)


def kind_word(kind: CaseKind) -> Say:
    """What a case is about, in a word or two."""
    return Say(f"case-kind-{kind}")


def stands(case: Case) -> Reply:
    """It stands already; whoever asks sees no more of it than that, and how far it is."""
    lines = (Say("case-known", _of(case)), how_far(case))
    return Reply(lines, (_ask_option(case.ref),), sms=Say("case-status", _of(case)))


def state_of(case: Case) -> Reply:
    """Kind and state for everybody; day and connection for whoever brought it up."""
    lines = [how_far(case)]
    if case.mine:
        lines.append(Say("case-since", _of(case)))
        if case.k_number is not None:
            lines.append(Say("case-connection", {"k": case.k_number}))
    lines.append(Say("case-call"))
    options: tuple[Option, ...] = ()
    if case.mine and case.state not in UNFINISHED:
        options = (_again_option(case),)
    return Reply(tuple(lines), options, sms=Say("case-status", _of(case)))


def how_far(case: Case) -> Say:
    """A case and its state, as everybody may see them."""
    return Say("case-status", _of(case))


def _of(case: Case) -> Mapping[str, Word]:
    return {
        "kind": kind_word(case.kind),
        "what": _what(case.kind, case.k_number if case.mine else None),
        "ref": Code(case.ref),
        "state": Say(f"case-state-{case.state}"),
        "date": case.created_at.astimezone(IST).date(),
    }


def _what(kind: CaseKind, k: KNumber | None) -> Say:
    """What a case is about, with the end of its K-number where it has one."""
    if k is None:
        return kind_word(kind)
    return Say("case-of", {"kind": kind_word(kind), "k": k[-LAST_DIGITS:]})


def _more(kind: CaseKind) -> Say:
    """What an SMS says before the number to call."""
    if kind in _UNNAMED:
        return Say("case-unnamed-call")
    return Say("case-wire-call" if _DANGERS.get(kind) == "case-wire" else "case-help-call")


def _again_option(case: Case) -> Option:
    """What whoever brought up a finished case may tap."""
    if case.kind is CaseKind.NO_SUPPLY:
        return Option(key("outage_report", case.k_number, still="yes"), Say("case-still-off"))
    return Option(key("complaint_reopen", ref=case.ref), Say("intent-complaint_reopen"))


def _ask_option(ref: str) -> Option:
    return Option(key("complaint_status", ref=ref), Say("intent-complaint_status"))


def reference_in(turn: Turn) -> str:
    """The reference a message names; empty for none."""
    named = turn.facts.get("ref") or next(
        (str(it.value) for it in turn.meaning.entities if it.entity == "reference"), ""
    )
    return named.upper()


def not_found(name: str, what: Say, ref: str = "") -> Reply:
    """No case to tell of; what a complaint is, and whom to call."""
    options = (Option(key("complaint_new"), Say("intent-complaint_new")),)
    lines = (Say(name, {"ref": Code(ref)}), Say("case-call"))
    return Reply(lines, options, sms=Say("case-unknown", {"what": what}))


async def _payment(turn: Turn, ref: str) -> Reply:
    """The receipt of a payment, where it is one of their own; else ask for its K-number."""
    for account in await turn.services.accounts.masked(turn.person.own):
        last = await turn.services.payments.last_receipt(account.consumer.k_number)
        if last is not None and last.number == ref:
            return await show_receipt(turn.of(account))
    asked = (Say("case-payment", {"ref": Code(ref)}), Say("ask-k-number"))
    return Reply(asked, sms=Say("ask-k-number"), then="payment_receipt")


COMPLAIN = Handler("complaint_new", complain, needs=Need.K_NUMBER, without=complain)
TELL_STATUS = Handler("complaint_status", tell_status)
