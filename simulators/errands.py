"""What a provider does behind our back: ring, ring again, change its mind later."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from yarl import URL


@dataclass(frozen=True, slots=True)
class Answer:
    """What a webhook was answered; `status` 0 when nobody answered."""

    status: int
    content_type: str = ""
    text: str = ""
    name: str = ""  # of a file, where the answer gives one

    @property
    def accepted(self) -> bool:
        """Whether the provider takes it for delivered."""
        return 200 <= self.status < 300  # noqa: PLR2004  the range that HTTP calls success


NOBODY = Answer(0)


class Errands:
    """Tasks that outlive a call, and the connections they use: `idle` waits, `close` ends all."""

    def __init__(self, reach_at: str = "") -> None:
        self.reach_at = reach_at  # the origin where webhooks really arrive, where it differs
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: ClientSession | None = None
        self._trouble: list[BaseException] = []

    def run(self, errand: Coroutine[Any, Any, None]) -> None:
        """Begin something that nobody waits for now."""
        task = asyncio.get_running_loop().create_task(errand)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (trouble := task.exception()) is not None:
            self._trouble.append(trouble)

    async def idle(self) -> None:
        """Wait until every errand is run; raises what went wrong in one."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        if self._trouble:
            raise self._trouble.pop(0)

    async def close(self) -> None:
        """Drop the errands that still run and give the connections back."""
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(
        self, url: str, body: bytes, headers: dict[str, str], *, seconds: float
    ) -> Answer:
        """Ring a webhook: `url` is what was signed; the call goes to `reach_at`, where set."""
        return await self._call("POST", url, body, headers, seconds)

    async def fetch(self, url: str, headers: dict[str, str], *, seconds: float) -> Answer:
        """Ring a webhook by GET."""
        return await self._call("GET", url, b"", headers, seconds)

    async def get(self, url: str, *, seconds: float) -> tuple[Answer, bytes]:
        """Fetch what a message points to."""
        try:
            async with self._client().get(
                self._reach(url), timeout=ClientTimeout(total=seconds)
            ) as response:
                content = await response.read()
                given = response.content_disposition
                name = given.filename if given is not None else ""
                return Answer(response.status, response.content_type, name=name or ""), content
        except (ClientError, TimeoutError, OSError, ValueError):
            return NOBODY, b""

    async def _call(
        self, method: str, url: str, body: bytes, headers: dict[str, str], seconds: float
    ) -> Answer:
        try:
            async with self._client().request(
                method,
                self._reach(url),
                data=body,
                headers=headers,
                timeout=ClientTimeout(total=seconds),
                allow_redirects=False,
            ) as response:
                text = await response.text(errors="replace")
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
                return Answer(response.status, kind, text)
        except (ClientError, TimeoutError, OSError):
            return NOBODY

    def _client(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=0))
        return self._session

    def _reach(self, url: str) -> URL:
        if not self.reach_at:
            return URL(url, encoded=True)
        parts, at = urlsplit(url), urlsplit(self.reach_at)
        return URL(parts._replace(scheme=at.scheme, netloc=at.netloc).geturl(), encoded=True)
