"""The keyword card at `/keywords`: every keyword on one A5 page, to print and hang up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from app.privacy import HEADERS, TEMPLATES
from bot.arguments import Takes
from bot.keywords import Keyword, advertised
from models.message import ENGLISH, HINDI
from models.words import Say
from voice.voice import Voice

# What may follow a keyword, as an example of it.
_EXAMPLES = (
    (Takes.K_NUMBERS, "K"),
    (Takes.AMOUNT, "500"),
    (Takes.READING, "4521"),
    (Takes.EMAIL, "name@example.com"),
    (Takes.NICKNAME, "दुकान"),
    (Takes.WORDS, "…"),
)

_REFERENCE = "CMP-7K2M4Z"


@dataclass(frozen=True, slots=True)
class Row:
    """One keyword: how it is sent, its other words, and what it does in both languages."""

    word: str
    example: str
    others: tuple[str, ...]
    purposes: dict[str, str]


def card_page(voice: Voice) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the card; it is made of the keywords themselves, so that it is never stale."""
    template = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    text = template.get_template("keywords.html").render(
        rows=[_row(voice, it) for it in advertised()],
        titles=_both(voice, "card-title"),
        hows=_both(voice, "card-how"),
        dangers=_both(voice, "card-danger"),
    )

    async def show(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    return show


def _row(voice: Voice, keyword: Keyword) -> Row:
    words = f"{keyword.english} {keyword.hindi} {keyword.hinglish}".split()
    others = tuple(it for it in words if it != keyword.name)
    example = " ".join(it for takes, it in _EXAMPLES if takes in keyword.takes)
    if Takes.REFERENCE in keyword.takes:
        example = _REFERENCE
    purposes = _both(voice, f"keyword-{keyword.name}")
    return Row(keyword.name.upper(), example, others, purposes)


def _both(voice: Voice, sentence: str) -> dict[str, str]:
    return {tag: voice.say(Say(sentence), tag) for tag in (HINDI, ENGLISH)}
