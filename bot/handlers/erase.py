"""Say what is kept about people, and forget whoever asks for it."""

from bot.options import key
from bot.turn import Handler, Need, Turn
from models.deeds import ErasePerson
from models.message import Option, Reply
from models.words import Code, Say


async def erase(turn: Turn) -> Reply:
    """Delete all that is kept about them, and say what the law keeps."""
    lines = (Say("erased"), Say("erased-kept"))
    return Reply(lines, sms=Say("erased"), deeds=(ErasePerson(),))


async def tell_privacy(turn: Turn) -> Reply:
    """Where the privacy notice stands, and how to be forgotten."""
    url = Code(f"{turn.services.public_url}/privacy")
    line = Say("privacy-line", {"url": url})
    forget = Option(key("data_erase"), Say("intent-data_erase"))
    return Reply((line, Say("privacy-erase")), (forget,), sms=line)


TELL_PRIVACY = Handler("privacy", tell_privacy)
ERASE = Handler("data_erase", erase, needs=Need.OWN_CODE, warns=Say("erase-warning"))
