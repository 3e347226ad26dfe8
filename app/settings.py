"""Every setting, typed; the only place that reads the environment and the configuration file."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator
from sqlalchemy.exc import ArgumentError

from app.configuration import (
    Configuration,
    Secret,
    SettingsError,
    add_environment,
    build,
    read_yaml,
)
from channels.sms_gateway_form import PLACEHOLDERS
from models.bill import IST
from storage.seals import KEY_BYTES
from storage.store import database_url

__all__ = ["Settings", "SettingsError", "fixed_now", "load_settings"]

ROOT = Path(__file__).parents[1]
KEY_FILE = "var/master.key"
LOOPBACK = "localhost"
TWILIO = "twilio"  # `sms_by`, where no gateway sends
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# Rasa's own keys, which `rasa train nlu --config config.yml` reads.
RASA_KEYS = ("recipe", "assistant_id", "language", "pipeline")


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == LOOPBACK or host.endswith(f".{LOOPBACK}")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("it is an origin, such as https://api.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("it is a bare origin, without path, query or password")
    return url.rstrip("/")


def _provider_origin(url: str) -> str:
    if not url:
        return ""
    origin = _origin(url)
    if origin.startswith("http:") and not is_loopback(origin):
        raise ValueError("plain http is for this machine only; use https")
    return origin


def _no_slash_at_end(url: str) -> str:
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ValueError("it is an address, such as https://bijli.example.org")
    return url.rstrip("/")


def _split(value: object) -> object:
    return (
        [it.strip() for it in value.split(",") if it.strip()] if isinstance(value, str) else value
    )


def _known_database(url: str) -> str:
    kind = url.partition(":")[0].partition("+")[0]
    if kind not in {"sqlite", "postgresql", "postgres"}:
        raise ValueError("it should be sqlite:///… or postgresql://…")
    if kind == "sqlite" and url.partition("://")[2] in {"", "/", "/:memory:"}:
        raise ValueError("SQLite needs a file, such as sqlite:///var/bijli.db")
    try:
        database_url(url)
    except ArgumentError:
        raise ValueError("it is no address of a database") from None
    return url


def _key_bytes(text: str) -> bytes:
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("it should be 32 bytes in base64, as `openssl rand -base64 32` makes them")
    return key


def _whole_keys(keys: tuple[Secret, ...]) -> tuple[Secret, ...]:
    for key in keys:
        _key_bytes(key)
    return keys


def _call_address(url: str) -> str:
    _provider_origin("{0.scheme}://{0.netloc}".format(urlsplit(url)))
    _known_placeholders(url)
    return url


def _known_placeholders(filled: object) -> object:
    """Refuse `{txt}`, wherever in a body it stands."""
    below = filled.values() if isinstance(filled, Mapping) else filled
    if isinstance(filled, str):
        unknown = [it for it in _PLACEHOLDER.findall(filled) if it not in PLACEHOLDERS]
        if unknown:
            known = ", ".join(f"{{{it}}}" for it in PLACEHOLDERS)
            raise ValueError(f"{{{unknown[0]}}} stands for nothing; there are {known}")
    elif isinstance(below, Iterable):
        for it in below:
            _known_placeholders(it)
    return filled


def _texts(words: object) -> object:
    """Keys as texts: a gateway's `1` is read as a number."""
    if not isinstance(words, Mapping):
        return words
    return {str(key): it for key, it in words.items()}


DatabaseUrl = Annotated[str, AfterValidator(_known_database)]
PublicUrl = Annotated[str, AfterValidator(_no_slash_at_end)]
ApiBase = Annotated[str, AfterValidator(_provider_origin)]
Secrets = Annotated[tuple[Secret, ...], BeforeValidator(_split)]
MasterKeys = Annotated[Secrets, AfterValidator(_whole_keys)]
Phone = Annotated[str, Field(pattern=r"^\+[1-9]\d{7,14}$")]
SecretIn = Annotated[str, Field(pattern=r"^(query|header):[^\s:]+$")]
Rate = Annotated[float, Field(ge=0)]
CallAddress = Annotated[str, AfterValidator(_call_address)]
Filled = AfterValidator(_known_placeholders)
GatewayName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]  # it stands in our addresses
OurState = Literal["accepted", "sent", "delivered", "read", "failed"]


class Section(BaseModel, frozen=True, extra="forbid", hide_input_in_errors=True):
    """A section of `config.yml`; unknown keys are refused."""


class Database(Section):
    """Where everything is kept."""

    url: DatabaseUrl = Field(
        "sqlite:///var/bijli.db",
        repr=False,  # it may hold a password
        description="`sqlite:///path` for one machine, `postgresql://…` for several; "
        "a driver suffix is accepted and ignored.",
    )


class Server(Section):
    """The program's own addresses."""

    public_url: PublicUrl = Field(
        "http://127.0.0.1:8080",
        description="Our address as the world sees it: in links, and for webhook signatures.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8080, ge=1, le=65535, description="The port to listen on.")
    admin_port: int | None = Field(
        None,
        ge=1,
        le=65535,
        description="A port of its own for console, API and `/metrics`; empty: they share `port`.",
    )


class Security(Section):
    """What seals and signs."""

    master_key: MasterKeys = Field(
        (),
        repr=False,
        description="32 bytes in base64: seals phone numbers and documents, signs links. A list "
        "has the newest first. With SQLite it is made once in `var/master.key`; with PostgreSQL "
        "it is required. `bijli doctor` says how to change it.",
    )

    @property
    def master_keys(self) -> tuple[bytes, ...]:
        """The master keys, the newest first."""
        return tuple(_key_bytes(key) for key in self.master_key)


class Discom(Section):
    """The company served."""

    name: str = Field(
        "avvnl",
        pattern=r"^[a-z0-9_-]+$",
        description="A folder in `data/discom/`: the company's offices, tariff and lists.",
    )


class Twilio(Section):
    """WhatsApp and SMS through Twilio; off without its keys."""

    account_sid: str = Field("", description="The account's SID, `AC…`.")
    auth_token: Secrets = Field(
        (),
        repr=False,
        description="The account's token; a list has the newest first, which makes the calls.",
    )
    whatsapp_from: Phone | Literal[""] = Field(
        "", description="Our WhatsApp number, `+91…`; empty: no WhatsApp."
    )
    sms_from: Phone | Literal[""] = Field("", description="Our SMS number, `+91…`; empty: no SMS.")
    api_base: ApiBase = Field(
        "", description="An origin that replaces every origin of Twilio; https, or this machine."
    )

    @property
    def is_on(self) -> bool:
        """Whether Twilio can be called at all."""
        return bool(self.account_sid and self.auth_token)


class Telegram(Section):
    """The Telegram bot; off without its token."""

    token: Secret = Field(Secret(""), repr=False, description="The bot's token from @BotFather.")
    webhook_secret: Secret = Field(
        Secret(""),
        repr=False,
        description="What Telegram sends with every webhook, as set with the webhook.",
    )
    api_base: ApiBase = Field(
        "", description="An origin that replaces Telegram's; https, or this machine."
    )

    @property
    def is_on(self) -> bool:
        """Whether the bot can be reached and can answer."""
        return bool(self.token and self.webhook_secret)


class Inbound(Section):
    """What a gateway calls the fields of an inbound SMS."""

    from_: str = Field(alias="from", description="The field with the sender's number.")
    to: str = Field("", description="The field with our number; it may be left out.")
    text: str = Field(description="The field with the text.")
    id: str = Field(description="The field with the gateway's id of the message.")
    time: str = Field("", description="The field with the time it was sent.")


class Status(Section):
    """What a gateway calls the fields of a delivery report."""

    id: str = Field(description="The field with the gateway's id of our message.")
    state: str = Field(description="The field with the state.")
    map: Annotated[Mapping[str, OurState], BeforeValidator(_texts)] = Field(
        default_factory=dict,
        description="The gateway's words for states, each with ours: `accepted`, `sent`, "
        "`delivered`, `read`, `failed`; a word that is not there changes nothing.",
    )


class Outbound(Section):
    """How a gateway takes an SMS."""

    url: CallAddress = Field(
        description="The address to call; https, or this machine. `{to}` and the like may stand "
        "in it too."
    )
    method: Literal["GET", "POST"] = Field("POST", description="`GET` or `POST`.")
    headers: Annotated[Mapping[str, str], Filled] = Field(
        default_factory=dict, description="Headers of the call; `{key}` stands for the secret key."
    )
    body: Annotated[Mapping[str, object], Filled] = Field(
        default_factory=dict,
        description="The fields, sent as a form, or as JSON if the content type says so; with "
        "`{to}` (+91…), `{to_digits}`, `{text}`, `{template_id}`, `{header}`, `{entity_id}`, "
        "`{key}`. With `GET` they are the query.",
    )
    id_path: str = Field(
        "",
        description="Where in the JSON answer our message's id stands, `data.0.id`; empty: the "
        "answer is the id.",
    )


class SmsGateway(Section):
    """An Indian SMS aggregator; its webhooks are off without a secret."""

    inbound: Inbound | None = Field(None, description="Field names of inbound messages.")
    status: Status | None = Field(None, description="Field names of delivery reports.")
    secret_in: SecretIn | None = Field(
        None, description="Where the gateway puts the secret: `query:NAME` or `header:NAME`."
    )
    inbound_number: Phone | None = Field(None, description="The number people text.")
    two_way: bool = Field(
        default=False,
        description="Whether people can reply to its messages; an Indian sender name cannot be.",
    )
    dlt: bool = Field(default=True, description="Whether texts must be registered templates.")
    header: str = Field(
        "", coerce_numbers_to_str=True, description="The registered sender name, `{header}`."
    )
    entity_id: str = Field(
        "", coerce_numbers_to_str=True, description="The registered entity, `{entity_id}`."
    )
    outbound: Outbound | None = Field(None, description="How it takes our messages.")
    secret: Secret = Field(Secret(""), repr=False, description="What its webhooks must carry.")
    key: Secret = Field(Secret(""), repr=False, description="Its API key, `{key}`.")

    @property
    def is_heard(self) -> bool:
        """Whether its webhooks can be told from anybody's."""
        return bool(self.secret and self.secret_in)


class MissedCall(Section):
    """A telephone gateway that reports missed calls; off without its secret."""

    from_: str = Field(alias="from", description="The field with the caller's number.")
    to: str = Field(description="The field with the number that was called.")
    id: str = Field(description="The field with the gateway's id of the call.")
    secret_in: SecretIn = Field(
        description="Where the gateway puts the secret: `query:NAME` or `header:NAME`."
    )
    secret: Secret = Field(Secret(""), repr=False, description="What its webhooks must carry.")
    numbers: Mapping[Phone, Literal["bill", "outage"]] = Field(
        default_factory=dict, description="Our numbers, each with what a missed call there asks."
    )


class Email(Section):
    """The mail server; off without its host and our address."""

    host: str = Field("", description="The SMTP server; empty: no e-mail.")
    port: int = Field(587, ge=1, le=65535, description="Its port.")
    from_: str = Field(
        "",
        alias="from",
        pattern=r"^$|^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$",
        description="Our address, `name@example.org`.",
    )
    username: str = Field("", description="The name to sign in with; empty: none.")
    password: Secret = Field(Secret(""), repr=False, description="The password to sign in with.")
    security: Literal["none", "starttls", "tls"] = Field(
        "starttls",
        description="`tls` from the first word (port 465), `starttls` (587), or `none`; without "
        "the one that is asked for, nothing is sent.",
    )

    @property
    def is_on(self) -> bool:
        """Whether mail can be sent."""
        return bool(self.host and self.from_)


class Channels(Section):
    """The ways people reach us; a channel without its keys is off."""

    twilio: Twilio = Field(Twilio(), description="WhatsApp and SMS through Twilio.")
    telegram: Telegram = Field(Telegram(), description="The Telegram bot.")
    sms_gateways: Mapping[GatewayName, SmsGateway] = Field(
        default_factory=dict, description="Indian SMS aggregators by a name of our choice."
    )
    sms_by: str = Field(
        "twilio", description="Who sends SMS: `twilio`, or the name of one of `sms_gateways`."
    )
    missed_call: Mapping[GatewayName, MissedCall] = Field(
        default_factory=dict, description="Missed-call gateways by a name of our choice."
    )
    email: Email = Field(Email(), description="The mail server.")

    @model_validator(mode="after")
    def _knows_who_sends_sms(self) -> Channels:
        if TWILIO in self.sms_gateways:
            raise ValueError("channels.sms_gateways.twilio: that name is taken, choose another")
        if self.sms_by != TWILIO and self.sms_by not in self.sms_gateways:
            raise ValueError(
                f"channels.sms_by names {self.sms_by}, which is not one of channels.sms_gateways"
            )
        return self


class Clearance(Section):
    """A state portal that reports clearances. (Takes effect in a later version.)"""

    secret: Secret = Field(
        Secret(""), repr=False, description="The key its webhooks are signed with."
    )


class Pace(Section):
    """Messages a second that one sender may send; 0 is no limit."""

    whatsapp: Rate = Field(80, description="For the WhatsApp number.")
    telegram: Rate = Field(25, description="For the Telegram bot.")
    sms: Rate = Field(10, description="For the SMS number.")
    email: Rate = Field(10, description="For the mail server.")


class Razorpay(Section):
    """Payment links; off without keys."""

    key_id: str = Field("", description="The API key's id, `rzp_…`.")
    key_secret: Secret = Field(Secret(""), repr=False, description="The API key's secret.")
    webhook_secret: Secrets = Field(
        (), repr=False, description="What webhooks are signed with; a list has the newest first."
    )
    api_base: ApiBase = Field(
        "", description="An origin that replaces Razorpay's; https, or this machine."
    )

    @property
    def is_on(self) -> bool:
        """Whether links can be made and webhooks believed."""
        return bool(self.key_id and self.key_secret and self.webhook_secret)


class Payments(Section):
    """Money in."""

    razorpay: Razorpay = Field(Razorpay(), description="The payment gateway.")
    partial: bool = Field(
        default=True, description="Whether a part of a bill may be paid; the least is 100 rupees."
    )


class Notices(Section):
    """What we say first. (Takes effect in a later version.)"""

    reach: Literal["registered", "subscribers"] = Field(
        "registered",
        description="Who hears of outages: `registered` is every registered mobile and e-mail too, "
        "`subscribers` only those who asked.",
    )
    quiet_hours: str = Field(
        "",
        pattern=r"^$|^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$",
        description="When notices rest, `21:00-07:00` (IST); empty: never.",
    )
    daily_cap: int = Field(20, ge=0, description="Notices a person gets in a day at most.")


class Outages(Section):
    """When reports become an incident. (Takes effect in a later version.)"""

    reports: int = Field(5, ge=1, description="So many reports on one feeder …")
    minutes: int = Field(15, ge=1, description="… in so many minutes open an incident.")


class Talking(Section):
    """How long a talk is remembered."""

    idle_hours: float = Field(
        24, gt=0, description="Hours without a message after which a talk begins anew."
    )


class Handover(Section):
    """Talks that staff take over. (Takes effect in a later version.)"""

    return_minutes: float = Field(
        120, gt=0, description="Minutes without a word from staff until the bot answers again."
    )


class Retention(Section):
    """How long things are kept."""

    messages_days: int = Field(180, ge=1, description="Days that messages are kept.")


class Costs(Section):
    """What a mistake in understanding costs the person, in any unit."""

    wrong: float = Field(5, gt=0, description="Being answered what was not asked.")
    ask: float = Field(2, gt=0, description="Having to choose among the likeliest wishes.")
    refuse: float = Field(
        5, gt=0, description="Being told that we do not understand what we could have done."
    )

    @model_validator(mode="after")
    def _is_worth_asking(self) -> Costs:
        if self.ask >= min(self.wrong, self.refuse):
            raise ValueError("nlu.costs.ask must be below nlu.costs.wrong and nlu.costs.refuse")
        return self


class Nlu(Section):
    """Understanding."""

    engine: Literal["embedded", "rasa"] = Field(
        "embedded",
        description="`embedded`, or `rasa`: a Rasa server at `rasa_url` names the intent, and the "
        "embedded engine everything else, and the intent too while Rasa does not answer.",
    )
    rasa_url: ApiBase | None = Field(
        None, description="The Rasa server: https, or http on this machine (`make rasa`)."
    )
    model_dir: Path = Field(
        Path("var/nlu"),
        description="The folder of the trained model; by default `var/nlu` beside the program.",
    )
    costs: Costs = Field(
        Costs(),
        description="What mistakes cost: an intent is answered, offered or refused, whichever is "
        "likely to cost least.",
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Nlu:
        if self.engine == "rasa" and self.rasa_url is None:
            raise ValueError("nlu.engine is rasa, so nlu.rasa_url must name the server")
        return self


class Settings(Section):
    """Everything that can be set, as it stands in `config.yml` and the environment."""

    database: Database = Field(Database(), description="Where everything is kept.")
    server: Server = Field(Server(), description="The program's own addresses.")
    security: Security = Field(Security(), description="What seals and signs.")
    discom: Discom = Field(Discom(), description="The company served.")
    default_language: Literal["hi", "en", "hi-Latn"] = Field(
        "hi", description="The language for people who never wrote: `hi`, `en` or `hi-Latn`."
    )
    channels: Channels = Field(Channels(), description="The ways people reach us.")
    clearances: Mapping[str, Clearance] = Field(
        default_factory=dict, description="State portals that report clearances, by name."
    )
    pace: Pace = Field(Pace(), description="How fast we may send.")
    payments: Payments = Field(Payments(), description="Money in.")
    notices: Notices = Field(Notices(), description="What we say first.")
    outages: Outages = Field(Outages(), description="When reports become an incident.")
    conversation: Talking = Field(Talking(), description="How long a talk is remembered.")
    handover: Handover = Field(Handover(), description="Talks that staff take over.")
    retention: Retention = Field(Retention(), description="How long things are kept.")
    nlu: Nlu = Field(Nlu(), description="Understanding.")
    demo: bool = Field(
        default=False,
        description="Runs simulators of the providers and `/try`, a phone in the browser; refused "
        "together with a real provider.",
    )

    @model_validator(mode="after")
    def _keeps_play_and_earnest_apart(self) -> Settings:
        if self.demo and (real := next(iter(self.real_providers()), None)):
            raise ValueError(
                f"demo is on and {real} is a real provider; turn demo off, or take its keys away"
            )
        return self

    def real_providers(self) -> list[str]:
        """The providers that have keys and are not on this machine, by their section's name."""
        channels = self.channels
        asked = {
            "channels.twilio": (channels.twilio.is_on, channels.twilio.api_base),
            "channels.telegram": (bool(channels.telegram.token), channels.telegram.api_base),
            "payments.razorpay": (
                bool(self.payments.razorpay.key_id), self.payments.razorpay.api_base
            ),
            "channels.email": (bool(channels.email.host), f"smtp://{channels.email.host}"),
        }  # fmt: skip
        for name, gateway in channels.sms_gateways.items():
            url = gateway.outbound.url if gateway.outbound is not None else ""
            asked[f"channels.sms_gateways.{name}"] = (bool(url), url)
        return [name for name, (on, url) in asked.items() if on and not is_loopback(url)]


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process, from `config.yml` and the environment.

    `BIJLI_CONFIG` names another file; relative paths count from its folder. With SQLite a missing
    master key is made. Raises `SettingsError`, one sentence that names what is wrong.
    """
    environ = os.environ if environ is None else environ
    named = environ.get("BIJLI_CONFIG", "").strip()
    file = Path(named).absolute() if named else ROOT / "config.yml"
    folder = file.parent
    configuration = Configuration({}, {(): file.name})
    if named or file.exists():
        configuration = read_yaml(_read(file), file.name, Settings, RASA_KEYS)
    add_environment(configuration, environ, Settings, lambda name: _read(folder / name))
    settings = build(Settings, configuration)
    url = settings.database.url
    if database_url(url).get_backend_name() == "sqlite":
        url = _in_folder(url, folder)
    keys = settings.security
    if not keys.master_key:
        if not url.startswith("sqlite"):
            raise SettingsError(
                "security.master_key is not set: with PostgreSQL every machine needs the same one. "
                "Make it once with `openssl rand -base64 32` and give it as "
                "BIJLI_SECURITY__MASTER_KEY or BIJLI_SECURITY__MASTER_KEY_FILE."
            )
        text = _key_in(folder / KEY_FILE)
        keys = build(Security, Configuration({"master_key": text}, {(): KEY_FILE}))
    nlu = settings.nlu
    beside = folder if "model_dir" in nlu.model_fields_set else ROOT
    return settings.model_copy(
        update={
            "database": Database(url=url),
            "security": keys,
            "nlu": nlu.model_copy(update={"model_dir": beside / nlu.model_dir}),
        }
    )


def fixed_now(environ: Mapping[str, str] | None = None) -> datetime | None:
    """The moment that `BIJLI_NOW` (ISO 8601, IST where it names no offset) fixes, if any."""
    text = (os.environ if environ is None else environ).get("BIJLI_NOW", "").strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            f"BIJLI_NOW is {text}; write it as 2026-11-23T10:00:00+05:30."
        ) from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=IST)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{file} cannot be read: {why}.") from error


def _in_folder(url: str, folder: Path) -> str:
    """An SQLite address with its path counted from a folder."""
    parsed = database_url(url)
    path = folder / (parsed.database or "")
    return parsed.set(drivername="sqlite", database=str(path)).render_as_string(hide_password=False)


def _key_in(file: Path) -> str:
    """The master key kept in a file, made where there is none.

    It is written beside its place and linked there, so that of two programs that start at once
    both read the same whole key.
    """
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
                out.flush()
                os.fsync(out.fileno())
            with suppress(FileExistsError):
                os.link(draft, file)
            draft.unlink()
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be made: {error.strerror}. Make the folder writable, or set "
            "BIJLI_SECURITY__MASTER_KEY."
        ) from error
    return _read(file).strip()
