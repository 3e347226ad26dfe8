"""The privacy notice at `/privacy`, in Hindi and English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from models.message import ENGLISH, HINDI
from models.words import Say
from voice.voice import Voice

TEMPLATES = Path(__file__).parent / "templates"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
}


def privacy_page(
    voice: Voice, messages_days: int
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the notice; messages are kept `messages_days` days."""
    # The notice is ours and holds its own headings; nothing in it comes from outside.
    said = {
        tag: Markup(voice.say(Say("privacy-page", {"days": messages_days}), tag))  # noqa: S704 our own words
        for tag in (HINDI, ENGLISH)
    }
    template = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    text = template.get_template("privacy.html").render(said=said)

    async def show(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    return show
