"""`/try`: a phone in the browser on three channels, beside what staff see. Demo only.

Everything said here goes through the simulators' own webhooks, as a real phone's words would.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from simulators.demo import FILES_PATH, MAIL_PATH, PAY_PATH, Simulators
from simulators.phone import Watcher
from simulators.razorpay_page import page_routes
from simulators.try_mail import mail_routes
from simulators.try_phone import SamplePerson, Say, TryPhone, Unsayable

HERE = Path(__file__).parent
SECONDS_BETWEEN_LOOKS = 1.0  # at what staff see
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class SampleBill:
    """A K-number worth asking about, and what is special about its bill."""

    k_number: str
    label_en: str
    label_hi: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One thing the system did, as staff would read it: no full numbers, no secrets."""

    key: str  # the same thing keeps its key while its state moves
    at: int  # epoch milliseconds
    kind: str  # message, reply, payment, complaint, request, notice
    words: str
    state: str
    channel: str = ""


People = Callable[[], Awaitable[Sequence[SamplePerson]]]
Bills = Callable[[], Awaitable[Sequence[SampleBill]]]
Staff = Callable[[], Awaitable[Sequence[StaffRow]]]


def add_try_routes(
    app: web.Application, simulators: Simulators, *, people: People, bills: Bills, staff: Staff
) -> None:
    """Mount the phone, its files and the practice pay page on the server's own application."""
    page = _TryPage(simulators, people, bills, staff)
    app.router.add_get("/try", page.show)
    app.router.add_get("/try/setup", page.setup)
    app.router.add_get("/try/events", page.events)
    app.router.add_post("/try/say", page.say)
    app.router.add_get(f"{FILES_PATH}/{{file}}", page.file)
    for name, kind in STATIC.items():
        app.router.add_get(f"/try/{name}", _static(name, kind))
    app.add_routes(page_routes(simulators.razorpay, PAY_PATH))
    app.add_routes(mail_routes(simulators.mail, MAIL_PATH))
    app.on_shutdown.append(page.end)


STATIC = {"try.js": "text/javascript", "try_words.js": "text/javascript", "try.css": "text/css"}


def _static(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    content = (HERE / "static" / name).read_text(encoding="utf-8")

    async def give(_: web.Request) -> web.Response:
        return web.Response(text=content, content_type=kind, headers=HEADERS)

    return give


class _TryPage:
    def __init__(self, simulators: Simulators, people: People, bills: Bills, staff: Staff) -> None:
        self._simulators = simulators
        self._phone = TryPhone(simulators.twilio, simulators.telegram)
        self._people, self._bills, self._staff = people, bills, staff
        self._html = (HERE / "templates" / "try.html").read_text(encoding="utf-8")
        self._streams: set[asyncio.Task[None]] = set()

    async def show(self, _: web.Request) -> web.Response:
        return web.Response(text=self._html, content_type="text/html", headers=HEADERS)

    async def setup(self, _: web.Request) -> web.Response:
        people, bills = await self._people(), await self._bills()
        content = {
            "people": [asdict(person) | person.addresses() for person in people],
            "bills": [asdict(bill) for bill in bills],
            "sms_number": self._simulators.twilio.senders["sms"],
        }
        return web.json_response(content, headers=HEADERS)

    async def say(self, request: web.Request) -> web.Response:
        # Only a script of this very page can send JSON here; a foreign form cannot.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            asked = json.loads(await request.text())
            people = {person.phone: person for person in await self._people()}
            answer = await self._phone.say(people[asked["person"]], Say.read(asked))
        except (ValueError, KeyError, TypeError, Unsayable):
            raise web.HTTPBadRequest from None
        return web.json_response({"taken": answer.accepted, "status": answer.status})

    async def file(self, request: web.Request) -> web.Response:
        file = self._simulators.telegram.file(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(
            body=file.content,
            content_type=file.content_type,
            headers={
                # Whoever made the file, the browser runs nothing in it.
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: `bubble` for the phone, `staff` for what the system did."""
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        async with asyncio.TaskGroup() as group:
            stream = group.create_task(self._stream(response))
            self._streams.add(stream)
            stream.add_done_callback(self._streams.discard)
        return response

    async def _stream(self, response: web.StreamResponse) -> None:
        with suppress(ConnectionError), self._simulators.phones.watch() as watcher:
            known = [asdict(bubble) for bubble in self._simulators.phones.all()]
            await _send(response, "bubbles", known)
            shown: list[dict[str, Any]] | None = None
            while True:
                rows = [asdict(row) for row in await self._staff()]
                if rows != shown:
                    shown = rows
                    await _send(response, "staff", rows)
                await self._look(response, watcher)

    async def _look(self, response: web.StreamResponse, watcher: Watcher) -> None:
        """Pass on the phones' news at once, until it is time to look at what staff see."""
        loop = asyncio.get_running_loop()
        until = loop.time() + SECONDS_BETWEEN_LOOKS
        while (left := until - loop.time()) > 0:
            news = await watcher.news(left)
            await _send(response, "bubbles", [asdict(bubble) for bubble in news])

    async def end(self, _: web.Application) -> None:
        """Let nobody's open page hold up the server's end."""
        for stream in list(self._streams):
            stream.cancel()


async def _send(response: web.StreamResponse, event: str, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False)
    await response.write(f"event: {event}\ndata: {text}\n\n".encode())
