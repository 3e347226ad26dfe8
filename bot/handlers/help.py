"""Say what can be done here, where the K-number is, and whom to call for the rest."""

from bot.handlers.talk import FIRST_CHOICES
from bot.options import key
from bot.turn import Handler, Turn
from models.message import Option, Reply
from models.words import Say

_CHOICES = (  # ten at most: a list on WhatsApp has no more rows
    "bill_view",
    "bill_pay",
    "bill_copy",
    "payment_status",
    "consumption",
    "outage_report",
    "complaint_new",
    "account_list",
    "connection_new",
    "language_change",
)


async def show_help(turn: Turn) -> Reply:
    """Everything that can be done, as keywords on SMS and as choices elsewhere."""
    options = tuple(Option(key(intent), Say(f"intent-{intent}")) for intent in _CHOICES)
    return Reply((Say("help"), Say("help-supply")), options)


async def explain_k_number(turn: Turn) -> Reply:
    """What the K-number is, and by which ways it is found."""
    lines = (Say("k-help"), Say("k-help-send"), Say("k-help-no-bill"))
    return Reply(lines, sms=Say("ask-k-number"))


async def decline(turn: Turn) -> Reply:
    """Be honest about what cannot be answered here, and name who can."""
    lines = (Say("out-of-scope"), Say("out-of-scope-helpline"))
    return Reply(lines, FIRST_CHOICES, sms=Say("fallback-again"))


HELP = Handler("help", show_help)
K_NUMBER_HELP = Handler("k_number_help", explain_k_number)
OUT_OF_SCOPE = Handler("out_of_scope", decline)
