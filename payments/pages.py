"""What a payer's browser shows for a link, and after paying; not yet in a language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.message import Tag
from models.payment import PaymentLink, PaymentState
from models.settlement import Arrived, LinkView
from models.words import Say, Word

OK, SEE_OTHER, FORBIDDEN, NOT_FOUND, UNAVAILABLE = 200, 303, 403, 404, 503


@dataclass(frozen=True, slots=True)
class Button:
    """What the payer may do next."""

    label: Say
    code: str  # of the link it leads to
    makes_new: bool  # it asks for a new link, which only a POST may do


@dataclass(frozen=True, slots=True)
class Page:
    """An answer to a browser: sentences, or somewhere else to go."""

    status: int
    lines: tuple[Say, ...] = ()
    button: Button | None = None
    tag: Tag | None = None  # None: nobody knows who reads, so in both languages
    location: str = ""
    whose: tuple[Say, ...] = ()
    good: bool = False  # money has arrived


UNKNOWN = Page(NOT_FOUND, (Say("page-unknown"),))


def link_page(view: LinkView | None) -> Page:
    """The page of `/p/{code}`: to the gateway while it can be paid, else what became of it."""
    if view is None:
        return UNKNOWN
    link = view.link
    if view.payable:
        return Page(SEE_OTHER, location=link.gateway_url)
    if view.arrived:
        return _shown(view, _what_came(view), _pay_again(view))
    if view.replacement is not None:
        return _replaced(view, view.replacement)
    if not view.owed:
        return _shown(view, (Say("page-cancelled"), Say("page-nothing-due")))
    if link.live and not link.gateway_url:
        return _shown(view, (Say("page-trouble"),), _pay_again(view))
    ended = _ended(view)
    return _shown(view, (ended, Say("page-new-link")), _pay_again(view))


def return_page(view: LinkView | None) -> Page:
    """The page a payer sees after paying; None where the way back is not the gateway's."""
    if view is None:
        return Page(FORBIDDEN, (Say("page-unknown"),))
    if view.arrived:
        return _shown(view, _what_came(view), _pay_again(view))
    if view.link.state is PaymentState.FAILED and view.payable:
        return _shown(view, (Say("page-failed"),), _to(view.link))
    return _shown(view, (Say("page-pending"),))


def nothing_owed(view: LinkView) -> Page:
    """A new link was asked for, and there is nothing to pay."""
    return _shown(view, (Say("page-nothing-due"),))


def trouble(view: LinkView) -> Page:
    """A new link was asked for, and the gateway does not answer."""
    page = _shown(view, (Say("page-trouble"),), _pay_again(view))
    return replace(page, status=UNAVAILABLE)


def _replaced(view: LinkView, newer: PaymentLink) -> Page:
    """To the newer link; where that takes only some of these bills, to one for all that is left."""
    line = (Say("page-replaced"),)
    taken = {part.k_number for part in newer.parts}
    if all(part.k_number in taken for part in view.link.parts):
        return _shown(view, line, _to(newer))
    if not view.owed:
        return _shown(view, (*line, Say("page-nothing-due")))
    return _shown(view, (*line, Say("page-new-link")), _pay_again(view))


def _shown(view: LinkView, lines: tuple[Say, ...], button: Button | None = None) -> Page:
    whose = tuple(Say("page-whose", {"k": k, "name": name}) for k, name in view.whose)
    return Page(OK, lines, button, view.link.tag, whose=whose, good=bool(view.arrived))


def _ended(view: LinkView) -> Say:
    link = view.link
    if link.state is PaymentState.EXPIRED or (link.live and link.expires_at <= view.seen_at):
        return Say("page-expired", {"amount": link.amount})
    return Say("page-cancelled")


def _what_came(view: LinkView) -> tuple[Say, ...]:
    if view.link.state is PaymentState.REFUNDED:
        return (Say("page-refunded", {"amount": view.link.amount}),)
    lines = tuple(_came(it, view) for it in view.arrived)
    return lines if view.owed else (*lines, Say("page-paid-next"))


def _came(it: Arrived, view: LinkView) -> Say:
    """One sum; where the link was for several connections, it says for which."""
    facts: dict[str, Word] = {"amount": it.amount, "date": it.paid_on, "receipt": it.receipt}
    if not it.receipt:
        came = Say("page-duplicate", facts)
    elif it.left and view.link.state is PaymentState.PART_PAID:
        came = Say("page-part-paid", {**facts, "left": it.left})
    else:
        came = Say("page-paid", facts)
    several = len(view.link.parts) > 1
    return Say("page-of", {"k": it.k_number, "came": came}) if several else came


def _to(link: PaymentLink) -> Button:
    return Button(Say("page-pay-button", {"amount": link.amount}), link.code, makes_new=False)


def _pay_again(view: LinkView) -> Button | None:
    if not view.owed:
        return None
    return Button(Say("page-new-link-button"), view.link.code, makes_new=True)
