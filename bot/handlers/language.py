"""Let people choose the language of the talk."""

from bot.options import key
from bot.turn import Handler, Turn
from models.message import ENGLISH, HINDI, HINGLISH, TAGS, Option, Reply
from models.words import Say

_OFFERED = (HINDI, HINGLISH, ENGLISH)


async def change_language(turn: Turn) -> Reply:
    """Settle the language named, said in that language; or ask which."""
    named = turn.facts.get("language") or next(
        (str(it.value) for it in turn.meaning.entities if it.entity == "language"), ""
    )
    if named in TAGS:
        return Reply((Say("language-set"),), then=f"language:{named}")
    options = tuple(
        Option(key("language_change", language=tag), Say(f"language-{tag}")) for tag in _OFFERED
    )
    return Reply((Say("language-ask"),), options)


CHANGE_LANGUAGE = Handler("language_change", change_language)
