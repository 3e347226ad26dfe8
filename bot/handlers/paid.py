"""Say what became of a payment, and give the last receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.handlers.bill import pay_option
from bot.handlers.connection import owed, which
from bot.handlers.papers import TROUBLE, attached, link
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.bill import IST
from models.errors import Temporary
from models.message import Attachment, Option, Reply
from models.payment import PaidReceipt, PaymentNews, PaymentState, mode_word
from models.words import Code, Say, Word

_IF_CUT = (Say("status-money-cut"), Say("status-no-pin"))
_SHORT = 10  # letters of a receipt's number of ours


async def tell_payment_status(turn: Turn) -> Reply:
    """Ask the desk what became of the newest payment, and say what to do if money was cut."""
    news = await _news(turn)
    if news is None:
        return await _from_the_record(turn)
    if news.duplicate or news.state is PaymentState.DUPLICATE:
        return _told(turn, news, "status-duplicate", sms="payment-duplicate")
    match news.state:
        case PaymentState.PAID | PaymentState.POSTED:
            return _told(turn, news, "status-paid", sms="receipt", options=(_receipt(turn),))
        case PaymentState.PART_PAID:
            names, sms = ("status-paid", "status-left"), "payment-received-part"
            return _told(turn, news, *names, sms=sms, options=(pay_option(turn),))
        case PaymentState.REFUNDED:
            return _told(turn, news, "status-refunded")
        case PaymentState.ASKED if news.url:
            return _told(turn, news, "status-asked", "status-wait", "status-retry", cut=True)
        case PaymentState.FAILED if news.url:
            names = ("status-failed", "status-failed-retry")
            return _told(turn, news, *names, sms="status-asked", cut=True)
    return await _lapsed(turn, news)


async def show_receipt(turn: Turn) -> Reply:
    """The newest money that arrived for the connection, here or at a counter, with its paper."""
    last = await turn.services.payments.last_receipt(turn.k_number)
    if last is None:
        return no_receipt(turn)
    told = received(turn, last)
    paper = await attached(turn.services.papers.receipt(turn.k_number, turn.tag, turn.now))
    if paper is None:
        return Reply((told, TROUBLE, *which(turn)), sms=told)
    return Reply((told, *which(turn)), sms=_linked(turn, last, paper), attached=(paper,))


def no_receipt(turn: Turn) -> Reply:
    """Nothing is known to have arrived."""
    facts = {"k": turn.k_number}
    return Reply((Say("receipt-none", facts), *which(turn)), sms=Say("status-none", facts))


def received(turn: Turn, it: PaidReceipt) -> Say:
    """A receipt in words."""
    return Say(
        "receipt",
        {
            "receipt": it.number,
            "amount": it.amount,
            "date": it.paid_on,
            "mode": mode_word(it.mode),
            "k": turn.k_number,
            "name": turn.settled.consumer.name,
        },
    )


def _linked(turn: Turn, it: PaidReceipt, paper: Attachment) -> Say:
    """On SMS a receipt of ours leads to its paper; a counter's long number leaves no room."""
    if len(it.number) > _SHORT:
        return received(turn, it)
    facts = {"receipt": it.number, "date": Code(f"{it.paid_on:%d/%m/%y}")}
    return link(turn, Say("paper-of-receipt", facts), it.amount, paper)


async def _news(turn: Turn) -> PaymentNews | None:
    payments = turn.services.payments
    try:
        return await payments.news(turn.k_number, fresh=True, now=turn.now)
    except Temporary:  # the gateway is silent: what we know already still helps
        return await payments.news(turn.k_number, fresh=False, now=turn.now)


async def _lapsed(turn: Turn, news: PaymentNews) -> Reply:
    """The link has ended unpaid; perhaps the money came another way since."""
    last = await turn.services.payments.last_receipt(turn.k_number)
    if last is not None and last.paid_on >= news.at.astimezone(IST).date():
        return await _from_the_record(turn)
    options = (pay_option(turn),) if owed(turn) else ()
    told = _told(turn, news, "status-lapsed", cut=True, options=options)
    return replace(told, sms=_known(turn, last))


async def _from_the_record(turn: Turn) -> Reply:
    """Nothing was asked for through us: what arrived elsewhere, and what to do about the rest."""
    last = await turn.services.payments.last_receipt(turn.k_number)
    sms = _known(turn, last)
    name = "status-none" if last is None else "status-last"
    lines = (Say(name, sms.facts), Say("status-elsewhere"), *_IF_CUT)
    return Reply(lines, sms=sms)


def _known(turn: Turn, last: PaidReceipt | None) -> Say:
    """What an SMS says where nothing was asked for through us, or nothing came of it."""
    if last is None:
        return Say("status-none", {"k": turn.k_number})
    facts: Mapping[str, Word] = {
        "k": turn.k_number,
        "amount": last.amount,
        "date": last.paid_on,
        "receipt": last.number,
    }
    return Say("receipt", facts)


def _told(
    turn: Turn,
    news: PaymentNews,
    *names: str,
    sms: str = "",
    cut: bool = False,
    options: tuple[Option, ...] = (),
) -> Reply:
    facts: Mapping[str, Word] = {
        "k": turn.k_number,
        "amount": news.amount,
        "date": news.at.astimezone(IST).date(),
        "receipt": news.receipt,
        "url": news.url,
        "left": owed(turn),
    }
    lines = tuple(Say(name, facts) for name in names)
    return Reply(lines + (_IF_CUT if cut else ()), options, sms=Say(sms or names[0], facts))


def _receipt(turn: Turn) -> Option:
    return Option(key("payment_receipt", turn.k_number), Say("intent-payment_receipt"))


TELL_PAYMENT_STATUS = Handler("payment_status", tell_payment_status, needs=Need.K_NUMBER)
SHOW_RECEIPT = Handler("payment_receipt", show_receipt, needs=Need.K_NUMBER)
