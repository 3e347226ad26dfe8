"""A web server that hears a provider's webhooks and answers as it is told."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from multidict import CIMultiDictProxy


@dataclass(frozen=True)
class Call:
    """One webhook as it arrived."""

    url: str  # as the provider called it
    headers: CIMultiDictProxy[str]
    body: bytes
    form: dict[str, str]


def ok() -> web.Response:
    return web.Response(text="<Response/>", content_type="text/xml")


@dataclass
class Ears:
    """What was heard, in order."""

    base: str = ""
    answers: list[Callable[[], web.Response]] = field(default_factory=list)  # then `ok`
    calls: list[Call] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        body = await request.read()
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.calls.append(Call(self.base + request.raw_path, request.headers, body, form))
        return self.answers.pop(0)() if self.answers else ok()


@asynccontextmanager
async def listening() -> AsyncIterator[Ears]:
    ears = Ears()
    app = web.Application()
    app.router.add_post("/{path:.*}", ears.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    ears.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield ears
    finally:
        await runner.cleanup()
