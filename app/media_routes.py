"""`/media/{token}`: a paper, for the provider or the phone that fetches it within its day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote

from aiohttp import web

from app.papers import MEDIA, StoredPapers
from models.errors import Temporary

HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def add_media_routes(
    app: web.Application, papers: StoredPapers, clock: Callable[[], datetime]
) -> None:
    """Give out papers by their tokens; anything else is not there."""
    app.router.add_get(f"{MEDIA}{{token}}", _show(papers, clock))


def _show(
    papers: StoredPapers, clock: Callable[[], datetime]
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def show(request: web.Request) -> web.Response:
        try:
            paper = await papers.opened(request.match_info["token"], clock())
        except Temporary as error:
            raise web.HTTPServiceUnavailable from error
        if paper is None:
            raise web.HTTPNotFound
        # A plain name for old clients, and the whole one as RFC 5987 has it.
        plain = paper.name.encode("ascii", "replace").decode().replace('"', "").replace("\\", "")
        name = f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(paper.name, safe='')}"
        headers = {**HEADERS, "Content-Disposition": name}
        return web.Response(body=paper.body, content_type=paper.mime, headers=headers)

    return show
