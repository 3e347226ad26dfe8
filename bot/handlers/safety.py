"""Danger to life: distance first, then whom to call."""

from bot.turn import Handler, Turn
from models.message import Reply
from models.words import Say


async def warn(turn: Turn) -> Reply:
    """Say to keep away and to call at once; nobody here has been told, and nothing claims so."""
    return Reply((Say("safety"), Say("safety-call")))


WARN = Handler("safety_hazard", warn)
