"""A Rasa server over HTTP, asked for what a message wants."""

from __future__ import annotations

import json

import aiohttp

from app.metrics import RASA
from app.settings import Settings
from models.errors import Temporary

PATIENCE = 0.3  # seconds, of which a person waits at most that many
_OK = 200


class RasaServer:
    """One server, on connections that are kept."""

    def __init__(self, origin: str, patience: float = PATIENCE) -> None:
        self._parse = f"{origin}/model/parse"
        self._timeout = aiohttp.ClientTimeout(total=patience)
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, text: str) -> object:
        """What Rasa answers to a message; raises `Temporary` where that is nothing in time."""
        try:
            async with self._client().post(
                self._parse, json={"text": text}, allow_redirects=False
            ) as answer:
                body = await answer.read()
        except TimeoutError as error:
            raise Temporary("Rasa did not answer in time") from error
        except aiohttp.ClientError as error:
            raise Temporary("Rasa does not answer") from error
        if answer.status != _OK:
            raise Temporary(f"Rasa answered {answer.status}")
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Temporary("Rasa's answer is unreadable") from error

    async def close(self) -> None:
        """Close the connections; the next call makes new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


def rasa_server(settings: Settings) -> RasaServer | None:
    """The server that is to name intents, if the settings want one."""
    if settings.nlu.engine != "rasa" or settings.nlu.rasa_url is None:
        return None
    return RasaServer(settings.nlu.rasa_url)


def count_rasa(outcome: str) -> None:
    """Count a message that was Rasa's to understand."""
    RASA.labels(outcome).inc()
