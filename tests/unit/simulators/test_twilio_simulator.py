"""Twilio's refusals and states, through Twilio's own SDK."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from aiohttp import ClientSession, web
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from simulators.faults import Fault
from simulators.running import running
from simulators.twilio import DEMO_ACCOUNT, DEMO_SMS, DEMO_TOKEN, DEMO_WHATSAPP, Twilio
from simulators.twilio_forms import Media, Place, Tap
from tests.unit.simulators.ears import Ears

ASHA = "+919829012345"
ON_WHATSAPP = {"to": f"whatsapp:{ASHA}", "from_": f"whatsapp:{DEMO_WHATSAPP}"}
ON_SMS = {"to": ASHA, "from_": DEMO_SMS}
NOON = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def twilio(ears: Ears, clock: Clock) -> AsyncIterator[Twilio]:
    simulator = Twilio(
        whatsapp_url=f"{ears.base}/whatsapp", sms_url=f"{ears.base}/sms", clock=clock
    )
    async with running(simulator):
        yield simulator


@pytest.fixture
def client(twilio: Twilio) -> Client:
    client = Client(DEMO_ACCOUNT, DEMO_TOKEN)
    client.api.base_url = client.content.base_url = twilio.base
    return client


@dataclass(frozen=True)
class Sent:
    sid: str
    status: str


async def send(client: Client, **fields: Any) -> Sent:  # noqa: ANN401  the fields are the SDK's
    sent = await asyncio.to_thread(client.messages.create, **fields)
    return Sent(str(sent.sid), str(sent.status))


async def make(client: Client, kind: str, part: dict[str, Any], **more: object) -> str:
    """Create a content through the API and give its sid."""
    content = {"friendly_name": "menu", "language": "en", "types": {kind: part}, **more}
    async with ClientSession() as session:
        response = await session.post(
            f"{client.content.base_url}/v1/Content",
            json=content,
            headers={"Authorization": _basic()},
        )
        answer = await response.json()
    if response.status != 201:
        raise TwilioRestException(response.status, "/v1/Content", answer["message"], answer["code"])
    return str(answer["sid"])


def _basic() -> str:
    return "Basic " + base64.b64encode(f"{DEMO_ACCOUNT}:{DEMO_TOKEN}".encode()).decode()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({**ON_SMS, "body": "x" * 1601}, 21617),
        ({**ON_SMS}, 21619),
        ({**ON_SMS, "body": "x", "to": "98290"}, 21211),
        ({**ON_WHATSAPP, "body": "x", "to": "whatsapp:98290"}, 21211),
        ({**ON_SMS, "body": "x", "from_": "+15550001111"}, 21606),
        ({**ON_WHATSAPP, "body": "x", "from_": "whatsapp:+15550001111"}, 63007),
        ({**ON_SMS, "body": "x", "from_": f"whatsapp:{DEMO_WHATSAPP}"}, 21910),
        ({**ON_SMS, "content_sid": "HX1", "body": "x"}, 21656),
        ({**ON_SMS, "content_sid": "HX1"}, 21655),
        ({**ON_SMS, "media_url": ["https://a.example/1"] * 11}, 21623),
        ({**ON_SMS, "media_url": ["ftp://a.example/1"]}, 21620),
    ],
)
async def test_what_twilio_refuses_is_refused(
    client: Client, fields: dict[str, Any], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await send(client, **fields)

    assert refused.value.code == code
    assert refused.value.status == 400


async def test_a_message_at_the_limit_passes_and_can_be_fetched(
    client: Client, twilio: Twilio
) -> None:
    sent = await send(client, **ON_SMS, body="x" * 1600)

    assert sent.status == "queued"
    await twilio.settled()
    fetched = await asyncio.to_thread(client.messages(sent.sid).fetch)
    assert str(fetched.status) == "delivered"
    assert fetched.num_segments == "11"


async def test_another_password_is_no_password(twilio: Twilio) -> None:
    client = Client(DEMO_ACCOUNT, "wrong")
    client.api.base_url = twilio.base

    with pytest.raises(TwilioRestException) as refused:
        await send(client, **ON_SMS, body="x")

    assert (refused.value.status, refused.value.code) == (401, 20003)


@pytest.mark.parametrize("variables", ["1", "[1]", '{"1": 2}', "{"])
async def test_content_variables_must_be_an_object_of_strings(
    client: Client, variables: str
) -> None:
    sid = await make(client, "twilio/text", {"body": "Hello {{1}}"})

    with pytest.raises(TwilioRestException) as refused:
        await send(client, **ON_WHATSAPP, content_sid=sid, content_variables=variables)

    assert refused.value.code == 21656


async def test_free_text_outside_the_window_is_accepted_and_then_undelivered(
    client: Client, twilio: Twilio, ears: Ears, clock: Clock
) -> None:
    await twilio.person_says("whatsapp", ASHA, "hi")
    clock.now += timedelta(hours=24)

    sent = await send(client, **ON_WHATSAPP, body="late", status_callback=f"{ears.base}/status?m=1")

    assert sent.status == "queued"
    await twilio.settled()
    told = ears.calls[-1].form
    assert (told["MessageStatus"], told["ErrorCode"]) == ("undelivered", "63016")


async def test_inside_the_window_states_come_in_order_and_signed(
    client: Client, twilio: Twilio, ears: Ears
) -> None:
    await twilio.person_says("whatsapp", ASHA, "बिल ₹")

    await send(client, **ON_WHATSAPP, body="यह रहा", status_callback=f"{ears.base}/status?m=1")

    await twilio.settled()
    callbacks = ears.calls[1:]
    assert [call.form["MessageStatus"] for call in callbacks] == ["sent", "delivered", "read"]
    validator = RequestValidator(DEMO_TOKEN)
    for call in ears.calls:
        assert validator.validate(call.url, call.form, call.headers["X-Twilio-Signature"])
    assert twilio.phones.on("whatsapp", ASHA)[-1].status == "read"


async def test_states_can_come_backwards_twice_and_with_unknown_fields(
    client: Client, twilio: Twilio, ears: Ears
) -> None:
    twilio.callbacks.shuffled = twilio.callbacks.repeated = True
    twilio.callbacks.extra = {"SomethingNew": "1"}

    await send(client, **ON_SMS, body="x", status_callback=f"{ears.base}/status")

    await twilio.settled()
    assert [call.form["MessageStatus"] for call in ears.calls] == ["delivered"] * 2 + ["sent"] * 2
    assert ears.calls[0].form["SomethingNew"] == "1"


async def test_a_state_can_come_before_the_create_call_is_answered(
    client: Client, twilio: Twilio, ears: Ears
) -> None:
    twilio.callbacks.before_answer = True
    twilio.callbacks.seconds = 60

    sent = await send(client, **ON_SMS, body="x", status_callback=f"{ears.base}/status")

    assert [call.form["MessageSid"] for call in ears.calls] == [sent.sid]


async def test_stop_on_sms_blocks_us_until_start(client: Client, twilio: Twilio) -> None:
    await twilio.person_says("sms", ASHA, " cancel ")

    with pytest.raises(TwilioRestException) as refused:
        await send(client, **ON_SMS, body="x")

    assert refused.value.code == 21610
    await twilio.person_says("sms", ASHA, "START")
    assert (await send(client, **ON_SMS, body="x")).sid


async def test_a_cancel_inside_a_sentence_opts_nobody_out(twilio: Twilio) -> None:
    await twilio.person_says("sms", ASHA, "cancel my complaint")

    assert twilio.opted_out == set()


async def test_a_number_nobody_has_is_told_by_the_status(
    client: Client, twilio: Twilio, ears: Ears
) -> None:
    twilio.verdicts[ASHA] = 30005

    await send(client, **ON_SMS, body="x", status_callback=f"{ears.base}/status")

    await twilio.settled()
    assert ears.calls[-1].form["ErrorCode"] == "30005"


async def test_faults_strike_the_next_calls_in_order(client: Client, twilio: Twilio) -> None:
    twilio.faults.next.extend([Fault.TOO_MANY, Fault.BAD_GATEWAY, Fault.SERVER_ERROR])

    codes = []
    for _ in range(3):
        with pytest.raises(TwilioRestException) as refused:
            await send(client, **ON_SMS, body="x")
        codes.append((refused.value.status, refused.value.code))

    assert codes == [(429, 20429), (502, 502), (500, 20500)]
    assert not twilio.messages


async def test_a_lost_answer_is_a_message_sent_all_the_same(client: Client, twilio: Twilio) -> None:
    twilio.faults.next.append(Fault.LOST_ANSWER)

    with pytest.raises(requests.ConnectionError):
        await send(client, **ON_SMS, body="x")

    assert [message.body for message in twilio.messages.values()] == ["x"]


async def test_a_slow_answer_is_slow(client: Client, twilio: Twilio) -> None:
    twilio.faults.next.append(Fault.SLOW)
    twilio.faults.slow_seconds = 0.2

    before = asyncio.get_running_loop().time()
    await send(client, **ON_SMS, body="x")

    assert asyncio.get_running_loop().time() - before >= 0.2


async def test_the_list_holds_both_directions_newest_first_over_pages(
    client: Client, twilio: Twilio, clock: Clock
) -> None:
    twilio.lost_inbound = 3
    for text in ("one", "two", "three"):
        clock.now += timedelta(minutes=1)
        await twilio.person_says("whatsapp", ASHA, text)
    await send(client, **ON_WHATSAPP, body="answer")

    inbound = await asyncio.to_thread(
        client.messages.list,
        to=f"whatsapp:{DEMO_WHATSAPP}",
        date_sent_after=NOON + timedelta(minutes=2),
        page_size=1,
    )

    assert [message.body for message in inbound] == ["three", "two"]
    assert {str(message.direction) for message in inbound} == {"inbound"}
    everything = await asyncio.to_thread(client.messages.list, page_size=3)
    assert [message.body for message in everything] == ["answer", "three", "two", "one"]


async def test_lost_inbound_never_reaches_the_webhook(twilio: Twilio, ears: Ears) -> None:
    twilio.lost_inbound = 1

    await twilio.person_says("sms", ASHA, "BILL")

    assert not ears.calls


async def test_plain_text_from_our_webhook_is_sent_to_the_person(
    twilio: Twilio, ears: Ears
) -> None:
    ears.answers.append(lambda: web.Response(text="OK"))

    await twilio.person_says("whatsapp", ASHA, "hi")

    assert [bubble.text for bubble in twilio.phones.on("whatsapp", ASHA)] == ["hi", "OK"]


async def test_a_failing_webhook_is_not_rung_again_and_leaves_an_alert(
    twilio: Twilio, ears: Ears
) -> None:
    ears.answers.append(lambda: web.Response(status=503))

    heard = await twilio.person_says("whatsapp", ASHA, "hi")

    assert (heard.answer.status, len(ears.calls)) == (503, 1)
    assert [alert.code for alert in twilio.alerts] == [11200]


async def test_a_tap_carries_payload_title_and_what_it_answers(twilio: Twilio, ears: Ears) -> None:
    await twilio.person_says("whatsapp", ASHA, tap=Tap("bill_pay", "Pay now", "SM1"))
    await twilio.person_says("whatsapp", ASHA, tap=Tap("k1", "9010…", "SM2", row=True))

    button, row = (call.form for call in ears.calls)
    assert button["ButtonPayload"] == "bill_pay"
    assert button["Body"] == button["ButtonText"] == "Pay now"
    assert button["MessageType"] == "interactive"
    assert button["OriginalRepliedMessageSid"] == "SM1"
    assert (row["ListId"], row["ListTitle"]) == ("k1", "9010…")


async def test_an_id_that_is_no_number_comes_without_a_number(twilio: Twilio, ears: Ears) -> None:
    await twilio.person_says("whatsapp", "IN.13491208655302741918", "hi", profile_name="आशा")

    form = ears.calls[0].form
    assert form["From"] == form["ExternalUserId"] == "whatsapp:IN.13491208655302741918"
    assert "WaId" not in form
    assert form["ProfileName"] == "आशा"


async def test_files_and_places_arrive_as_twilio_sends_them(twilio: Twilio, ears: Ears) -> None:
    await twilio.person_says("whatsapp", ASHA, media=(Media("audio/ogg", b"OggS"),))
    await twilio.person_says("whatsapp", ASHA, place=Place(26.4499, 74.6399, "Ajmer"))

    voice, place = (call.form for call in ears.calls)
    assert (voice["NumMedia"], voice["MediaContentType0"]) == ("1", "audio/ogg")
    async with ClientSession(headers={"Authorization": _basic()}) as session:
        response = await session.get(voice["MediaUrl0"])
        assert await response.read() == b"OggS"
    assert (place["Latitude"], place["Label"]) == ("26.449900", "Ajmer")


async def test_a_quick_reply_is_shown_with_its_variables(client: Client, twilio: Twilio) -> None:
    await twilio.person_says("whatsapp", ASHA, "hi")
    sid = await make(
        client,
        "twilio/quick-reply",
        {"body": "{{1}}", "actions": [{"type": "QUICK_REPLY", "title": "{{2}}", "id": "{{3}}"}]},
    )

    values = json.dumps({"1": "आपका बिल", "2": "भुगतान करें", "3": "bill_pay"})
    await send(client, **ON_WHATSAPP, content_sid=sid, content_variables=values)

    await twilio.settled()
    shown = twilio.phones.on("whatsapp", ASHA)[-1]
    assert shown.text == "आपका बिल"
    assert [(b.label, b.payload) for row in shown.buttons for b in row] == [
        ("भुगतान करें", "bill_pay")
    ]


@pytest.mark.parametrize(("title", "error"), [("x" * 20, None), ("x" * 21, 63005), ("", 63005)])
async def test_a_button_too_long_after_filling_is_not_shown(
    client: Client, twilio: Twilio, title: str, error: int | None
) -> None:
    await twilio.person_says("whatsapp", ASHA, "hi")
    sid = await make(
        client, "twilio/quick-reply", {"body": "hi", "actions": [{"title": "{{1}}", "id": "a"}]}
    )

    sent = await send(
        client, **ON_WHATSAPP, content_sid=sid, content_variables=json.dumps({"1": title})
    )

    await twilio.settled()
    assert twilio.messages[sent.sid].error == error


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("twilio/quick-reply", {"body": "x" * 1025, "actions": [{"title": "a", "id": "a"}]}),
        ("twilio/quick-reply", {"body": "x", "actions": [{"title": "x" * 21, "id": "a"}]}),
        ("twilio/quick-reply", {"body": "x", "actions": [{"title": "a", "id": "a"}] * 11}),
        ("twilio/list-picker", {"body": "x", "items": [{"item": "a", "id": "a"}]}),
        (
            "twilio/list-picker",
            {"body": "x", "button": "b", "items": [{"item": "x" * 25, "id": "a"}]},
        ),
        (
            "twilio/list-picker",
            {
                "body": "x",
                "button": "b",
                "items": [{"item": "a", "id": "a", "description": "x" * 73}],
            },
        ),
        ("twilio/carousel", {"body": "x"}),
    ],
)
async def test_content_over_a_limit_is_not_made(
    client: Client, kind: str, part: dict[str, Any]
) -> None:
    with pytest.raises(TwilioRestException):
        await make(client, kind, part)


async def test_four_buttons_without_approval_are_not_shown(client: Client, twilio: Twilio) -> None:
    await twilio.person_says("whatsapp", ASHA, "hi")
    actions = [{"title": f"{n}", "id": f"{n}"} for n in range(4)]
    sid = await make(client, "twilio/quick-reply", {"body": "x", "actions": actions})

    sent = await send(client, **ON_WHATSAPP, content_sid=sid)

    await twilio.settled()
    assert twilio.messages[sent.sid].error == 63005


async def test_an_approved_template_goes_out_outside_the_window(
    client: Client, twilio: Twilio
) -> None:
    sid = await make(
        client, "twilio/text", {"body": "Bill for {{1}} is ready."}, variables={"1": "K 9010"}
    )
    await approve(client, sid)

    sent = await send(
        client, **ON_WHATSAPP, content_sid=sid, content_variables=json.dumps({"1": "K 1"})
    )

    await twilio.settled()
    assert twilio.messages[sent.sid].status == "read"
    broken = await send(
        client, **ON_WHATSAPP, content_sid=sid, content_variables=json.dumps({"1": "a\nb"})
    )
    await twilio.settled()
    assert twilio.messages[broken.sid].error == 63013


@pytest.mark.parametrize(
    ("body", "samples", "reason"),
    [
        ("{{1}} is due", {"1": "x"}, "start or the end"),
        ("Due {{1}} {{2}} now", {"1": "x", "2": "y"}, "beside"),
        ("Due {{1}} now", {}, "sample"),
    ],
)
async def test_a_template_against_the_rules_is_rejected(
    client: Client, twilio: Twilio, body: str, samples: dict[str, str], reason: str
) -> None:
    sid = await make(client, "twilio/text", {"body": body}, variables=samples)
    await approve(client, sid)

    fetched = await asyncio.to_thread(client.content.v1.contents(sid).approval_fetch().fetch)

    assert fetched.whatsapp is not None
    assert fetched.whatsapp["status"] == "rejected"
    assert reason in str(fetched.whatsapp["rejection_reason"])


async def approve(client: Client, sid: str) -> None:
    async with ClientSession(headers={"Authorization": _basic()}) as session:
        response = await session.post(
            f"{client.content.base_url}/v1/Content/{sid}/ApprovalRequests/whatsapp",
            json={"name": "bill_ready", "category": "UTILITY"},
        )
        assert response.status == 201


async def test_contents_are_listed_over_pages_and_dropped(client: Client) -> None:
    sids = [await make(client, "twilio/text", {"body": f"{n}"}) for n in range(3)]

    listed = await asyncio.to_thread(client.content.v1.contents.list)

    assert [content.sid for content in listed] == sids
    await asyncio.to_thread(client.content.v1.contents(sids[0]).delete)
    with pytest.raises(TwilioRestException):
        await asyncio.to_thread(client.content.v1.contents(sids[0]).fetch)


async def test_media_whatsapp_cannot_fetch_is_not_delivered(client: Client, twilio: Twilio) -> None:
    await twilio.person_says("whatsapp", ASHA, "hi")

    sent = await send(client, **ON_WHATSAPP, media_url=[f"{twilio.base}/nothing.pdf"])

    await twilio.settled()
    assert twilio.messages[sent.sid].error == 63019
