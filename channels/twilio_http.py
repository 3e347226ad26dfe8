"""The SDK's client on connections of our own.

The SDK's own async client applies no timeout, sends JSON bodies as forms and drops `Retry-After`.
Import it only when the first call is made: the SDK behind it is large.
"""

from __future__ import annotations

import base64
import json
import logging
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http import AsyncHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from yarl import URL

from channels.twilio_errors import refusal
from channels.wire import seconds
from models.errors import Temporary, Unknown

__all__ = ["Client", "TwilioException", "TwilioHttp", "TwilioRestException", "translate"]

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
AT_ONCE = 50  # more calls in flight and Twilio answers 20429


class TwilioHttp(AsyncHttpClient):
    """Carries the SDK's calls; `base` replaces every origin of the provider."""

    def __init__(self, base: str | None, timeout: aiohttp.ClientTimeout = TIMEOUT) -> None:
        super().__init__(logging.getLogger("twilio"), is_async=True)
        self._base = urlsplit(base) if base else None
        self._session = aiohttp.ClientSession(
            timeout=timeout,
            connector=aiohttp.TCPConnector(limit=AT_ONCE),
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    # The SDK's own signature; its base class has forgotten that this one is async.
    async def request(  # type: ignore[override]  # the SDK has it blocking
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 -- the SDK's own signature
        allow_redirects: bool = False,  # noqa: FBT001, FBT002 -- the SDK's own signature
    ) -> Response:
        """Make one call.

        Raises `Temporary` where it cannot have reached Twilio or Twilio asks for patience, and
        `Unknown` where it may have reached Twilio and no answer came.
        """
        headers = dict(headers or {})
        if auth is not None:
            headers["Authorization"] = _basic(*auth)
        try:
            async with self._session.request(
                method,
                self._here(url, headers),
                params=_plain(params),
                data=_encoded(data, headers),
                headers=headers,
                allow_redirects=allow_redirects,
            ) as answer:
                text = await answer.text(errors="replace")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Temporary("twilio unreachable") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unknown("twilio silent") from error
        wait = seconds(answer.headers.get("Retry-After"))
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Temporary("twilio 429", wait=wait)
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE:
            raise Temporary("twilio 503", wait=wait)
        return Response(answer.status, text, answer.headers)

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    def _here(self, url: str, headers: dict[str, str]) -> str:
        if self._base is None:
            return url
        parts = urlsplit(url)
        # One origin then stands for several, which tell their paths apart by this.
        headers["X-Original-Host"] = parts.netloc
        return urlunsplit(parts._replace(scheme=self._base.scheme, netloc=self._base.netloc))


def translate(error: TwilioException) -> Exception:
    """The SDK's exception, as again or never."""
    if isinstance(error, (TwilioRestException, TwilioServiceException)):
        return refusal(error.status, error.code or error.status)
    return Unknown("twilio unreadable")


@cache
def _basic(name: str, password: str) -> str:
    """The header itself: aiohttp is about to change how it takes names and passwords."""
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def _plain(params: dict[str, object] | None) -> dict[str, str] | None:
    return {name: str(value) for name, value in params.items()} if params else None


def _encoded(data: Any, headers: dict[str, str]) -> str | None:  # noqa: ANN401 -- the SDK's own
    if data is None:
        return None
    if headers.get("Content-Type") == "application/json":
        return json.dumps(_without_nulls(data))
    # In C; Python's own quoting takes five times as long over Hindi.
    return URL.build(query=data).raw_query_string


def _without_nulls(value: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    """The JSON without the keys that the SDK fills with null and Twilio takes for given."""
    if isinstance(value, dict):
        return {key: _without_nulls(it) for key, it in value.items() if it is not None}
    if isinstance(value, list):
        return [_without_nulls(it) for it in value]
    return value
