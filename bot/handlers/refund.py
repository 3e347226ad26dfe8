"""Money that should go back."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.case import bring_up
from bot.handlers.connection import which
from bot.turn import Handler, Need, Turn
from models.bill import IST
from models.case import CaseKind
from models.message import Reply
from models.payment import PaymentState
from models.words import Say, Word


async def ask_back(turn: Turn) -> Reply:
    """Note what should go back; a payment that we know came twice needs no explaining."""
    words = turn.facts.get("words")
    if words:
        return await bring_up(turn, CaseKind.REFUND, text=words)
    news = await turn.services.payments.news(turn.k_number, fresh=False, now=turn.now)
    if news is not None and (news.duplicate or news.state is PaymentState.DUPLICATE):
        day = news.at.astimezone(IST).date()
        twice: Mapping[str, Word] = {"k": turn.k_number, "amount": news.amount, "date": day}
        facts = {"duplicate_paise": str(news.amount.paise), "day": day.isoformat()}
        line = Say("status-duplicate", twice)
        return await bring_up(turn, CaseKind.REFUND, facts=facts, lines=(line,))
    lines = (Say("refund-ask"), Say("case-no-secrets"), *which(turn))
    return Reply(lines, sms=Say("case-words-ask"), then="refund", slot="words")


ASK_BACK = Handler("refund", ask_back, needs=Need.K_NUMBER)
