"""What only Indian gateways do: calls that are configuration, registered texts, missed calls."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientTimeout
from multidict import CIMultiDict

from channels.channel import Forged, Malformed, WebhookRequest
from channels.gateway_call import Lock, mobile
from channels.missed_call import MissedCalls, MissedCallSettings
from channels.sms_gateway import SmsGateway, Status
from channels.sms_gateway_form import Outbound
from channels.sms_gateway_http import GatewayHttp
from models.errors import Misconfigured, Permanent, Temporary, Unknown
from models.message import (
    ENGLISH,
    HINDI,
    ChannelName,
    DeliveryState,
    InboundMessage,
    Kind,
    OutboundMessage,
    Receipt,
)
from simulators.faults import Fault
from simulators.sms_gateway import DEMO_SECRET, SECRET_HEADER, SECRET_NAME, Dialect
from tests.contracts.channel_worlds import PERSON
from tests.contracts.sms_gateway_worlds import (
    FORM_FIELDS,
    WORDS,
    SmsGatewayWorld,
    form_gateway,
    json_gateway,
    sms_gateway_world,
)

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
TEMPLATES = {("bill-due", HINDI): "1107170000000000001"}
VALUES = {"to": PERSON, "to_digits": PERSON[1:], "text": "Hello", "template_id": ""}
VALUES |= {"header": "", "entity_id": "", "key": "hush"}


@pytest.fixture
async def form() -> AsyncIterator[SmsGatewayWorld]:
    """A gateway of forms."""
    async with sms_gateway_world(Dialect.FORM) as made:
        yield made


@pytest.fixture
async def modern() -> AsyncIterator[SmsGatewayWorld]:
    """A gateway of JSON."""
    async with sms_gateway_world(Dialect.JSON) as made:
        yield made


def sms(world: SmsGatewayWorld, text: str = "Hello", template: str = "") -> OutboundMessage:
    return OutboundMessage(7, world.person, text, (), HINDI, template=template)


def call(path: str, body: bytes = b"", **headers: str) -> WebhookRequest:
    names = {name.replace("_", "-"): it for name, it in headers.items()}
    return WebhookRequest(path, CIMultiDict(names), body)


def inbound(**fields: str) -> WebhookRequest:
    query = "&".join(f"{name}={it}" for name, it in fields.items())
    return call(f"/webhooks/sms/formal?{SECRET_NAME}={DEMO_SECRET}&{query}")


def gateway() -> SmsGateway:
    return SmsGateway(form_gateway("http://127.0.0.1:9"), {})


def heard(request: WebhookRequest, now: datetime = NOW) -> InboundMessage:
    (found,) = gateway().receive(request, now)
    assert isinstance(found, InboundMessage)
    return found


async def test_a_form_says_what_is_configured(form: SmsGatewayWorld) -> None:
    channel = form.with_templates(TEMPLATES, dlt=True)

    provider_id = await channel.send(sms(form, "बिल ₹1,240 & {key}", "bill-due-sms"))
    await channel.close()

    [taken] = form.provider.taken
    assert provider_id == f"formal:{taken.id}"
    assert (taken.to, taken.text) == (PERSON, "बिल ₹1,240 & {key}")
    assert (taken.sender, taken.entity_id) == ("AVVNLX", "1101")
    assert taken.template_id == "1107170000000000001"


async def test_json_may_be_as_deep_as_the_gateway_likes(modern: SmsGatewayWorld) -> None:
    channel = modern.with_templates(TEMPLATES)

    provider_id = await channel.send(sms(modern, template="bill-due"))
    await channel.close()

    [taken] = modern.provider.taken
    assert provider_id == f"modern:{taken.id}"
    assert (taken.to, taken.template_id) == (PERSON, "1107170000000000001")
    assert (taken.sender, taken.entity_id) == ("AVVNLX", "1101")


@pytest.mark.parametrize("address", ["/api/sendsms", "/api/sendsms?sender=AVVNLX&authkey={key}"])
async def test_a_gateway_may_want_a_get(form: SmsGatewayWorld, address: str) -> None:
    outbound = Outbound(form.provider.base + address, "GET", body=FORM_FIELDS)
    channel = form.with_templates({}, outbound=outbound)

    await channel.send(sms(form, "आपका बिल + 5% & more?"))
    await channel.close()

    assert form.seen() == "आपका बिल + 5% & more?"


async def test_what_a_person_wrote_cannot_ask_for_the_key(form: SmsGatewayWorld) -> None:
    await form.channel.send(sms(form, "{key} {to} {text}"))

    assert form.seen() == "{key} {to} {text}"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_lost_answer_is_not_sent_again_by_itself(
    form: SmsGatewayWorld, method: str
) -> None:
    outbound = Outbound(f"{form.provider.base}/api/sendsms", method, body=FORM_FIELDS)
    channel = form.with_templates({}, outbound=outbound)
    await channel.send(sms(form))  # the next one goes on the connection of this one
    form.loses_the_answer()

    with pytest.raises(Unknown):
        await channel.send(sms(form))
    await channel.close()

    assert form.provider.calls == 2


async def test_a_slow_answer_leaves_doubt(form: SmsGatewayWorld) -> None:
    outbound = Outbound(f"{form.provider.base}/api/sendsms", body=FORM_FIELDS)
    http = GatewayHttp("formal", replace(outbound), ClientTimeout(total=0.2))
    form.provider.faults.slow_seconds = 1.0
    form.provider.faults.next.append(Fault.SLOW)

    with pytest.raises(Unknown):
        await http.send(VALUES | {"key": form.settings.key})
    await http.close()


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.BAD_GATEWAY])
async def test_a_gateway_in_trouble_is_asked_again(form: SmsGatewayWorld, fault: Fault) -> None:
    form.provider.faults.next.append(fault)

    with pytest.raises(Temporary):
        await form.channel.send(sms(form))

    await form.channel.send(sms(form))
    assert form.seen() == "Hello"


@pytest.mark.parametrize("dialect", Dialect)
async def test_a_wrong_key_is_for_staff_and_is_not_repeated(dialect: Dialect) -> None:
    async with sms_gateway_world(dialect) as world:
        channel = world.with_templates({}, key="hush-hush")

        with pytest.raises(Misconfigured) as trouble:
            await channel.send(sms(world))
        await channel.close()

    assert "Authentication failed" in str(trouble.value)
    assert "hush" not in str(trouble.value)


@pytest.mark.parametrize("dialect", Dialect)
async def test_a_refusal_is_told_without_number_or_text(dialect: Dialect) -> None:
    async with sms_gateway_world(dialect) as world:
        world.blocks_us()

        with pytest.raises(Permanent) as trouble:
            await world.channel.send(sms(world))

    assert "Invalid mobile number" in str(trouble.value)
    assert PERSON[3:] not in str(trouble.value)


@pytest.mark.parametrize("template", ["", "bill-none", "bill-due"])
async def test_nothing_unregistered_leaves_on_a_registered_route(
    form: SmsGatewayWorld, template: str
) -> None:
    channel = form.with_templates({("bill-due", ENGLISH): "1"}, dlt=True)

    with pytest.raises(Permanent, match="no registered template"):
        await channel.send(sms(form, template=template))

    assert form.provider.calls == 0


async def test_where_nothing_is_registered_everything_may_leave(form: SmsGatewayWorld) -> None:
    await form.channel.send(sms(form, template="bill-none"))

    assert form.provider.taken[0].template_id == ""


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("by_get", [False, True])
async def test_reports_say_what_became_of_a_message(dialect: Dialect, *, by_get: bool) -> None:
    async with sms_gateway_world(dialect) as world:
        world.provider.by_get = by_get
        channel = world.channel
        if by_get:  # a query has no depths
            channel = world.with_templates({}, status=Status("msgid", "stat", WORDS))

        provider_id = await channel.send(sms(world))
        world.provider.unreached.add(PERSON)
        other_id = await channel.send(sms(world))
        await world.provider.settled()
        told = [it for report in world.webhooks.receipts() for it in channel.receive(report, NOW)]
        await channel.close()

    assert [it for it in told if isinstance(it, Receipt)] == told
    states = {it.provider_id: (it.state, it.reason) for it in told if isinstance(it, Receipt)}
    assert states == {
        provider_id: (DeliveryState.DELIVERED, ""),
        other_id: (DeliveryState.FAILED, "UNDELIV"),
    }


def report(**fields: str) -> WebhookRequest:
    request = inbound(**fields)
    return replace(request, raw_path=request.raw_path.replace("formal", "formal/status"))


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("delivrd", DeliveryState.DELIVERED),
        ("Delivered", DeliveryState.DELIVERED),
        ("failed", DeliveryState.FAILED),
        ("SUBMITTED", DeliveryState.SENT),
    ],
)
def test_words_for_states_are_understood(word: str, state: DeliveryState) -> None:
    (found,) = gateway().receive(report(msgid="F1", stat=word), NOW)

    assert isinstance(found, Receipt)
    assert (found.state, found.provider_id) == (state, "formal:F1")


def test_a_newly_invented_state_changes_nothing() -> None:
    assert gateway().receive(report(msgid="F1", stat="PONDERING"), NOW) == ()


@pytest.mark.parametrize("fields", [{}, {"msgid": "F1"}, {"stat": "DELIVRD"}, {"msgid": "F%201"}])
def test_a_report_without_id_or_state_is_malformed(fields: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        gateway().receive(report(**fields), NOW)


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("9829012345", "+919829012345"),
        ("09829012345", "+919829012345"),
        ("919829012345", "+919829012345"),
        ("+91 98290-12345", "+919829012345"),
        (" 919829012345", "+919829012345"),
        ("00919829012345", "+919829012345"),
        ("+971501234567", "+971501234567"),
        ("57575", None),
        ("VM-AVVNLX", None),
        ("1409012345", None),
        ("+911412345678", None),
        ("01412345678", None),
        ("९८२९०१२३४५", None),
        ("", None),
    ],
)
def test_senders_are_numbers_that_can_be_answered(number: str, known: str | None) -> None:
    assert mobile(number) == known


def test_what_takes_no_reply_is_taken_in_silence() -> None:
    assert gateway().receive(inbound(mobile="57575", msg="hi", msgid="1"), NOW) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"msg": "BILL"},
        {"mobile": "9829012345"},
        {"mobile": "", "msg": "BILL"},
        {"mobile": "9829012345", "msg": "BILL", "msgid": "no%20id"},
    ],
)
def test_a_call_without_the_fields_of_a_message_is_malformed(fields: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        gateway().receive(inbound(**fields), NOW)


def test_a_message_comes_by_get_too() -> None:
    message = heard(inbound(mobile="%2B919829012345", msg="BILL+%E0%A4%B9", msgid="S9"))

    assert (message.id, message.text, message.sender.id) == ("formal:S9", "BILL ह", PERSON)


def test_a_message_without_an_id_gets_one_of_sender_time_and_text() -> None:
    def name(now: datetime = NOW, **fields: str) -> str:
        return heard(inbound(**{"mobile": "9829012345", "msg": "BILL", **fields}), now).id

    later = NOW + timedelta(hours=1)

    assert name(rcvd="10:01") == name(later, rcvd="10:01", mobile="919829012345")
    assert len({name(rcvd="10:01"), name(rcvd="10:02"), name(rcvd="10:01", msg="PAY")}) == 3
    assert name() == name(NOW + timedelta(seconds=20))
    assert name() != name(later)
    assert "9829012345" not in name()


def test_a_card_number_does_not_come_past_the_gateway() -> None:
    message = heard(inbound(mobile="9829012345", msg="otp%20is%20482913", msgid="1"))

    assert (message.text, message.blanked, message.secret) == ("otp is ••••", True, "482913")


@pytest.mark.parametrize(
    "request_",
    [
        call("/webhooks/sms/formal?mobile=9829012345&msg=BILL"),
        call("/webhooks/sms/formal?token=&mobile=9829012345&msg=BILL"),
        call("/webhooks/sms/formal?token=guessed&mobile=9829012345&msg=BILL"),
        call("/webhooks/sms/formal", b"token=demo-gateway-secret&mobile=9829012345&msg=BILL"),
        call("/webhooks/sms/formal?mobile=9829012345&msg=BILL", token=DEMO_SECRET),
        call("/webhooks/sms/formal?" + "a=1&" * 500 + f"token={DEMO_SECRET}"),
    ],
)
def test_the_secret_counts_only_in_its_own_place(request_: WebhookRequest) -> None:
    with pytest.raises(Forged):
        gateway().receive(request_, NOW)


@pytest.mark.parametrize("place", ["query:token", "header:X-Token", ""])
def test_an_empty_secret_opens_nothing(place: str) -> None:
    lock = Lock(place, "")

    assert not lock.opens(call("/webhooks/sms/formal?token=", X_Token=""))
    assert not lock.opens(call("/webhooks/sms/formal"))


def test_json_is_understood_whatever_it_is_called() -> None:
    settings = json_gateway("http://127.0.0.1:9")
    body = b'{"from": 919829012345, "text": "BILL", "id": 17, "time": null}'
    request = call("/webhooks/sms/modern", body, **{SECRET_HEADER: DEMO_SECRET})

    (found,) = SmsGateway(settings, {}).receive(request, NOW)

    assert isinstance(found, InboundMessage)
    assert (found.id, found.sender.id) == ("modern:17", PERSON)


@pytest.fixture
def missed_calls() -> MissedCalls:
    """Two numbers of ours at a telephone gateway."""
    numbers = {"+911412345678": "bill", "+911412345679": "outage"}
    lock = Lock(f"query:{SECRET_NAME}", DEMO_SECRET)
    return MissedCalls(MissedCallSettings("exotel", lock, "From", "To", "CallSid", numbers))


def ring(**fields: str) -> WebhookRequest:
    request = inbound(**{"From": "09829012345", "To": "01412345678", "CallSid": "c1", **fields})
    return replace(request, raw_path=request.raw_path.replace("sms/formal", "missed-call/exotel"))


@pytest.mark.parametrize(
    ("number", "purpose"),
    [
        ("01412345678", "bill"),
        ("%2B911412345678", "bill"),
        ("1412345678", "bill"),
        ("0141-2345679", "outage"),
    ],
)
def test_a_missed_call_asks_what_its_number_is_for(
    missed_calls: MissedCalls, number: str, purpose: str
) -> None:
    (found,) = missed_calls.receive(ring(To=number), NOW)

    assert isinstance(found, InboundMessage)
    assert (found.kind, found.text, found.received_at) == (Kind.MISSED_CALL, "", NOW)
    assert found.choice == f"missed_call:purpose={purpose}"
    assert (found.sender.channel, found.sender.id) == (ChannelName.SMS, PERSON)
    assert found.id == "missed:exotel:c1"


@pytest.mark.parametrize(
    "fields", [{"To": "01419999999"}, {"From": "01412222222"}, {"From": "anonymous"}]
)
def test_calls_nobody_can_answer_are_taken_in_silence(
    missed_calls: MissedCalls, fields: dict[str, str]
) -> None:
    assert missed_calls.receive(ring(**fields), NOW) == ()


@pytest.mark.parametrize("fields", [{"To": ""}, {"From": ""}, {"CallSid": "c%201"}])
def test_a_call_without_its_numbers_is_malformed(
    missed_calls: MissedCalls, fields: dict[str, str]
) -> None:
    with pytest.raises(Malformed):
        missed_calls.receive(ring(**fields), NOW)


def test_a_call_that_somebody_else_tells_is_forged(missed_calls: MissedCalls) -> None:
    request = ring()
    guessed = replace(request, raw_path=request.raw_path.replace(DEMO_SECRET, "guessed"))

    with pytest.raises(Forged):
        missed_calls.receive(guessed, NOW)


def test_a_call_without_an_id_still_has_one(missed_calls: MissedCalls) -> None:
    (one,) = missed_calls.receive(ring(CallSid=""), NOW)
    (other,) = missed_calls.receive(ring(CallSid=""), NOW + timedelta(minutes=11))

    assert isinstance(one, InboundMessage)
    assert isinstance(other, InboundMessage)
    assert one.id.startswith("missed:exotel:")
    assert one.id != other.id
