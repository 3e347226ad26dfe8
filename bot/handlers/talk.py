"""Small talk: greet, thank, take leave, stay calm."""

from bot.options import key
from bot.turn import Handler, Turn
from models.message import Option, Reply
from models.words import Say

FIRST_CHOICES = tuple(
    Option(key(intent), Say(f"intent-{intent}")) for intent in ("bill_view", "bill_pay", "help")
)


async def greet(turn: Turn) -> Reply:
    """Greet back and say what can be done."""
    return Reply((Say("greet"),), FIRST_CHOICES)


async def thank(turn: Turn) -> Reply:
    """Be glad."""
    return Reply((Say("thanks"),), sms=Say("greet"))


async def take_leave(turn: Turn) -> Reply:
    """Say goodbye."""
    return Reply((Say("goodbye"),), sms=Say("greet"))


async def calm(turn: Turn) -> Reply:
    """Answer an insult with what helps."""
    return Reply((Say("abuse"),), FIRST_CHOICES, sms=Say("fallback-again"))


GREET = Handler("greet", greet)
THANK = Handler("thanks", thank)
TAKE_LEAVE = Handler("goodbye", take_leave)
CALM = Handler("abuse", calm)
