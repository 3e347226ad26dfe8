"""A loopback Twilio: WhatsApp and SMS with Twilio's own limits, refusals, webhooks and moods.

What a test or `/try` turns: `faults` (calls that go wrong), `callbacks` (how states are told),
`verdicts` (numbers nobody reaches), `window`, and `person_says` for the other end.
"""

import base64
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from simulators.faults import Fault, bad_gateway
from simulators.phone import SMS, WHATSAPP
from simulators.twilio_account import (
    DEMO_ACCOUNT,
    DEMO_SMS,
    DEMO_TOKEN,
    DEMO_WHATSAPP,
    Account,
)
from simulators.twilio_content import BadContent, Content, check_content, why_not_approved
from simulators.twilio_errors import AT_ONCE, refusal
from simulators.twilio_forms import API_VERSION
from simulators.twilio_messages import OUTBOUND, PREFIX, Message, list_page

__all__ = ["DEMO_ACCOUNT", "DEMO_SMS", "DEMO_TOKEN", "DEMO_WHATSAPP", "Twilio"]

SMS_ADDRESS = re.compile(r"\+[1-9]\d{6,14}")
WHATSAPP_ADDRESS = re.compile(r"whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128})")
LONGEST_BODY = 1600
MOST_MEDIA = 10

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Twilio(Account):
    """The account behind Twilio's own API; made with `Account`'s settings."""

    def app(self) -> web.Application:
        """Twilio's own paths: the account API and the Content API at one origin."""
        account = f"/{API_VERSION}/Accounts/{{account}}"
        app = web.Application()
        app.router.add_post(f"{account}/Messages.json", self._create)
        app.router.add_get(f"{account}/Messages.json", self._called(self._list))
        app.router.add_get(f"{account}/Messages/{{sid}}.json", self._called(self._fetch))
        app.router.add_get(f"{account}/Messages/{{sid}}/Media/{{file}}", self._called(self._file))
        app.router.add_get(f"{account}.json", self._called(self._account))
        app.router.add_post("/v1/Content", self._called(self._make_content))
        app.router.add_get("/v1/Content", self._called(self._list_content))
        app.router.add_get("/v1/Content/{sid}", self._called(self._fetch_content))
        app.router.add_delete("/v1/Content/{sid}", self._called(self._drop_content))
        app.router.add_post(
            "/v1/Content/{sid}/ApprovalRequests/whatsapp", self._called(self._submit_content)
        )
        app.router.add_get("/v1/Content/{sid}/ApprovalRequests", self._called(self._fetch_approval))
        return app

    def _called(self, handler: Handler) -> Handler:
        async def called(request: web.Request) -> web.Response:
            fault = self.faults.strike()
            if (refused := self._refuse(fault, request)) is not None:
                return refused
            return await self.faults.befall(fault, request, await handler(request))

        return called

    def _refuse(self, fault: Fault | None, request: web.Request) -> web.Response | None:
        if fault is Fault.TOO_MANY:
            response = refusal(20429)
            response.headers["Retry-After"] = str(self.faults.retry_after)
            return response
        if fault is Fault.BAD_GATEWAY:
            return bad_gateway()
        if fault is Fault.SERVER_ERROR:
            return refusal(20500)
        if request.headers.get("Authorization") != self._authorization():
            return refusal(20003)
        account = request.match_info.get("account", self.account_sid)
        return None if account == self.account_sid else refusal(20404, request.path)

    def _authorization(self) -> str:
        pair = f"{self.account_sid}:{self.auth_token}".encode()
        return "Basic " + base64.b64encode(pair).decode()

    async def _create(self, request: web.Request) -> web.Response:
        fault = self.faults.strike()
        pairs = parse_qsl((await request.read()).decode(), keep_blank_values=True)
        if (refused := self._refuse(fault, request)) is not None:
            return refused
        form = dict(pairs)
        media = tuple(value for name, value in pairs if name == "MediaUrl")
        if (refused := self._check(form, media)) is not None:
            return refused
        message = Message(
            self._sid("MM" if media else "SM"),
            OUTBOUND,
            form.get("From") or self._sender_for(form["To"]),
            form["To"],
            form.get("Body", ""),
            "accepted" if "MessagingServiceSid" in form else "queued",
            self.clock(),
            media,
            form.get("ContentSid", ""),
            form.get("ContentVariables", ""),
            form.get("StatusCallback", ""),
            form.get("MessagingServiceSid", ""),
        )
        self.messages[message.sid] = message
        answer = json.dumps(message.as_json(self.account_sid))
        await self._set_out(message)
        response = web.Response(status=201, text=answer, content_type="application/json")
        if fault is None:
            return response
        return await self.faults.befall(fault, request, response)

    def _sender_for(self, to: str) -> str:
        if to.startswith(PREFIX):
            return PREFIX + self.senders[WHATSAPP]
        return self.senders[SMS]

    def _check(self, form: Mapping[str, str], media: tuple[str, ...]) -> web.Response | None:
        return self._check_addresses(form) or self._check_words(form, media)

    def _check_addresses(self, form: Mapping[str, str]) -> web.Response | None:
        to, sender = form.get("To", ""), form.get("From", "")
        if not to:
            return refusal(21604)
        if not sender and "MessagingServiceSid" not in form:
            return refusal(21603)
        on_whatsapp = to.startswith(PREFIX)
        if not (WHATSAPP_ADDRESS if on_whatsapp else SMS_ADDRESS).fullmatch(to):
            return refusal(21211, to)
        if sender and sender.startswith(PREFIX) is not on_whatsapp:
            return refusal(21910)
        if sender and sender != self._sender_for(to):
            return refusal(63007) if on_whatsapp else refusal(21606, sender)
        person = to.removeprefix(PREFIX)
        if not on_whatsapp and person in self.opted_out:
            return refusal(21610)
        verdict = self.verdicts.get(person)
        return refusal(verdict, to) if verdict in AT_ONCE else None

    def _check_words(self, form: Mapping[str, str], media: tuple[str, ...]) -> web.Response | None:
        body, content_sid = form.get("Body", ""), form.get("ContentSid", "")
        if content_sid:
            if body or media:
                return refusal(21656, "a ContentSid stands alone, without Body and MediaUrl")
            if content_sid not in self.contents:
                return refusal(21655, content_sid)
            return _check_variables(form.get("ContentVariables", ""))
        if "ContentVariables" in form:
            return refusal(21656, "there is no ContentSid")
        if not body and not media:
            return refusal(21619)
        if len(body) > LONGEST_BODY:
            return refusal(21617)
        if len(media) > (1 if form["To"].startswith(PREFIX) else MOST_MEDIA):
            return refusal(21623)
        if wrong := [url for url in media if not url.startswith(("http://", "https://"))]:
            return refusal(21620, wrong[0])
        return None

    async def _list(self, request: web.Request) -> web.Response:
        try:
            return web.json_response(list_page(self.messages, request.query, self.account_sid))
        except ValueError as error:
            return refusal(20001, str(error))

    async def _fetch(self, request: web.Request) -> web.Response:
        message = self.messages.get(request.match_info["sid"])
        if message is None:
            return refusal(20404, request.path)
        return web.json_response(message.as_json(self.account_sid))

    async def _account(self, _: web.Request) -> web.Response:
        return web.json_response(
            {"sid": self.account_sid, "friendly_name": "Demo", "status": "active", "type": "Full"}
        )

    async def _file(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info["file"])
        if file is None:
            return refusal(20404, request.path)
        return web.Response(body=file.content, content_type=file.content_type)

    # The Content API.

    async def _make_content(self, request: web.Request) -> web.Response:
        try:
            asked = json.loads(await request.text())
            if not isinstance(asked, dict):
                return refusal(20001, "the body must be a JSON object")
            check_content(asked)
        except (ValueError, BadContent) as error:
            return refusal(20001, str(error))
        content = Content(
            self._sid("HX"),
            str(asked.get("friendly_name") or ""),
            asked["language"],
            asked.get("variables") or {},
            asked["types"],
            self.clock().isoformat(),
        )
        self.contents[content.sid] = content
        return web.json_response(content.as_json(), status=201)

    async def _list_content(self, request: web.Request) -> web.Response:
        size = min(int(request.query.get("PageSize", "50")), 500)
        page = int(request.query.get("Page", "0"))
        everything = list(self.contents.values())
        entries = everything[page * size : (page + 1) * size]
        more = len(everything) > (page + 1) * size
        url = "https://content.twilio.com/v1/Content?PageSize={}&Page={}"
        meta = {
            "key": "contents",
            "page": page,
            "page_size": size,
            "first_page_url": url.format(size, 0),
            "previous_page_url": None,
            "next_page_url": url.format(size, page + 1) if more else None,
            "url": url.format(size, page),
        }
        return web.json_response({"contents": [entry.as_json() for entry in entries], "meta": meta})

    async def _fetch_content(self, request: web.Request) -> web.Response:
        content = self.contents.get(request.match_info["sid"])
        if content is None:
            return refusal(20404, request.path)
        return web.json_response(content.as_json())

    async def _drop_content(self, request: web.Request) -> web.Response:
        if self.contents.pop(request.match_info["sid"], None) is None:
            return refusal(20404, request.path)
        return web.Response(status=204)

    async def _submit_content(self, request: web.Request) -> web.Response:
        content = self.contents.get(request.match_info["sid"])
        if content is None:
            return refusal(20404, request.path)
        try:
            asked = json.loads(await request.text())
            name, category = str(asked["name"]), str(asked["category"])
        except (ValueError, KeyError, TypeError):
            return refusal(20001, "name and category are needed")
        reason = why_not_approved(content, name, category)
        content.approval = {
            "name": name,
            "category": category,
            "content_type": content.kind,
            "status": "rejected" if reason else "approved" if self.approves else "received",
            "rejection_reason": reason,
            "allow_category_change": True,
        }
        return web.json_response({**content.approval, "status": "received"}, status=201)

    async def _fetch_approval(self, request: web.Request) -> web.Response:
        content = self.contents.get(request.match_info["sid"])
        if content is None or content.approval is None:
            return refusal(20404, request.path)
        return web.json_response(
            {"sid": content.sid, "account_sid": self.account_sid, "whatsapp": content.approval}
        )


def _check_variables(text: str) -> web.Response | None:
    if not text:
        return None
    try:
        values = json.loads(text)
    except ValueError:
        return refusal(21656, "it is not JSON")
    if not isinstance(values, dict) or not all(isinstance(v, str) for v in values.values()):
        return refusal(21656, "it is not an object of strings")
    return None
