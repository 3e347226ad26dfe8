"""`/try/mail`: the practice mailbox, where every e-mail ends up, whoever it is for."""

from collections.abc import Sequence
from datetime import timedelta, timezone
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from simulators.razorpay_page import HEADERS
from simulators.smtp import File, MailServer

IST = timezone(timedelta(hours=5, minutes=30))
_template = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
).get_template("mail.html")


def mail_routes(server: MailServer, path: str) -> Sequence[web.RouteDef]:
    """The mailbox at `path`, newest mail first, and the files in it."""

    async def show(_: web.Request) -> web.Response:
        mails = [
            (number, mail, f"{mail.at.astimezone(IST):%d %b, %H:%M}")
            for number, mail in reversed(list(enumerate(server.mails)))
        ]
        text = _template.render(mails=mails, path=path)
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def give(request: web.Request) -> web.Response:
        file = _file(server, request.match_info["mail"], request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        # Whoever made the file, the browser runs nothing in it.
        headers = {**HEADERS, "Content-Security-Policy": "sandbox; default-src 'none'"}
        return web.Response(body=file.content, content_type=file.mime, headers=headers)

    return [web.get(path, show), web.get(f"{path}/{{mail:\\d+}}/{{file:\\d+}}", give)]


def _file(server: MailServer, mail: str, file: str) -> File | None:
    try:
        return server.mails[int(mail)].files[int(file)]
    except IndexError:
        return None
