"""E-mail, mobile and other details: what the person may change here, and what the office does."""

from __future__ import annotations

from dataclasses import replace

from bot.handlers.case import bring_up
from bot.options import key
from bot.slots import SKIP
from bot.turn import Handler, Need, Turn
from models.case import CaseKind
from models.deeds import EmailAsked, NameEmail
from models.message import Option, Reply
from models.words import Say

_WHAT = {"mobile": "mobile", "email": "email", "details": "words"}  # and the slot that takes it
_SKIP = Option(key("contact_update", what="email", skip="yes"), Say("email-skip"))


def ask_email(turn: Turn, said: Reply) -> Reply:
    """A reply, and once in a person's life the question for an e-mail address after it."""
    if turn.person.email_asked or not turn.services.emails:
        return said
    return replace(
        said,
        lines=(*said.lines, Say("email-ask")),
        options=(_SKIP,),
        more_sms=(*said.more_sms, Say("hint", {"want": Say("want-email")})),
        then="contact_update",
        slot="email",
        kept={"what": "email"},
    )


async def change_contact(turn: Turn) -> Reply:
    """Take an e-mail address; what stands in the billing record is noted for the office."""
    match turn.facts.get("what"):
        case "email":
            return await _email(turn)
        case "mobile" | "details" as what:
            return await _noted(turn, what)
    options = tuple(
        Option(key("contact_update", what=what), Say(f"contact-{what}")) for what in _WHAT
    )
    return Reply((Say("contact-what"),), options, sms=Say("did-you-mean"), asks=True)


async def _email(turn: Turn) -> Reply:
    """An address counts once it is confirmed on the page sent there."""
    if not turn.services.emails:
        return Reply((Say("email-off"),), sms=Say("fallback-again"))
    email = turn.facts.get("email", "")
    if email == SKIP or "skip" in turn.facts:
        return Reply((Say("email-skipped"),), sms=Say("cancelled"), deeds=(EmailAsked(),))
    if not email:
        return Reply(
            (Say("email-which"),),
            (_SKIP,),
            sms=Say("hint", {"want": Say("want-email")}),
            then="contact_update",
            slot="email",
            kept={"what": "email"},
        )
    if not await turn.services.accounts.may_name_email(turn.person.id, turn.now):
        return Reply((Say("email-too-many"),), sms=Say("fallback-again"))
    sent = Say("email-sent", {"email": email})
    return Reply((sent, Say("email-counts")), sms=sent, deeds=(NameEmail(email, turn.tag),))


async def _noted(turn: Turn, what: str) -> Reply:
    """Ask for the new value, then write it down: the record itself is changed by staff alone."""
    slot = _WHAT[what]
    new = turn.facts.get(slot)
    if new is None:
        asked = Reply((Say(f"contact-{what}-ask", {"k": turn.k_number}),))
        short = Say("hint", {"want": Say("want-mobile" if what == "mobile" else "want-words")})
        return replace(asked, sms=short, then="contact_update", slot=slot, kept={"what": what})
    lines = (Say(f"contact-{what}-noted", {"new": new}), Say("contact-office"))
    return await bring_up(
        turn,
        CaseKind.CONTACT,
        text="" if what == "mobile" else new,
        facts={"what": what, slot: new},
        lines=lines,
    )


def _what_it_needs(turn: Turn) -> Need:
    """A first e-mail needs no proof; a confirmed one, and the billing record, need a code."""
    match turn.facts.get("what"):
        case "email":
            skips = turn.facts.get("email") == SKIP or "skip" in turn.facts
            changes = turn.person.email_confirmed and not skips
            return Need.OWN_CODE if changes else Need.NOTHING
        case "mobile" | "details":
            return Need.CODE
    return Need.NOTHING


CHANGE_CONTACT = Handler("contact_update", change_contact, needs_for=_what_it_needs)
