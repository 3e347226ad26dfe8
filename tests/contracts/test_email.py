"""What only e-mail does, through its real library against a mail server on loopback."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from channels import email as email_channel
from models.errors import Misconfigured, Permanent, PersonUnreachable, Temporary, Trouble
from models.message import ENGLISH, HINDI, Address, Attachment, ChannelName, OutboundMessage
from simulators.smtp import Mail, MailServer, Verdict
from tests.contracts.channel_worlds import MAILBOX, EmailWorld, email_world

UNSUBSCRIBE = "https://b.example/u/AAAAAAAAAAAAAAAAAAAAAAAA"
RECEIPT = Attachment("https://b.example/media/BBBB", "रसीद PAY-1.pdf", "application/pdf")


@pytest.fixture
async def world() -> AsyncIterator[EmailWorld]:
    """A mail server without secrets."""
    async with email_world() as made:
        yield made


def letter(text: str = "Hello", to: str = MAILBOX, number: int = 7) -> OutboundMessage:
    return OutboundMessage(number, Address(ChannelName.EMAIL, to), text, tag=HINDI)


async def arrived(world: EmailWorld, message: OutboundMessage) -> Mail:
    await world.channel.send(message)
    return world.server.to(message.to.id)[-1]


async def test_subject_and_sender_are_read_in_hindi(world: EmailWorld) -> None:
    mail = await arrived(world, replace(letter(), subject="बिजली बिल के\n₹1,240 मिल गए"))

    assert mail.subject == "बिजली बिल के ₹1,240 मिल गए"
    assert mail.headers["From"] == "अजमेर डिस्कॉम <bijli@example.org>"
    assert mail.sender == "bijli@example.org"
    assert mail.raw.isascii()


async def test_a_letter_without_a_subject_has_one_all_the_same(world: EmailWorld) -> None:
    assert (await arrived(world, letter())).subject == "एक संदेश"


async def test_text_and_html_say_the_same(world: EmailWorld) -> None:
    mail = await arrived(world, letter("बिल ₹1,240 है।\n\nयहां: https://b.example/p/ABC. <b>"))

    assert mail.text.startswith("बिल ₹1,240 है।\n\nयहां: https://b.example/p/ABC. <b>\n")
    assert "बिल ₹1,240 है।" in mail.html
    assert '<a href="https://b.example/p/ABC" ' in mail.html
    assert "&lt;b&gt;" in mail.html
    for said in ("इसे कोई नहीं पढ़ता", "https://b.example/privacy"):
        assert said in mail.text
        assert said in mail.html


async def test_a_mail_loads_nothing_from_elsewhere(world: EmailWorld) -> None:
    mail = await arrived(world, letter())

    assert '<html lang="hi">' in mail.html
    assert [it for it in ("src=", "url(", "@import", "<script", "<link") if it in mail.html] == []


async def test_a_mailbox_can_end_the_mails_with_one_click(world: EmailWorld) -> None:
    mail = await arrived(world, replace(letter(), unsubscribe=UNSUBSCRIBE))

    assert mail.headers["List-Unsubscribe"] == f"<{UNSUBSCRIBE}>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"बंद करें: {UNSUBSCRIBE}" in mail.text
    assert UNSUBSCRIBE in mail.html


async def test_a_mail_says_that_a_machine_wrote_it_and_when(world: EmailWorld) -> None:
    mail = await arrived(world, letter())

    assert mail.headers["Auto-Submitted"] == "auto-generated"
    written = parsedate_to_datetime(mail.headers["Date"])
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)
    assert "List-Unsubscribe" not in mail.headers


async def test_every_attempt_has_the_same_id_and_every_letter_its_own(world: EmailWorld) -> None:
    first = await world.channel.send(letter("one"))
    again = await world.channel.send(letter("one"))
    other = await world.channel.send(letter("two"))

    assert first == again != other
    assert first.startswith("<m7.")
    assert first.endswith("@example.org>")
    assert world.server.mails[0].headers["Message-ID"] == first


async def test_a_paper_comes_as_a_file_with_its_hindi_name(world: EmailWorld) -> None:
    world.papers[RECEIPT.url] = b"%PDF-1.7 ..."

    mail = await arrived(world, replace(letter(), attached=(RECEIPT,)))

    (file,) = mail.files
    assert (file.name, file.mime, file.content) == (
        "रसीद PAY-1.pdf",
        "application/pdf",
        b"%PDF-1.7 ...",
    )
    assert [it.get_content_type() for it in message_from_bytes(mail.raw).walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]


async def test_words_arrive_without_a_paper_that_is_gone(world: EmailWorld) -> None:
    mail = await arrived(world, replace(letter(), attached=(RECEIPT,)))

    assert mail.files == ()
    assert mail.text.startswith("Hello")


@pytest.mark.parametrize(
    "address", ["nobody", "a@b@c", "नाम@example.in", "a\r\nBcc: x@y.in", "a b@c.in", ""]
)
async def test_an_address_that_can_be_nobodys_is_unreachable(
    world: EmailWorld, address: str
) -> None:
    with pytest.raises(PersonUnreachable):
        await world.channel.send(letter(to=address))

    assert not world.server.mails


async def test_a_domain_may_be_hindi(world: EmailWorld) -> None:
    await world.channel.send(letter(to="asha@बिजली.भारत"))

    assert world.server.mails[0].to == f"asha@{'बिजली.भारत'.encode('idna').decode()}"


@pytest.mark.parametrize(
    ("verdict", "trouble"),
    [
        (Verdict.GREYLISTED, Temporary),
        (Verdict.NO_SUCH_USER, PersonUnreachable),
        (Verdict.RELAY_DENIED, Misconfigured),
        (Verdict.SPAM, Permanent),
    ],
)
async def test_a_refusal_says_again_or_never_and_nobodys_address(
    world: EmailWorld, verdict: Verdict, trouble: type[Trouble]
) -> None:
    world.server.verdicts[MAILBOX] = verdict

    with pytest.raises(Trouble) as caught:
        await world.channel.send(letter())

    assert type(caught.value) is trouble
    assert "@" not in str(caught.value)
    assert not world.server.mails


async def test_who_is_greylisted_gets_it_later(world: EmailWorld) -> None:
    world.server.verdicts[MAILBOX] = Verdict.GREYLISTED
    with pytest.raises(Temporary):
        await world.channel.send(letter())
    world.server.verdicts.clear()

    assert (await arrived(world, letter())).text.startswith("Hello")


async def test_one_connection_carries_one_mail_after_another(world: EmailWorld) -> None:
    world.server.verdicts["gone@example.in"] = Verdict.NO_SUCH_USER
    for number in range(5):
        await world.channel.send(letter(f"number {number}"))
        with pytest.raises(PersonUnreachable):
            await world.channel.send(letter(to="gone@example.in"))

    assert len(world.server.mails) == 5
    assert world.server.connections == 1


async def test_a_burst_uses_few_connections_and_loses_nothing(world: EmailWorld) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(40):
            group.create_task(world.channel.send(letter(f"number {number}", number=number)))

    assert len({it.headers["Message-ID"] for it in world.server.mails}) == 40
    assert world.server.connections <= email_channel.AT_ONCE


async def test_a_server_that_was_started_anew_is_noticed_before_a_mail_is_lost(
    world: EmailWorld,
) -> None:
    await world.channel.send(letter("one"))
    port = world.server.port
    await world.server.close()
    await world.server.open(port)

    await world.channel.send(letter("two"))

    assert len(world.server.mails) == 2


async def test_an_idle_connection_is_closed(
    world: EmailWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(email_channel, "IDLE", 0.01)
    await world.channel.send(letter("one"))
    await asyncio.sleep(0.1)

    await world.channel.send(letter("two"))

    assert world.server.connections == 2


@pytest.mark.parametrize("steps", range(0, 24, 3))
async def test_a_send_that_is_cut_off_leaves_no_half_spoken_connection(
    world: EmailWorld, steps: int
) -> None:
    await world.channel.send(letter("one"))
    cut_off = asyncio.create_task(world.channel.send(letter("two")))
    for _ in range(steps):
        await asyncio.sleep(0)
    cut_off.cancel()
    await asyncio.gather(cut_off, return_exceptions=True)

    assert (await arrived(world, letter("three"))).text.startswith("three")


class Certificate:
    """A certificate for this machine, whoever trusts it."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.now(UTC)
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, SHA256())
        )
        self.file = file = folder / "server.pem"
        pem = certificate.public_bytes(Encoding.PEM)
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(secret + pem)
        self.server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.server.load_cert_chain(file)
        self.client = ssl.create_default_context(cadata=pem.decode())


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate(tmp_path)


async def test_starttls_and_a_password_open_the_door(certificate: Certificate) -> None:
    server = MailServer(tls=certificate.server, login=("bijli", "s3cret"))
    async with email_world(
        server, security="starttls", sign_in=("bijli", "s3cret"), trusts=certificate.client
    ) as world:
        await world.channel.send(letter())

        assert len(world.server.mails) == 1


async def test_a_wrong_password_is_ours_to_mend(certificate: Certificate) -> None:
    server = MailServer(tls=certificate.server, login=("bijli", "s3cret"))
    async with email_world(
        server, security="starttls", sign_in=("bijli", "guess"), trusts=certificate.client
    ) as world:
        with pytest.raises(Misconfigured, match="535"):
            await world.channel.send(letter())


async def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    certificate: Certificate,
) -> None:
    async with email_world(MailServer(tls=certificate.server), security="starttls") as world:
        with pytest.raises(Misconfigured, match="certificate"):
            await world.channel.send(letter())


async def test_nothing_goes_in_the_open_where_starttls_is_asked_for() -> None:
    async with email_world(security="starttls") as world:
        with pytest.raises(Misconfigured, match="STARTTLS"):
            await world.channel.send(letter())

        assert not world.server.mails


async def test_a_server_that_wants_no_password_from_us_is_misconfigured() -> None:
    async with email_world(sign_in=("bijli", "s3cret")) as world:
        with pytest.raises(Misconfigured):
            await world.channel.send(letter())


async def test_a_server_that_is_away_is_asked_again(world: EmailWorld) -> None:
    await world.goes_away()

    with pytest.raises(Temporary, match="unreachable"):
        await world.channel.send(letter())


async def test_a_language_without_words_of_its_own_ends_in_english(world: EmailWorld) -> None:
    mail = await arrived(world, replace(letter(), tag=ENGLISH))

    assert "Nobody reads this" in mail.text
