"""What the simulated providers know after a restart, as real ones would."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from simulators.phone import Attachment, Bubble, Button, Phones
from simulators.razorpay_account import Account as RazorpayAccount
from simulators.razorpay_entities import Link, Payment, Refund
from simulators.telegram_chats import Chats
from simulators.telegram_updates import TelegramPerson
from simulators.twilio_account import Account as TwilioAccount
from simulators.twilio_content import Content

SECONDS_BETWEEN = 2.0
Json = dict[str, Any]


class Memory:
    """A file in which the providers' records outlive the process; a broken one is begun anew."""

    def __init__(
        self, path: Path, twilio: TwilioAccount, telegram: Chats, razorpay: RazorpayAccount
    ) -> None:
        self._path = path
        self._twilio, self._telegram, self._razorpay = twilio, telegram, razorpay
        self._phones = twilio.phones
        self._written = ""

    def recall(self) -> None:
        """Put back what the last process knew."""
        try:
            known: Json = json.loads(self._path.read_text(encoding="utf-8"))
            _recall_razorpay(self._razorpay, known["razorpay"])
            _recall_twilio(self._twilio, known["twilio"])
            for person in known["telegram"]["people"]:
                self._telegram.people[person["id"]] = TelegramPerson(**person)
            self._telegram.blocked.update(known["telegram"]["blocked"])
            _recall_phones(self._phones, known["phones"])
        except (OSError, ValueError, KeyError, TypeError):
            return

    async def keep(self) -> None:
        """Write every few seconds what has changed, for as long as it runs."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN)
            await self.write()

    async def write(self) -> None:
        """Write what has changed, all of it or nothing."""
        text = json.dumps(self._everything(), ensure_ascii=False)
        if text != self._written:
            self._written = text
            await asyncio.to_thread(self._put, text)

    def _put(self, text: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._path)

    def _everything(self) -> Json:
        razorpay, twilio, telegram = self._razorpay, self._twilio, self._telegram
        return {
            "razorpay": {
                "links": [asdict(link) for link in razorpay.links.values()],
                "refunds": [asdict(refund) for refund in razorpay.refunds.values()],
            },
            "twilio": {
                "contents": [asdict(content) for content in twilio.contents.values()],
                "heard": {person: at.isoformat() for person, at in twilio.heard.items()},
                "opted_out": sorted(twilio.opted_out),
            },
            "telegram": {
                "people": [asdict(person) for person in telegram.people.values()],
                "blocked": sorted(telegram.blocked),
            },
            "phones": [asdict(bubble) for bubble in self._phones.all()],
        }


def _recall_razorpay(account: RazorpayAccount, known: Mapping[str, Any]) -> None:
    for entry in known["links"]:
        payments = [Payment(**payment) for payment in entry.pop("payments")]
        link = Link(**entry, payments=payments)
        account.links[link.id] = link
        account.references[link.reference_id] = link.id
        for payment in payments:
            account.payments[payment.id] = payment
    for entry in known["refunds"]:
        account.refunds[entry["id"]] = Refund(**entry)


def _recall_twilio(account: TwilioAccount, known: Mapping[str, Any]) -> None:
    for entry in known["contents"]:
        account.contents[entry["sid"]] = Content(**entry)
    for person, at in known["heard"].items():
        account.heard[person] = datetime.fromisoformat(at)
    account.opted_out.update(known["opted_out"])


def _recall_phones(phones: Phones, known: list[Json]) -> None:
    for entry in known:
        phones.show(
            Bubble(
                **entry
                | {
                    "attachments": tuple(Attachment(**one) for one in entry["attachments"]),
                    "buttons": _rows(entry["buttons"]),
                    "keyboard": _rows(entry["keyboard"]),
                    "rows": tuple(Button(**one) for one in entry["rows"]),
                }
            )
        )


def _rows(rows: list[list[Json]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(**button) for button in row) for row in rows)
