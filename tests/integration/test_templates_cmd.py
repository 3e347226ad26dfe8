"""`bijli templates`: what staff register, what is missing, and WhatsApp's part of it."""

import asyncio
import csv
import io
from pathlib import Path

import pytest
import yaml

from app import templates
from app.settings import Settings
from app.templates_cmd import check, export, push
from app.usage import Unusable
from models.errors import Misconfigured
from models.message import HINDI, TAGS
from simulators.running import Listening
from simulators.twilio import Twilio
from simulators.twilio_account import DEMO_ACCOUNT, DEMO_TOKEN, DEMO_WHATSAPP
from tests.e2e.served import bijli

OUTBOUND = {"url": "https://sms.example.in/send", "body": {"to": "{to}", "text": "{text}"}}


def settings(**channels: object) -> Settings:
    return Settings.model_validate({"channels": channels})


def by_gateway(**more: object) -> Settings:
    """SMS leaves by an Indian gateway that cannot be replied to."""
    gateway = {"outbound": OUTBOUND, "inbound_number": "+919220512345", **more}
    return settings(sms_gateways={"fast": gateway}, sms_by="fast")


def test_what_is_exported_is_a_table_of_every_template(capsys: pytest.CaptureFixture[str]) -> None:
    assert export(settings(), "csv", typed=False) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["language"] for row in rows} == set(TAGS)
    assert {row["category"] for row in rows} == {"service-implicit"}
    [due] = [row for row in rows if (row["name"], row["language"]) == ("bill-due", "en")]
    assert due["text"] == (
        "K {#var#} {#var#}: bill {#var#}, due {#var#}; after that {#var#}. "
        "To pay SMS PAY {#var#} -AVVNL"
    )
    assert due["segments"] == "1"
    assert "due (alphanumeric): 30 Oct 2026" in due["variables"]


def test_yaml_can_say_what_each_variable_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert export(by_gateway(), "yaml", typed=True) == 0

    rows = yaml.safe_load(capsys.readouterr().out)
    [wrong] = [row for row in rows if (row["name"], row["language"]) == ("k-number-unknown", HINDI)]
    assert "K {#numeric#} का" in wrong["text"]
    assert "92205 12345 पर" in wrong["text"]
    assert wrong["variables"] == [{"fact": "k", "holds": "numeric", "sample": "901010000123"}]


def test_another_format_is_unusable() -> None:
    with pytest.raises(Unusable, match="csv or yaml"):
        export(settings(), "pdf", typed=False)


@pytest.mark.parametrize("configured", [settings(), by_gateway(dlt=False)])
def test_everything_can_leave_where_nothing_must_be_registered(
    configured: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(configured)

    assert (code, "each can leave" in capsys.readouterr().out) == (0, True)


def test_a_sentence_without_an_id_is_named_where_ids_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check(by_gateway()) == 1

    said = capsys.readouterr().out.splitlines()
    assert (
        "bill-due (hi) can leave without a template: data/templates.yml has no id for it." in said
    )


def test_ids_are_read_by_sentence_and_language(tmp_path: Path) -> None:
    file = tmp_path / "templates.yml"
    whole = yaml.safe_load(templates.FILE.read_text("utf-8"))
    file.write_text(yaml.safe_dump({**whole, "sms": {"bill-due": {"hi": "1107160000000012346"}}}))

    assert dict(templates.dlt_ids(file)) == {("bill-due", HINDI): "1107160000000012346"}


@pytest.mark.parametrize(
    ("sms", "told"),
    [
        ({"bill-due": {"mr": "1107"}}, "sms.bill-due.mr"),
        ({"bill-due": {"hi": "eleven oh seven"}}, "sms.bill-due.hi"),
    ],
)
def test_a_wrong_id_is_named(tmp_path: Path, sms: object, told: str) -> None:
    file = tmp_path / "templates.yml"
    whole = yaml.safe_load(templates.FILE.read_text("utf-8"))
    file.write_text(yaml.safe_dump({**whole, "sms": sms}))

    with pytest.raises(Misconfigured, match=told):
        templates.dlt_ids(file)


async def test_pushing_makes_and_submits_once(capsys: pytest.CaptureFixture[str]) -> None:
    provider = Twilio(whatsapp_url="http://127.0.0.1:9/w", sms_url="http://127.0.0.1:9/s")
    door = await Listening.start(provider)
    keys = {
        "account_sid": DEMO_ACCOUNT,
        "auth_token": DEMO_TOKEN,
        "whatsapp_from": DEMO_WHATSAPP.removeprefix("whatsapp:"),
        "api_base": provider.base,
    }
    try:
        first = await asyncio.to_thread(push, settings(twilio=keys))
        made = len(provider.contents)
        second = await asyncio.to_thread(push, settings(twilio=keys))
    finally:
        await door.close()

    assert (first, second) == (0, 0)
    assert len(provider.contents) == made
    submitted = [it for it in provider.contents.values() if it.approval is not None]
    assert len(submitted) == 3 * len(templates.read().whatsapp)
    assert all(it.approved for it in submitted)
    assert "payment-received (hi): approved" in capsys.readouterr().out


def test_pushing_without_whatsapp_says_what_to_set() -> None:
    with pytest.raises(Misconfigured, match="WhatsApp is off"):
        push(settings())


def test_the_command_tells_it_in_one_sentence() -> None:
    done = bijli("templates", "push", env={})

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("WhatsApp is off")
