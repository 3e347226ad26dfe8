"""What the office does with papers: load, name, category, closing, approvals, solar, new meters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from bot.handlers.bill import pay_option
from bot.handlers.connection import in_short, owed
from bot.handlers.human import at_home, office_line
from bot.options import key
from bot.turn import Handler, Turn
from models.message import Option, Reply
from models.words import Say


@dataclass(frozen=True, slots=True)
class Work:
    """A wish that the office settles: what is told of it, and the two things that fit an SMS."""

    intent: str
    lines: tuple[str, ...]
    first: str
    second: str
    leads_to: tuple[str, ...] = ()  # other wishes, offered as buttons


LOAD = Work(
    "load_change",
    ("load-where", "load-form", "work-dues", "work-call"),
    "short-identity",
    "short-last-bill",
)
NAME = Work(
    "name_change",
    ("name-where", "name-papers", "work-dues", "work-call"),
    "short-identity",
    "short-ownership",
)
CATEGORY = Work(
    "category_change",
    ("category-where", "category-form", "work-dues", "work-call"),
    "short-identity",
    "short-last-bill",
    ("tariff_info",),
)
CLOSING = Work(
    "disconnection_request", ("closing-where", "work-call"), "short-identity", "short-last-bill"
)
APPROVALS = Work(
    "single_window",
    ("approvals-what", "approvals-where", "approvals-supply"),
    "short-approvals-small",
    "short-approvals-large",
    ("connection_new",),
)
SOLAR = Work(
    "solar_info",
    ("solar-scheme", "solar-state", "solar-size", "solar-ask"),
    "short-solar-scheme",
    "short-solar-size",
)
SMART_METER = Work(
    "smart_meter",
    ("smart-meter-bill", "smart-meter-balance", "smart-meter-ask"),
    "short-smart-meter-bill",
    "short-smart-meter-balance",
    ("bill_view", "consumption"),
)


async def explain(work: Work, turn: Turn) -> Reply:
    """What is needed and which office does it."""
    here = await at_home(turn)
    what = Say(f"intent-{work.intent}")
    return Reply(
        (*(Say(line) for line in work.lines), office_line(here)),
        tuple(Option(key(it), Say(f"intent-{it}")) for it in work.leads_to),
        sms=in_short(here, what, Say(work.first), Say(work.second)),
    )


async def explain_closing(turn: Turn) -> Reply:
    """How a connection is closed, and what is still to be paid for it."""
    here, told = await at_home(turn), await explain(CLOSING, turn)
    if here.account is None or not owed(here):
        return told
    due = Say("closing-due", {"k": here.k_number, "amount": owed(here)})
    return replace(told, lines=(*told.lines, due), options=(pay_option(here),))


CHANGE_LOAD, CHANGE_NAME, CHANGE_CATEGORY, SINGLE_WINDOW, EXPLAIN_SOLAR, EXPLAIN_SMART_METER = (
    Handler(it.intent, partial(explain, it))
    for it in (LOAD, NAME, CATEGORY, APPROVALS, SOLAR, SMART_METER)
)
CLOSE = Handler(CLOSING.intent, explain_closing)
