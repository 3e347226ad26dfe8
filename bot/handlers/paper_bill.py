"""The paper bill that has not come: show the bill, and note that the paper is wanted."""

from dataclasses import replace

from bot.handlers.bill import tell_bill
from bot.handlers.case import bring_up
from bot.options import key
from bot.turn import Handler, Need, Turn
from models.case import CaseKind
from models.message import Option, Reply
from models.words import Say


async def bill_not_received(turn: Turn) -> Reply:
    """The bill itself, now; staff are told where the person wants the paper all the same."""
    if "paper" in turn.facts:
        return await bring_up(turn, CaseKind.BILL_NOT_RECEIVED)
    told = tell_bill(turn)
    if turn.settled.bill is None:
        return told
    wanted = key("bill_not_received", turn.k_number, paper="yes")
    paper = Option(wanted, Say("bill-paper-button"))
    return replace(
        told, lines=(Say("bill-paper-here"), *told.lines), options=(*told.options, paper)
    )


BILL_NOT_RECEIVED = Handler("bill_not_received", bill_not_received, needs=Need.K_NUMBER)
