"""Settings come from config.yml and the environment, and what is wrong is named."""

import base64
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest

from app.configuration import is_secret, keys
from app.settings import Settings, SettingsError, fixed_now, load_settings
from models.bill import IST

KEY = base64.b64encode(b"k" * 32).decode()
OTHER_KEY = base64.b64encode(b"o" * 32).decode()
POSTGRES = {"BIJLI_DATABASE__URL": "postgresql://u:hush@db/bijli"}

Load = Callable[..., Settings]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Settings from a text of config.yml and variables, their `BIJLI_` left out."""

    def load(text: str = "", **variables: str) -> Settings:
        file = tmp_path / "config.yml"
        file.write_text(text, encoding="utf-8")
        environ = {f"BIJLI_{name}": value for name, value in variables.items()}
        return load_settings({"BIJLI_CONFIG": str(file), "PATH": "/bin", **environ})

    return load


def wrong(load: Load, text: str = "", **variables: str) -> str:
    """The sentence that names what is wrong."""
    with pytest.raises(SettingsError) as caught:
        load(text, **variables)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def gateway(text: str) -> str:
    """A config.yml with one SMS gateway."""
    return f"channels: {{sms_gateways: {{g: {text}}}}}"


def test_without_anything_the_defaults_hold(load: Load, tmp_path: Path) -> None:
    settings = load()

    assert settings.server.public_url == "http://127.0.0.1:8080"
    assert settings.database.url == f"sqlite:///{tmp_path}/var/bijli.db"
    assert settings.default_language == "hi"
    assert (settings.pace.whatsapp, settings.pace.telegram) == (80, 25)
    assert not settings.channels.twilio.is_on
    assert not settings.channels.telegram.is_on
    assert not settings.payments.razorpay.is_on


def test_the_environment_wins_over_the_file(load: Load) -> None:
    settings = load("server: {port: 9000, host: 0.0.0.0}", SERVER__PORT="9001")

    assert (settings.server.port, settings.server.host) == (9001, "0.0.0.0")  # noqa: S104 -- read, not bound


def test_an_empty_value_means_the_default(load: Load) -> None:
    settings = load("server: {port: }\npayments:\n", SERVER__HOST="", CHANNELS__TWILIO__API_BASE="")

    assert (settings.server.port, settings.server.host) == (8080, "127.0.0.1")
    assert settings.payments.partial


def test_rasas_own_keys_may_stand_in_the_file(load: Load) -> None:
    load("recipe: default.v1\nassistant_id: x\nlanguage: hi\npipeline:\n- name: Tokenizer\n")


@pytest.mark.parametrize(
    ("text", "variables", "names"),
    [
        ("server: {prot: 1}", {}, ["server.prot", "config.yml", "server.port"]),
        ("sever: {port: 1}", {}, ["sever", "server"]),
        ("channels: {telegram: {tokn: x}}", {}, ["channels.telegram.tokn"]),
        ("channels: {sms_gateways: {g: {inbund: 1}}}", {}, ["channels.sms_gateways.g.inbund"]),
        ("", {"SERVER__PROT": "1"}, ["BIJLI_SERVER__PROT", "BIJLI_SERVER__PORT"]),
        ("", {"SERVER": "1"}, ["BIJLI_SERVER", "a map"]),
        ("", {"SERVER__PORT__X": "1"}, ["BIJLI_SERVER__PORT__X"]),
        ("", {"server__port": "1"}, ["BIJLI_server__port"]),
        ("server: {port: x}", {}, ["server.port", "config.yml"]),
        ("server: {port: 70000}", {}, ["server.port"]),
        ("", {"SERVER__PORT": "x"}, ["server.port", "BIJLI_SERVER__PORT"]),
        ("pace: {sms: -1}", {}, ["pace.sms"]),
        ("demo: perhaps", {}, ["demo"]),
        ("default_language: fr", {}, ["default_language"]),
        ("notices: {quiet_hours: 9 to 5}", {}, ["notices.quiet_hours"]),
        ("channels: {sms_by: nobody}", {}, ["channels.sms_by", "nobody"]),
        ("channels: {sms_gateways: {twilio: {}}}", {}, ["sms_gateways.twilio", "taken"]),
        ("channels: {sms_gateways: {a b: {}}}", {}, ["channels.sms_gateways", "a b"]),
        (gateway("{outbound: {url: 'http://a.in'}}"), {}, ["outbound.url", "https"]),
        (gateway("{outbound: {url: 'https://x.in', body: {m: '{txt}'}}}"), {}, ["{txt}"]),
        (gateway("{outbound: {url: 'https://x.in/s?to={tel}'}}"), {}, ["outbound.url", "{tel}"]),
        (gateway("{status: {id: i, state: s, map: {1: gone}}}"), {}, ["status.map.1", "delivered"]),
        ("nlu: {engine: rasa}", {}, ["nlu.rasa_url"]),
        ("database: {url: 'mysql://h/d'}", {}, ["database.url", "postgresql"]),
        ("database: {url: 'sqlite://'}", {}, ["database.url"]),
        ("channels: {twilio: {sms_from: 12345}}", {}, ["channels.twilio.sms_from"]),
        ("server: [", {}, ["config.yml", "line"]),
        ("- a list", {}, ["config.yml"]),
        ("clearances: {a: 1}", {}, ["clearances.a"]),
        (
            "",
            {"CHANNELS__SMS_GATEWAYS__G__STATUS": "{"},
            ["BIJLI_CHANNELS__SMS_GATEWAYS__G__STATUS"],
        ),
        ("", {"CHANNELS__MISSED_CALL__G__FROM": "f"}, ["channels.missed_call.g.to", "missing"]),
        ("", {"SECURITY__MASTER_KEY": "short"}, ["security.master_key", "32 bytes"]),
        ("", {"CHANNELS__TELEGRAM__TOKEN_FILE": "nowhere"}, ["nowhere"]),
        ("server: {public_url: bijli.example.org}", {}, ["server.public_url"]),
    ],
)
def test_what_is_wrong_is_named(
    load: Load, text: str, variables: dict[str, str], names: list[str]
) -> None:
    sentence = wrong(load, text, **variables)

    assert [name for name in names if name not in sentence] == []


def test_some_names_of_the_environment_are_not_settings(load: Load) -> None:
    load("", NOW="2026-11-23T10:00:00+05:30", SOMEBODY_ELSES_FILE="/x")


@pytest.mark.parametrize(
    "text",
    [
        "channels: {telegram: {token: abc}}",
        "channels: {twilio: {auth_token: [abc]}}",
        "security: {master_key: abc}",
        "payments: {razorpay: {webhook_secret: abc}}",
        "clearances: {portal: {secret: abc}}",
        "channels: {sms_gateways: {g: {key: abc}}}",
    ],
)
def test_a_secret_in_the_file_is_refused_without_repeating_it(load: Load, text: str) -> None:
    sentence = wrong(load, text)

    assert "_FILE" in sentence
    assert "BIJLI_" in sentence
    assert "abc" not in sentence


def test_secrets_are_texts_whatever_they_look_like(load: Load) -> None:
    settings = load(
        "",
        CHANNELS__TELEGRAM__TOKEN="0123",
        CHANNELS__TELEGRAM__WEBHOOK_SECRET='{"a": 1}',
        CHANNELS__TWILIO__AUTH_TOKEN="1e5, 007",
        CHANNELS__TWILIO__ACCOUNT_SID="AC1",
        CHANNELS__TWILIO__SMS_FROM="+14155550100",
    )

    assert settings.channels.telegram.token == "0123"
    assert settings.channels.telegram.webhook_secret == '{"a": 1}'
    assert settings.channels.twilio.auth_token == ("1e5", "007")
    assert settings.channels.twilio.is_on
    assert settings.channels.telegram.is_on


def test_secrets_come_from_files_beside_the_configuration(load: Load, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("new,old\n", encoding="utf-8")

    settings = load("", PAYMENTS__RAZORPAY__WEBHOOK_SECRET_FILE="token")

    assert settings.payments.razorpay.webhook_secret == ("new", "old")


def test_no_secret_shows_when_settings_are_printed(load: Load) -> None:
    settings = load(
        "",
        CHANNELS__TELEGRAM__TOKEN="hush-1",
        CHANNELS__TWILIO__AUTH_TOKEN="hush-2",
        CHANNELS__EMAIL__PASSWORD="hush-3",
        SECURITY__MASTER_KEY=KEY,
        DATABASE__URL="postgresql://u:hush-4@h/d",
    )

    assert "hush" not in repr(settings)
    assert KEY not in repr(settings)
    printed = [path for path, annotation in keys(Settings) if is_secret(annotation)]
    assert ("security", "master_key") in printed


def test_a_named_section_is_reached_through_the_environment(load: Load) -> None:
    settings = load(
        "channels: {sms_gateways: {gupshup: {two_way: true}}, sms_by: gupshup}",
        CHANNELS__SMS_GATEWAYS__GUPSHUP__SECRET="hush",
        CHANNELS__SMS_GATEWAYS__GUPSHUP__INBOUND='{"from": "m", "text": "t", "id": "i"}',
        CHANNELS__SMS_GATEWAYS__GUPSHUP__INBOUND__TO="to",
        CHANNELS__SMS_GATEWAYS__GUPSHUP__SECRET_IN="header:X-Secret",
        CHANNELS__MISSED_CALL__EXOTEL='{"from": "a", "to": "b", "id": "c", "secret_in": "query:k"}',
        CHANNELS__MISSED_CALL__EXOTEL__NUMBERS='{"+911412345678": "bill"}',
        CLEARANCES__PORTAL__SECRET="hush",
    )

    gateway = settings.channels.sms_gateways["gupshup"]
    assert gateway.two_way
    assert gateway.secret == "hush"
    assert gateway.inbound is not None
    assert (gateway.inbound.from_, gateway.inbound.to) == ("m", "to")
    assert settings.channels.missed_call["exotel"].numbers == {"+911412345678": "bill"}
    assert settings.clearances["portal"].secret == "hush"


def test_a_gateway_may_count_its_states_and_nest_its_fields(load: Load) -> None:
    settings = load(
        gateway(
            "{entity_id: 1101, status: {id: i, state: s, map: {1: delivered}}, "
            "outbound: {url: 'https://x.in/s/', "
            "body: {route: 4, sms: [{to: '{to}', text: '{text}'}]}}}"
        )
    )

    found = settings.channels.sms_gateways["g"]
    assert found.entity_id == "1101"
    assert found.status is not None
    assert found.status.map == {"1": "delivered"}
    assert found.outbound is not None
    assert found.outbound.url == "https://x.in/s/"
    assert found.outbound.body["sms"] == [{"to": "{to}", "text": "{text}"}]


def test_a_number_with_a_plus_stays_a_text(load: Load) -> None:
    settings = load("channels: {twilio: {sms_from: +14155550100}}")

    assert settings.channels.twilio.sms_from == "+14155550100"


@pytest.mark.parametrize(
    ("base", "fine"),
    [
        ("http://127.0.0.1:4010", True),
        ("http://[::1]:4010/", True),
        ("http://localhost:4010", True),
        ("https://api.example.org", True),
        ("http://api.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("https://api.example.org/v1", False),
        ("https://u:p@api.example.org", False),
        ("api.example.org", False),
        ("ftp://127.0.0.1", False),
    ],
)
@pytest.mark.parametrize("key", ["channels.twilio", "channels.telegram", "payments.razorpay"])
def test_an_api_base_is_a_bare_origin_that_is_safe(
    load: Load, key: str, base: str, *, fine: bool
) -> None:
    top, section = key.split(".")
    text = f"{top}: {{{section}: {{api_base: '{base}'}}}}"

    if fine:
        load(text)
    else:
        assert f"{key}.api_base" in wrong(load, text)


@pytest.mark.parametrize(
    ("variables", "fine"),
    [
        ({}, True),
        ({"CHANNELS__TELEGRAM__TOKEN": "t"}, False),
        (
            {
                "CHANNELS__TELEGRAM__TOKEN": "t",
                "CHANNELS__TELEGRAM__API_BASE": "http://127.0.0.1:4010",
            },
            True,
        ),
        ({"CHANNELS__TELEGRAM__API_BASE": "https://telegram.example.org"}, True),
        ({"PAYMENTS__RAZORPAY__KEY_ID": "rzp_live_1"}, False),
        ({"CHANNELS__EMAIL__HOST": "mail.example.org"}, False),
        ({"CHANNELS__EMAIL__HOST": "127.0.0.1"}, True),
        ({"CHANNELS__SMS_GATEWAYS__G__OUTBOUND": '{"url": "https://sms.example.org"}'}, False),
        (
            {"CHANNELS__TWILIO__ACCOUNT_SID": "AC1", "CHANNELS__TWILIO__AUTH_TOKEN": "t"},
            False,
        ),
    ],
)
def test_a_demo_has_no_real_provider(load: Load, variables: dict[str, str], *, fine: bool) -> None:
    if fine:
        assert load("demo: true", **variables).demo
    else:
        assert "demo" in wrong(load, "", DEMO="true", **variables)
    assert not load("", **variables).demo


def test_the_master_key_is_made_once_for_sqlite(load: Load, tmp_path: Path) -> None:
    first = load().security.master_keys

    assert load().security.master_keys == first
    assert [len(key) for key in first] == [32]
    file = tmp_path / "var/master.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_two_programs_that_start_at_once_have_the_same_key(load: Load) -> None:
    load()  # writes config.yml
    ready = Barrier(4)
    keys_: list[tuple[bytes, ...]] = []

    def start() -> None:
        ready.wait()
        keys_.append(load().security.master_keys)

    threads = [Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(keys_) == 4
    assert len(set(keys_)) == 1


def test_a_master_key_that_is_given_is_not_made(load: Load, tmp_path: Path) -> None:
    settings = load("", SECURITY__MASTER_KEY=f"{KEY},{OTHER_KEY}")

    assert settings.security.master_keys == (b"k" * 32, b"o" * 32)
    assert not (tmp_path / "var").exists()


def test_postgresql_needs_the_master_key(load: Load) -> None:
    url = {name.removeprefix("BIJLI_"): value for name, value in POSTGRES.items()}

    assert "BIJLI_SECURITY__MASTER_KEY" in wrong(load, "", **url)
    assert "hush" not in wrong(load, "", **url)
    settings = load("", **url, SECURITY__MASTER_KEY=KEY)
    assert settings.database.url == POSTGRES["BIJLI_DATABASE__URL"]


@pytest.mark.parametrize("driver", ["sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"])
def test_paths_count_from_the_files_folder(load: Load, tmp_path: Path, driver: str) -> None:
    assert load(f"database: {{url: '{driver}:///a/b.db'}}").database.url == (
        f"sqlite:///{tmp_path}/a/b.db"
    )
    assert load(f"database: {{url: '{driver}:////a/b.db'}}").database.url == "sqlite:////a/b.db"
    assert load("nlu: {model_dir: models}").nlu.model_dir == tmp_path / "models"
    assert load().nlu.model_dir.parts[-2:] == ("var", "nlu")


def test_a_file_that_is_named_must_be_there() -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.yml cannot be read"):
        load_settings({"BIJLI_CONFIG": "nowhere.yml"})


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("", None),
        ("2026-11-23T10:00:00", datetime(2026, 11, 23, 10, tzinfo=IST)),
        ("2026-11-23T04:30:00Z", datetime(2026, 11, 23, 10, tzinfo=IST)),
    ],
)
def test_the_time_can_be_fixed(text: str, moment: datetime | None) -> None:
    assert fixed_now({"BIJLI_NOW": text}) == moment


def test_a_time_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match="BIJLI_NOW"):
        fixed_now({"BIJLI_NOW": "now"})
