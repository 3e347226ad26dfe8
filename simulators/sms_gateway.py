"""A loopback SMS aggregator as India has many, in either of their two dialects.

It takes SMS, tells what became of them, and passes on what people write and whom they ring. What a
test turns: `faults`, `refused` (numbers it takes nothing for), `unreached` (numbers it gives up on
later), `registered` (the ids of texts that may pass) and `by_get`.
"""

import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from simulators.errands import Answer, Errands
from simulators.faults import Fault, Faults, bad_gateway
from simulators.phone import SMS, Bubble, Phones
from simulators.segments import count_segments

DEMO_KEY = "demo-gateway-key"
DEMO_SECRET = "demo-gateway-secret"
SECRET_NAME = "token"  # of the query
SECRET_HEADER = "X-Gateway-Token"
SECONDS_TO_ANSWER = 10.0
_FORM = "application/x-www-form-urlencoded"


class Dialect(StrEnum):
    """How an aggregator speaks."""

    FORM = "form"  # forms and queries; the answer is the id; the secret stands in the address
    JSON = "json"  # JSON both ways; errors are told with 200; the secret stands in a header


@dataclass(frozen=True, slots=True)
class Taken:
    """An SMS that was handed over."""

    id: str
    to: str
    text: str
    sender: str
    template_id: str
    entity_id: str


class SmsAggregator:
    """One account at an aggregator, and the people behind it."""

    def __init__(
        self,
        dialect: Dialect = Dialect.FORM,
        *,
        inbound_url: str = "",
        status_url: str = "",
        call_url: str = "",
        number: str = "+919220512345",
        phones: Phones | None = None,
    ) -> None:
        self.base = ""
        self.dialect = dialect
        self.inbound_url, self.status_url, self.call_url = inbound_url, status_url, call_url
        self.number = number
        self.phones = phones or Phones()
        self.faults = Faults()
        self.refused: set[str] = set()
        self.unreached: set[str] = set()
        self.registered: set[str] | None = None  # None: nobody asks
        self.by_get = False  # webhooks and reports go by GET
        self.reports: tuple[str, ...] = ("SUBMITTED", "DELIVRD")
        self.taken: list[Taken] = []
        self.calls = 0  # for SMS, whatever became of them
        self._ids = itertools.count(880_000_000_001)
        self._errands = Errands()

    def app(self) -> web.Application:
        """The aggregator's own paths."""
        app = web.Application()
        app.router.add_get("/api/sendsms", self._send_form)
        app.router.add_post("/api/sendsms", self._send_form)
        app.router.add_post("/v2/messages", self._send_json)
        return app

    async def close(self) -> None:
        """End the reports that are still on their way."""
        await self._errands.close()

    async def settled(self) -> None:
        """Wait until every report is delivered."""
        await self._errands.idle()

    # The people's end.

    async def person_says(self, person: str, text: str) -> Answer:
        """Somebody writes to the number; gives what our webhook answered."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._show(f"in-{next(self._ids)}", person, text, ours=False)
        told: dict[str, object]
        if self.dialect is Dialect.JSON:
            told = {"from": person, "to": self.number, "text": text, "time": at}
            told["id"] = next(self._ids)
        else:
            told = {"mobile": person.removeprefix("+"), "shortcode": self.number, "msg": text}
            told |= {"msgid": str(next(self._ids)), "rcvd": at}
        return await self.ring(self.inbound_url, told)

    async def person_rings(self, person: str, number: str) -> Answer:
        """Somebody rings a number of ours and hangs up, as a telephone gateway tells it."""
        inside = f"0{person.removeprefix('+91')}"
        told: dict[str, object] = {
            "CallSid": f"call{next(self._ids)}",
            "From": inside,
            "To": number,
        }
        return await self.ring(self.call_url, told)

    async def ring(self, url: str, told: Mapping[str, object], *, knows: bool = True) -> Answer:
        """Call a webhook with these fields, with the secret where whoever calls `knows` it."""
        secret = DEMO_SECRET if knows else "guessed"
        headers = {SECRET_HEADER: secret} if self.dialect is Dialect.JSON else {}
        if self.dialect is Dialect.FORM:
            url += f"?{urlencode({SECRET_NAME: secret})}"
        if self.by_get:
            query = urlencode({name: str(it) for name, it in told.items()})
            url += f"{'&' if '?' in url else '?'}{query}"
            return await self._errands.fetch(url, headers, seconds=SECONDS_TO_ANSWER)
        if self.dialect is Dialect.JSON:
            body, kind = json.dumps(told).encode(), "application/json"
        else:
            body, kind = urlencode({name: str(it) for name, it in told.items()}).encode(), _FORM
        headers["Content-Type"] = kind
        return await self._errands.post(url, body, headers, seconds=SECONDS_TO_ANSWER)

    # The API.

    async def _send_form(self, request: web.Request) -> web.Response:
        fields = {**request.query, **await request.post()}
        asked = {name: it for name, it in fields.items() if isinstance(it, str)}
        sms = Taken(
            f"F{next(self._ids)}",
            "+" + asked.get("mobiles", ""),
            asked.get("message", ""),
            asked.get("sender", ""),
            asked.get("DLT_TE_ID", ""),
            asked.get("PE_ID", ""),
        )
        return await self._take(request, sms, asked.get("authkey", ""))

    async def _send_json(self, request: web.Request) -> web.Response:
        asked = await request.json()
        dlt = asked.get("dlt", {})
        sms = Taken(
            str(next(self._ids)),
            asked["to"],
            asked["text"],
            asked.get("from", ""),
            dlt.get("template_id", ""),
            dlt.get("entity_id", ""),
        )
        key = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return await self._take(request, sms, key)

    async def _take(self, request: web.Request, sms: Taken, key: str) -> web.Response:
        self.calls += 1
        fault = self.faults.strike()
        if fault is Fault.TOO_MANY:
            wait = {"Retry-After": str(self.faults.retry_after)}
            return web.Response(status=429, text="slow down", headers=wait)
        if fault is Fault.SERVER_ERROR:
            return web.Response(status=500, text="internal error")
        if fault is Fault.BAD_GATEWAY:
            return bad_gateway()
        if key != DEMO_KEY:
            return self._refuse(401, "Authentication failed")
        if sms.to in self.refused:
            return self._refuse(400, f"Invalid mobile number {sms.to}")
        if self.registered is not None and sms.template_id not in self.registered:
            return self._refuse(400, "DLT template not found")
        self.taken.append(sms)
        self._show(sms.id, sms.to, sms.text, ours=True)
        if self.status_url:
            self._errands.run(self._report(sms))
        if self.dialect is Dialect.JSON:
            response = web.json_response({"data": [{"id": int(sms.id)}], "count": 1}, status=202)
        else:
            response = web.Response(text=f"{sms.id}\n")
        return await self.faults.befall(fault, request, response)

    def _refuse(self, status: int, why: str) -> web.Response:
        if self.dialect is Dialect.JSON:  # these tell only strangers by the status
            stranger = status == HTTPStatus.UNAUTHORIZED
            told = {"status": "error", "errors": [{"message": why}]}
            return web.json_response(told, status=status if stranger else HTTPStatus.OK)
        return web.Response(status=status, text=why)

    async def _report(self, sms: Taken) -> None:
        words = ("SUBMITTED", "UNDELIV") if sms.to in self.unreached else self.reports
        for word in words:
            told: dict[str, object]
            if self.dialect is Dialect.JSON and not self.by_get:
                told = {"report": {"id": int(sms.id), "status": word}}
            else:
                told = {"msgid": sms.id, "stat": word}
            await self.ring(self.status_url, told)
            self.phones.status(sms.id, word)

    def _show(self, name: str, person: str, text: str, *, ours: bool) -> None:
        at = int(datetime.now(UTC).timestamp() * 1000)
        parts = count_segments(text)
        self.phones.show(Bubble(name, SMS, person, ours=ours, text=text, at=at, segments=parts))
