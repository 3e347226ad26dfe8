"""The calls that hand SMS to a gateway, and what its answers mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

import aiohttp

from channels.sms_gateway_form import Outbound
from channels.text import shorten
from channels.wire import at_path, read_json, seconds
from models.errors import Misconfigured, Permanent, Temporary, Unknown

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
AT_ONCE = 50
_LONGEST_ID, _LONGEST_REASON = 200, 100
_NUMBER = re.compile(r"\d{5,}")
_OUR_MISTAKE = frozenset({401, 403, 404, 405})  # the key, or the address, is wrong
_PATIENCE = frozenset({408, 425, 429})
_OK, _REDIRECT, _SERVER_ERROR = 200, 300, 500


class GatewayHttp:
    """Carries SMS to one gateway, on connections that are kept."""

    def __init__(
        self, name: str, outbound: Outbound, timeout: aiohttp.ClientTimeout = TIMEOUT
    ) -> None:
        self._name = name
        self._outbound = outbound
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def send(self, values: Mapping[str, str]) -> str:
        """Hand one SMS over; its id at the gateway, empty where it gives none.

        Raises `Temporary` where it cannot have reached the gateway or the gateway asks for
        patience, `Unknown` where it may have taken it without saying so, else `Permanent`.
        """
        url, headers, body = self._outbound.call(values)
        try:
            async with self._client().request(
                self._outbound.method,
                url,
                data=body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as answer:
                text = await answer.text(errors="replace")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Temporary(f"{self._name} unreachable") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unknown(f"{self._name} silent") from error
        if _OK <= answer.status < _REDIRECT:
            return self._id_in(text, values)
        raise self._refusal(answer.status, answer.headers.get("Retry-After"), text, values)

    async def close(self) -> None:
        """Close the connections; the next call makes new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE),
                cookie_jar=aiohttp.DummyCookieJar(),
                middlewares=(self._once,),
            )
        return self._session

    async def _once(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """One call is one SMS: aiohttp makes a GET again by itself where the connection breaks."""
        try:
            return await handler(request)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
            raise Unknown(f"{self._name} silent") from error

    def _id_in(self, text: str, values: Mapping[str, str]) -> str:
        """Our message's id in an answer that says yes; a yes without the id is a refusal.

        Gateways answer 200 to a wrong key or an unregistered text too, and give no id then.
        """
        if not self._outbound.id_path:
            if text.lstrip().startswith("<"):  # a page, and not of the gateway
                raise Unknown(f"{self._name} unreadable")
            return text.strip()[:_LONGEST_ID]
        try:
            found = at_path(read_json(text.encode()), self._outbound.id_path)
        except ValueError as error:
            raise Unknown(f"{self._name} unreadable") from error
        if found is None or found == "" or isinstance(found, bool | dict | list):
            raise Permanent(f"{self._name} gave no id: {_why(text, values)}")
        return str(found)[:_LONGEST_ID]

    def _refusal(
        self, status: int, retry_after: str | None, text: str, values: Mapping[str, str]
    ) -> Exception:
        said = f"{self._name} {status}"
        if status == HTTPStatus.GATEWAY_TIMEOUT:  # whoever stands behind it may have taken it
            return Unknown(said)
        if status >= _SERVER_ERROR or status in _PATIENCE:
            return Temporary(said, wait=seconds(retry_after))
        if status in _OUR_MISTAKE or status < HTTPStatus.BAD_REQUEST:
            return Misconfigured(f"{said}: {_why(text, values)}")
        return Permanent(f"{said}: {_why(text, values)}")


def _why(answer: str, values: Mapping[str, str]) -> str:
    """What a gateway says of a refusal, without numbers, texts and keys, which no log may hold."""
    for private in (values["text"], values["key"]):
        answer = answer.replace(private, "…") if private else answer
    return shorten(_NUMBER.sub("…", answer), _LONGEST_REASON)
