"""The whole program as processes, beside simulated providers on the loopback."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from simulators.razorpay import Razorpay
from simulators.razorpay_account import DEMO_WEBHOOK_SECRET
from simulators.running import running
from simulators.telegram import DEMO_SECRET, DEMO_TOKEN, Telegram
from simulators.twilio import Twilio

ROOT = Path(__file__).parents[2]
READY_WITHIN = 20.0


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bijli(*words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *words],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )


@dataclass
class Town:
    """Providers, a database and the processes that serve them."""

    twilio: Twilio
    telegram: Telegram
    razorpay: Razorpay
    port: int
    env: dict[str, str]
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a process of the program."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", *words],
                cwd=ROOT,
                env={**os.environ, **self.env},
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    async def serve(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the server and wait until it is ready."""
        process = self.start("serve", *words)
        async with aiohttp.ClientSession() as http:
            until = time.monotonic() + READY_WITHIN
            while True:
                try:
                    async with http.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return process
                except aiohttp.ClientError:
                    pass
                if process.poll() is not None or time.monotonic() > until:
                    raise AssertionError(self.log.read_text()[-4000:])
                await asyncio.sleep(0.05)

    def said_to(self, person: str, channel: str = "whatsapp") -> list[str]:
        """What stands on a person's phone from the company, oldest first."""
        phones = self.telegram.phones if channel == "telegram" else self.twilio.phones
        return [it.text for it in phones.on(channel, person) if it.ours]


async def until(true: Callable[[], bool | Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait until something is true; fails after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        found = true()
        if found if isinstance(found, bool) else await found:
            return
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.05)


@asynccontextmanager
async def town(database_url: str, folder: Path, consumers: int = 60) -> AsyncIterator[Town]:
    """A migrated and seeded database, simulated Twilio and Razorpay, and no process yet."""
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    twilio = Twilio(
        whatsapp_url=f"{public}/webhooks/twilio/whatsapp", sms_url=f"{public}/webhooks/twilio/sms"
    )
    telegram = Telegram(webhook_url=f"{public}/webhooks/telegram")
    razorpay = Razorpay(webhook_url=f"{public}/webhooks/razorpay")
    async with AsyncExitStack() as open_doors:
        twilio_base = await open_doors.enter_async_context(running(twilio))
        telegram_base = await open_doors.enter_async_context(running(telegram))
        razorpay_base = await open_doors.enter_async_context(running(razorpay))
        env = {
            "BIJLI_DATABASE__URL": database_url,
            "BIJLI_SERVER__PUBLIC_URL": public,
            "BIJLI_SERVER__PORT": str(port),
            "BIJLI_SECURITY__MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
            "BIJLI_CHANNELS__TWILIO__ACCOUNT_SID": twilio.account_sid,
            "BIJLI_CHANNELS__TWILIO__AUTH_TOKEN": twilio.auth_token,
            "BIJLI_CHANNELS__TWILIO__WHATSAPP_FROM": twilio.senders["whatsapp"],
            "BIJLI_CHANNELS__TWILIO__SMS_FROM": twilio.senders["sms"],
            "BIJLI_CHANNELS__TWILIO__API_BASE": twilio_base,
            "BIJLI_CHANNELS__TELEGRAM__TOKEN": DEMO_TOKEN,
            "BIJLI_CHANNELS__TELEGRAM__WEBHOOK_SECRET": DEMO_SECRET,
            "BIJLI_CHANNELS__TELEGRAM__API_BASE": telegram_base,
            "BIJLI_PAYMENTS__RAZORPAY__KEY_ID": razorpay.key_id,
            "BIJLI_PAYMENTS__RAZORPAY__KEY_SECRET": razorpay.key_secret,
            "BIJLI_PAYMENTS__RAZORPAY__WEBHOOK_SECRET": DEMO_WEBHOOK_SECRET,
            "BIJLI_PAYMENTS__RAZORPAY__API_BASE": razorpay_base,
        }
        for words in (("migrate",), ("seed", "--consumers", str(consumers))):
            done = await asyncio.to_thread(bijli, *words, env=env)
            assert done.returncode == 0, done.stderr
        built = Town(twilio, telegram, razorpay, port, env, folder / "serve.log")
        try:
            yield built
        finally:
            for process in built.processes:
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                process.wait()
