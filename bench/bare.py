"""The denominator of a turn: a bare aiohttp handler that reads the same form and says nothing.

`python -m bench.bare PORT`
"""

from __future__ import annotations

import sys

import uvloop
from aiohttp import web


async def take(request: web.Request) -> web.Response:
    """Read the form, answer as a webhook does."""
    form = await request.post()
    return web.Response(
        text="<Response/>", content_type="text/xml", status=200 if "Body" in form else 400
    )


async def ready(_: web.Request) -> web.Response:
    """It listens."""
    return web.Response(text="ready")


def main(port: int) -> None:
    """Serve until told to stop."""
    app = web.Application()
    app.router.add_post("/webhooks/twilio/whatsapp", take)
    app.router.add_get("/readyz", ready)
    web.run_app(
        app,
        host="127.0.0.1",
        port=port,
        loop=uvloop.new_event_loop(),
        access_log=None,
        print=None,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
