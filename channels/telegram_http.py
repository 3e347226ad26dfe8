"""The SDK's bot on connections of our own: its default client is ten times slower.

Import it only when the first call is made: the SDK behind it is large.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, RequestData

from channels.wire import read_json
from models.errors import (
    Misconfigured,
    Permanent,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)

__all__ = [
    "BadRequest",
    "Bot",
    "BotCommand",
    "InlineKeyboardButton",
    "InlineKeyboardMarkup",
    "KeyboardButton",
    "LinkPreviewOptions",
    "ReplyKeyboardMarkup",
    "TelegramError",
    "TelegramHttp",
    "translate",
]

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
AT_ONCE = 50
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_LONGEST_REASON = 100
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class NotSent(NetworkError):
    """The connection could not be made."""


class Silent(NetworkError):
    """The connection broke before an answer came."""


class TelegramHttp(BaseRequest):
    """Carries the bot's calls."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session = aiohttp.ClientSession(
            timeout=TIMEOUT,
            connector=aiohttp.TCPConnector(limit=AT_ONCE),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    @property
    def read_timeout(self) -> float | None:
        """See `BaseRequest`."""
        return TIMEOUT.total

    async def initialize(self) -> None:
        """The connections are there from the beginning."""

    async def shutdown(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Make one call; one limit of time holds for all of it."""
        body = request_data.url_encoded_parameters() if request_data is not None else ""
        try:
            async with self._session.request(method, url, data=body, headers=_FORM) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent("unreachable") from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise Silent("silent") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:  # noqa: ANN401 -- the SDK's own signature
        """Read an answer, as the SDK does, but without writing it to the log."""
        try:
            return read_json(payload)
        except ValueError as error:
            raise TelegramError("Invalid server response") from error


def translate(error: TelegramError) -> Trouble:
    """The SDK's exception, as again or never."""
    said = f"telegram {type(error).__name__}"
    match error:
        case RetryAfter():
            return Temporary(said, wait=_seconds(error.retry_after))
        case Forbidden():
            return PersonUnreachable(said)
        case InvalidToken():
            return Misconfigured(said)
        case BadRequest():  # which the SDK takes for a NetworkError
            reason = error.message[:_LONGEST_REASON]
            gone = any(it in reason.lower() for it in _GONE)
            return (PersonUnreachable if gone else Permanent)(f"telegram {reason}")
        case ChatMigrated():
            return Permanent(said)
        case TimedOut() | Silent():
            return Unknown(said)
        case NetworkError() | Conflict():  # an error answer: nothing was done
            return Temporary(said)
        case _:
            return Unknown(said)


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
