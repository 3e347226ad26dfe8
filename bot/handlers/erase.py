"""Forget a person who asks for it."""

from bot.turn import Handler, Need, Turn
from models.deeds import ErasePerson
from models.message import Reply
from models.words import Say


async def erase(turn: Turn) -> Reply:
    """Delete all that is kept about them, and say what the law keeps."""
    lines = (Say("erased"), Say("erased-kept"))
    return Reply(lines, sms=Say("erased"), deeds=(ErasePerson(),))


ERASE = Handler("data_erase", erase, needs=Need.OWN_CODE, warns=Say("erase-warning"))
