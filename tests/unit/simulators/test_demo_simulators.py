"""All providers at once, and what they still know after a restart."""

from base64 import b64encode
from pathlib import Path

from aiohttp import ClientSession

from simulators.demo import Simulators
from simulators.razorpay_account import DEMO_KEY, DEMO_KEY_SECRET
from simulators.telegram_updates import TelegramPerson
from simulators.twilio_forms import Place
from tests.unit.simulators.ears import Ears

ASHA = TelegramPerson(7_001, "आशा", "+919829012345", "hi")


async def make_link(simulators: Simulators) -> dict[str, str]:
    pair = b64encode(f"{DEMO_KEY}:{DEMO_KEY_SECRET}".encode()).decode()
    async with ClientSession() as session:
        response = await session.post(
            f"{simulators.razorpay.base}/v1/payment_links",
            json={"amount": 500_00, "reference_id": "B1"},
            headers={"Authorization": f"Basic {pair}"},
        )
        made: dict[str, str] = await response.json()
    return made


async def test_webhooks_are_signed_for_the_public_address_and_arrive_where_we_listen(
    ears: Ears,
) -> None:
    simulators = await Simulators.start("https://bot.example", reach_at=ears.base)
    try:
        await simulators.twilio.person_says("sms", "+919829012345", "BILL")
        await simulators.telegram.says(ASHA, "/start")

        assert [call.url.removeprefix(ears.base) for call in ears.calls] == [
            "/webhooks/twilio/sms",
            "/webhooks/telegram",
        ]
        made = await make_link(simulators)
        assert made["short_url"] == f"https://bot.example/try/pay/{made['id']}"
    finally:
        await simulators.close()


async def test_a_restart_forgets_neither_links_nor_chats(tmp_path: Path) -> None:
    memory = tmp_path / "simulators.json"
    before = await Simulators.start("http://127.0.0.1:9", memory=memory)
    before.twilio.webhooks.update(whatsapp="", sms="")
    before.telegram.webhook_url = before.razorpay.bell.url = ""
    await before.twilio.person_says("sms", "+919829012345", "STOP")
    await before.twilio.person_says("whatsapp", "+919829012345", place=Place(26.4, 74.6))
    await before.telegram.says(ASHA, "/start")
    made = await make_link(before)
    before.razorpay.pay(made["id"])
    await before.close()

    after = await Simulators.start("http://127.0.0.1:9", memory=memory)
    try:
        assert after.phones.all() == before.phones.all()
        assert after.razorpay.links == before.razorpay.links
        assert after.razorpay.payments.keys() == before.razorpay.payments.keys()
        assert after.razorpay.references == before.razorpay.references
        assert after.twilio.opted_out == {"+919829012345"}
        assert after.twilio.heard == before.twilio.heard
        assert after.telegram.people == {ASHA.id: ASHA}
    finally:
        await after.close()


async def test_a_broken_memory_is_begun_anew(tmp_path: Path) -> None:
    memory = tmp_path / "simulators.json"
    memory.write_text('{"razorpay": 3', encoding="utf-8")

    simulators = await Simulators.start("http://127.0.0.1:9", memory=memory)

    await simulators.close()
    assert "links" in memory.read_text(encoding="utf-8")
