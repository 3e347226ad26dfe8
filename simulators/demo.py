"""All providers at once, on loopback ports of this process, for `make run`."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from simulators.memory import Memory
from simulators.phone import Phones
from simulators.razorpay import Razorpay
from simulators.razorpay_account import DEMO_KEY, DEMO_KEY_SECRET, DEMO_WEBHOOK_SECRET
from simulators.running import Listening
from simulators.smtp import MailServer
from simulators.telegram import DEMO_SECRET, Telegram
from simulators.telegram import DEMO_TOKEN as DEMO_BOT
from simulators.twilio import DEMO_ACCOUNT, DEMO_SMS, DEMO_TOKEN, DEMO_WHATSAPP, Twilio

PAY_PATH = "/try/pay"
FILES_PATH = "/try/files"
MAIL_PATH = "/try/mail"
SECONDS_BETWEEN_STATES = 0.5
REMEMBERED = 500  # messages on all phones together


@dataclass(frozen=True, slots=True)
class Secrets:
    """What opens the simulated accounts; the server is configured with the same."""

    twilio_account_sid: str = DEMO_ACCOUNT
    twilio_auth_token: str = DEMO_TOKEN
    twilio_whatsapp_from: str = DEMO_WHATSAPP
    twilio_sms_from: str = DEMO_SMS
    telegram_token: str = DEMO_BOT
    telegram_secret: str = DEMO_SECRET
    razorpay_key_id: str = DEMO_KEY
    razorpay_key_secret: str = DEMO_KEY_SECRET
    razorpay_webhook_secret: str = DEMO_WEBHOOK_SECRET


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the simulators listen; 0 is any free port."""

    twilio: int = 0
    telegram: int = 0
    razorpay: int = 0
    mail: int = 0


class Simulators:
    """Twilio, Telegram and Razorpay, each at its own `base`, the phones they reach, and mail."""

    def __init__(
        self, public_url: str, secrets: Secrets, reach_at: str, memory: Path | None
    ) -> None:
        origin = public_url.rstrip("/")
        self.phones = Phones(REMEMBERED)
        self.twilio = Twilio(
            account_sid=secrets.twilio_account_sid,
            auth_token=secrets.twilio_auth_token,
            whatsapp_from=secrets.twilio_whatsapp_from,
            sms_from=secrets.twilio_sms_from,
            whatsapp_url=f"{origin}/webhooks/twilio/whatsapp",
            sms_url=f"{origin}/webhooks/twilio/sms",
            reach_at=reach_at,
            phones=self.phones,
        )
        self.twilio.callbacks.seconds = SECONDS_BETWEEN_STATES
        self.telegram = Telegram(
            token=secrets.telegram_token,
            webhook_url=f"{origin}/webhooks/telegram",
            secret=secrets.telegram_secret,
            reach_at=reach_at,
            file_base=FILES_PATH,
            phones=self.phones,
        )
        self.razorpay = Razorpay(
            key_id=secrets.razorpay_key_id,
            key_secret=secrets.razorpay_key_secret,
            webhook_secret=secrets.razorpay_webhook_secret,
            webhook_url=f"{origin}/webhooks/razorpay",
            reach_at=reach_at,
            page_base=f"{origin}{PAY_PATH}",
        )
        self.mail = MailServer()
        self._memory = Memory(memory, self.twilio, self.telegram, self.razorpay) if memory else None
        self._keeping: asyncio.Task[None] | None = None
        self._listening: list[Listening] = []

    @classmethod
    async def start(
        cls,
        public_url: str,
        *,
        secrets: Secrets = Secrets(),
        ports: Ports = Ports(),
        reach_at: str = "",
        memory: Path | None = None,
    ) -> "Simulators":
        """Open all doors; webhooks go to `public_url`, or to `reach_at` signed as if they did.

        With `memory`, links, contents and chats outlive a restart in that file.
        """
        simulators = cls(public_url, secrets, reach_at, memory)
        if simulators._memory is not None:
            simulators._memory.recall()
        try:
            for simulator, port in (
                (simulators.twilio, ports.twilio),
                (simulators.telegram, ports.telegram),
                (simulators.razorpay, ports.razorpay),
            ):
                simulators._listening.append(await Listening.start(simulator, port))
            await simulators.mail.open(ports.mail)
        except OSError:
            await simulators.close()
            raise
        if simulators._memory is not None:
            simulators._keeping = asyncio.create_task(simulators._memory.keep())
        return simulators

    async def close(self) -> None:
        """Close all doors, and write down what is to be remembered."""
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        for listening in self._listening:
            await listening.close()
        await self.mail.close()
        if self._memory is not None:
            await self._memory.write()
