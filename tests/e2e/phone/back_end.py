"""A small back end behind `/try`: it answers through the providers' own interfaces."""

import base64
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, web

from simulators.demo import Secrets, Simulators
from simulators.try_page import SampleBill, StaffRow, add_try_routes
from simulators.try_phone import SamplePerson

SECRETS = Secrets()
ASHA = SamplePerson("+919829012345", "आशा शर्मा", "Registered mobile", "पंजीकृत मोबाइल")
RAVI = SamplePerson("+919784500321", "Ravi Meena", "Unknown to the company", "कंपनी के लिए अनजान")
BILLS = (
    SampleBill("901010000123", "Bill due in 12 days", "बिल 12 दिन में देय"),
    SampleBill("901010000124", "Overdue by 3 days", "3 दिन से बकाया"),
    SampleBill("901010000125", "Paid", "चुकाया हुआ"),
    SampleBill("901010000126", "Zero by subsidy", "सब्सिडी से शून्य"),
)
BILL_HI = "आपका बिल ₹1,240 है। अंतिम तिथि: 5 दिसंबर 2026।\nउसके बाद: ₹1,265।"


@dataclass
class BackEnd:
    """What came in, and the answers it gives."""

    origin: str = ""
    rows: list[StaffRow] = field(default_factory=list)
    failing: bool = False
    simulators: Simulators | None = None

    async def staff(self) -> list[StaffRow]:
        return list(self.rows)

    def note(self, kind: str, words: str, state: str, channel: str = "") -> None:
        self.rows.append(
            StaffRow(
                f"{kind}-{len(self.rows)}",
                1_795_400_000_000 + len(self.rows) * 1000,
                kind,
                words,
                state,
                channel,
            )
        )

    async def on_whatsapp(self, request: web.Request) -> web.Response:
        form = await request.post()
        if self.failing:
            return web.Response(status=503)
        text = str(form.get("ListId") or form.get("ButtonPayload") or form["Body"])
        self.note("message", text or "(no words)", "answered", "whatsapp")
        to = str(form["From"])
        if text == "bill_pay":
            link = await self._link()
            await self._twilio({"To": to, "Body": f"भुगतान का लिंक: {link}"})
            self.note("payment", "₹1,240 · K 901010000123", "asked")
        elif text == "menu":
            await self._content(to, "twilio/list-picker", "क्या चाहिए?", MENU)
        elif "bill" in text:
            await self._content(to, "twilio/quick-reply", BILL_HI, PAY)
        else:
            await self._twilio({"To": to, "Body": f"You said: {text}"})
        self.note("reply", "आपका बिल ₹1,240 है।", "delivered", "whatsapp")
        return _twiml()

    async def on_sms(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.note("message", str(form["Body"]), "answered", "sms")
        await self._twilio(
            {
                "To": str(form["From"]),
                "Body": "AVVNL: K 901010000123 ka bill Rs.1,240 hai, 5 Dec 2026 tak. "
                f"Bhugtan: {self.origin}/p/k7Qx2",
            }
        )
        return _twiml()

    async def on_telegram(self, request: web.Request) -> web.Response:
        update: dict[str, Any] = await request.json()
        if (query := update.get("callback_query")) is not None:
            await self._bot("answerCallbackQuery", callback_query_id=query["id"])
            await self._bot("sendMessage", chat_id=query["from"]["id"], text=query["data"])
            return web.json_response({})
        message = update.get("message") or update["edited_message"]
        chat, text = message["chat"]["id"], message.get("text", "")
        self.note("message", text or "(no words)", "received", "telegram")
        if text == "/start":
            keyboard = [[{"text": "मेरा नंबर साझा करें", "request_contact": True}]]
            await self._bot(
                "sendMessage",
                chat_id=chat,
                text="नमस्ते! आपका बिल देखने के लिए नंबर साझा करें।",
                reply_markup={"keyboard": keyboard},
            )
        else:
            rows = [
                [{"text": "भुगतान करें", "callback_data": "bill_pay"}],
                [
                    {"text": "रसीद", "callback_data": "receipt"},
                    {"text": "पिछले बिल", "callback_data": "history"},
                ],
            ]
            edited = "changed: " if "edited_message" in update else ""
            await self._bot(
                "sendMessage",
                chat_id=chat,
                text=f"{edited}{text}\n{BILL_HI}",
                reply_markup={"inline_keyboard": rows},
            )
        return web.json_response({})

    async def on_razorpay(self, request: web.Request) -> web.Response:
        event: dict[str, Any] = await request.json()
        if event["event"] == "payment_link.paid":
            self.note("payment", "₹1,240 · K 901010000123", "paid")
        return web.json_response({})

    async def _twilio(self, fields: dict[str, str]) -> None:
        sender = SECRETS.twilio_sms_from
        if fields["To"].startswith("whatsapp:"):
            sender = f"whatsapp:{SECRETS.twilio_whatsapp_from}"
        path = f"/2010-04-01/Accounts/{SECRETS.twilio_account_sid}/Messages.json"
        async with ClientSession(headers=_TWILIO) as session:
            response = await session.post(
                self._at.twilio.base + path, data={"From": sender, **fields}
            )
            assert response.status == 201, await response.text()

    async def _content(self, to: str, kind: str, body: str, part: dict[str, Any]) -> None:
        content = {"language": "hi", "types": {kind: {"body": body, **part}}}
        async with ClientSession(headers=_TWILIO) as session:
            response = await session.post(
                f"{self._at.twilio.base}/v1/Content", data=json.dumps(content)
            )
            made = await response.json()
        await self._twilio({"To": to, "ContentSid": made["sid"]})

    async def _bot(self, method: str, **asked: object) -> None:
        url = f"{self._at.telegram.base}/bot{SECRETS.telegram_token}/{method}"
        async with ClientSession() as session:
            response = await session.post(url, json=asked)
            assert response.status == 200, await response.text()

    async def _link(self) -> str:
        pair = f"{SECRETS.razorpay_key_id}:{SECRETS.razorpay_key_secret}"
        asked = {
            "amount": 124_000,
            "description": "बिजली बिल · Electricity bill, K 901010000123",
            "reference_id": f"BILL-{len(self.rows)}",
        }
        async with ClientSession(headers=_basic(pair)) as session:
            response = await session.post(f"{self._at.razorpay.base}/v1/payment_links", json=asked)
            made = await response.json()
        return str(made["short_url"])

    @property
    def _at(self) -> Simulators:
        assert self.simulators is not None
        return self.simulators


PAY = {
    "actions": [
        {"type": "QUICK_REPLY", "title": "भुगतान करें", "id": "bill_pay"},
        {"type": "QUICK_REPLY", "title": "पिछले बिल", "id": "history"},
    ]
}
MENU = {
    "button": "विकल्प देखें",
    "items": [
        {"item": "बिल देखें", "id": "show_bill", "description": "राशि और अंतिम तिथि"},
        {"item": "भुगतान करें", "id": "pay", "description": "UPI, कार्ड, नेट बैंकिंग"},
        {"item": "बिजली नहीं है", "id": "outage", "description": "शिकायत दर्ज करें"},
        {"item": "नया कनेक्शन", "id": "new", "description": ""},
    ],
}


def _basic(pair: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


_TWILIO = _basic(f"{SECRETS.twilio_account_sid}:{SECRETS.twilio_auth_token}")


def _twiml() -> web.Response:
    return web.Response(text="<Response/>", content_type="text/xml")


@asynccontextmanager
async def back_end(port: int = 0) -> AsyncIterator[BackEnd]:
    """Serve `/try` with this back end behind it."""
    door = socket.create_server(("127.0.0.1", port))
    served = BackEnd(f"http://127.0.0.1:{door.getsockname()[1]}")
    served.simulators = simulators = await Simulators.start(served.origin)

    async def people() -> tuple[SamplePerson, ...]:
        return (ASHA, RAVI)

    async def bills() -> tuple[SampleBill, ...]:
        return BILLS

    app = web.Application()
    app.router.add_post("/webhooks/twilio/whatsapp", served.on_whatsapp)
    app.router.add_post("/webhooks/twilio/sms", served.on_sms)
    app.router.add_post("/webhooks/telegram", served.on_telegram)
    app.router.add_post("/webhooks/razorpay", served.on_razorpay)
    add_try_routes(app, simulators, people=people, bills=bills, staff=served.staff)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.SockSite(runner, door).start()
    try:
        yield served
    finally:
        await runner.cleanup()
        await simulators.close()
