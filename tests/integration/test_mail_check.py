"""`bijli doctor` knocks at the mail server's door, and sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio

from app.mail_check import MailCheck, check_mail
from app.settings import Email
from simulators.smtp import MailServer
from tests.contracts.test_email import Certificate
from tests.e2e.served import free_port

Security = Literal["none", "starttls", "tls"]


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate(tmp_path)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[MailServer]:
    made = MailServer()
    await made.open()
    yield made
    await made.close()


async def found(port: int, security: Security, **more: object) -> MailCheck:
    email = Email.model_validate(
        {"host": "127.0.0.1", "port": port, "from": "a@b.in", "security": security, **more}
    )
    return await asyncio.to_thread(check_mail, email, 3.0)


async def test_a_server_that_lets_us_in_is_fine(server: MailServer) -> None:
    check = await found(server.port, "none")

    assert check == MailCheck(f"E-mail is on: 127.0.0.1:{server.port} answers, on this machine.")
    assert not server.mails


async def test_a_server_without_starttls_is_named(server: MailServer) -> None:
    check = await found(server.port, "starttls")

    assert "does not offer STARTTLS: nothing is sent" in check.what
    assert "channels.email.security" in check.advice


async def test_a_certificate_that_nobody_vouches_for_is_named(
    server: MailServer, certificate: Certificate
) -> None:
    server.tls = certificate.server

    check = await found(server.port, "starttls")

    assert "the certificate of 127.0.0.1" in check.what
    assert check.advice


async def test_who_may_sign_in_over_starttls_is_fine(
    server: MailServer, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    server.tls, server.login = certificate.server, ("bijli", "right")

    check = await found(server.port, "starttls", username="bijli", password="right")

    assert check == MailCheck(f"E-mail is on: 127.0.0.1:{server.port} answers, with STARTTLS.")


async def test_a_wrong_password_is_named_and_not_told(
    server: MailServer, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    server.tls, server.login = certificate.server, ("bijli", "right")

    check = await found(server.port, "starttls", username="bijli", password="wrong-one")

    assert "does not let bijli sign in (535)" in check.what
    assert "wrong-one" not in check.what + check.advice


@pytest.mark.parametrize("security", ["none", "tls"])
async def test_a_server_that_is_away_is_named(security: Security) -> None:
    check = await found(free_port(), security)

    assert "does not answer" in check.what
    assert "channels.email.host" in check.advice


async def test_a_server_that_does_not_speak_tls_is_named(server: MailServer) -> None:
    check = await found(server.port, "tls")

    assert "does not answer" in check.what
