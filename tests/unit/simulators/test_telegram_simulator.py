"""The Bot API's refusals and updates, through python-telegram-bot."""

import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from simulators.faults import Fault
from simulators.running import running
from simulators.telegram import DEMO_SECRET, DEMO_TOKEN, Telegram
from simulators.telegram_chats import message_id_of
from simulators.telegram_updates import TelegramPerson
from tests.unit.simulators.ears import Ears

ASHA = TelegramPerson(7_001, "आशा", "+919829012345", "hi")


@pytest.fixture
async def telegram(ears: Ears) -> AsyncIterator[Telegram]:
    simulator = Telegram(webhook_url=f"{ears.base}/webhooks/telegram")
    simulator.rings.retry_seconds = 0.01
    async with running(simulator):
        yield simulator


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Bot(DEMO_TOKEN, f"{telegram.base}/bot", f"{telegram.base}/file/bot") as bot:
        yield bot


def updates(ears: Ears, bot: Bot) -> list[Update]:
    return [Update.de_json(json.loads(call.body), bot) for call in ears.calls]


async def test_a_bot_nobody_started_cannot_write(bot: Bot, telegram: Telegram) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(ASHA.id, "hi")

    await telegram.says(ASHA, "/start abc")
    assert (await bot.send_message(ASHA.id, "नमस्ते")).text == "नमस्ते"


async def test_updates_carry_the_secret_and_read_as_telegrams(
    bot: Bot, telegram: Telegram, ears: Ears
) -> None:
    await telegram.says(ASHA, "/start abc")

    (update,) = updates(ears, bot)

    assert ears.calls[0].headers["X-Telegram-Bot-Api-Secret-Token"] == DEMO_SECRET
    assert update.message is not None
    assert update.message.text == "/start abc"
    assert update.message.entities[0].type == "bot_command"
    assert update.effective_user is not None
    assert update.effective_user.language_code == "hi"


@pytest.mark.parametrize(("length", "passes"), [(4096, True), (4097, False), (0, False)])
async def test_text_has_a_length(bot: Bot, telegram: Telegram, length: int, passes: bool) -> None:  # noqa: FBT001  a parameter of the test
    await telegram.says(ASHA, "hi")

    if passes:
        assert await bot.send_message(ASHA.id, "न" * length)
    else:
        with pytest.raises(BadRequest):
            await bot.send_message(ASHA.id, "न" * length)


async def test_the_length_counts_after_the_marks_are_read(bot: Bot, telegram: Telegram) -> None:
    await telegram.says(ASHA, "hi")

    await bot.send_message(ASHA.id, f"<b>{'x' * 4096}</b>", parse_mode="HTML")

    assert telegram.phones.on("telegram")[-1].text == "x" * 4096
    with pytest.raises(BadRequest, match="parse entities"):
        await bot.send_message(ASHA.id, "<b>x", parse_mode="HTML")
    with pytest.raises(BadRequest, match="parse entities"):
        await bot.send_message(ASHA.id, "<img>", parse_mode="HTML")


@pytest.mark.parametrize(
    ("data", "passes"), [("x" * 64, True), ("x" * 65, False), ("न" * 22, False)]
)
async def test_callback_data_is_counted_in_bytes(
    bot: Bot,
    telegram: Telegram,
    data: str,
    passes: bool,  # noqa: FBT001  as above
) -> None:
    await telegram.says(ASHA, "hi")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Pay", callback_data=data)]])

    if passes:
        assert await bot.send_message(ASHA.id, "x", reply_markup=markup)
    else:
        with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
            await bot.send_message(ASHA.id, "x", reply_markup=markup)


@pytest.mark.parametrize(("rows", "in_a_row"), [(101, 1), (1, 9)])
async def test_buttons_are_counted(bot: Bot, telegram: Telegram, rows: int, in_a_row: int) -> None:
    await telegram.says(ASHA, "hi")
    row = [InlineKeyboardButton("x", callback_data="x")] * in_a_row

    with pytest.raises(BadRequest):
        await bot.send_message(ASHA.id, "x", reply_markup=InlineKeyboardMarkup([row] * rows))


async def test_a_tap_comes_as_a_query_which_is_answered_once_known(
    bot: Bot, telegram: Telegram, ears: Ears
) -> None:
    await telegram.says(ASHA, "hi")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Pay", callback_data="bill_pay")]])
    sent = await bot.send_message(ASHA.id, "x", reply_markup=markup)

    await telegram.taps(ASHA, sent.message_id, "bill_pay")

    query = updates(ears, bot)[-1].callback_query
    assert query is not None
    assert query.data == "bill_pay"
    assert await bot.answer_callback_query(query.id)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query("unknown")
    with pytest.raises(BadRequest):
        await bot.answer_callback_query(query.id, "x" * 201)


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, telegram: Telegram) -> None:
    await telegram.says(ASHA, "hi")
    sent = await bot.send_message(ASHA.id, "one")

    await bot.edit_message_text("two", ASHA.id, sent.message_id)

    assert telegram.phones.on("telegram")[-1].text == "two"
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("two", ASHA.id, sent.message_id)
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("two", ASHA.id, 999)


async def test_a_person_changes_what_they_wrote(bot: Bot, telegram: Telegram, ears: Ears) -> None:
    await telegram.says(ASHA, "901010000123")
    written = message_id_of(telegram.phones.on("telegram")[-1])

    await telegram.edits(ASHA, written, "901010000124")

    edited = updates(ears, bot)[-1].edited_message
    assert edited is not None
    assert (edited.message_id, edited.text) == (written, "901010000124")
    assert telegram.phones.on("telegram")[-1].edited


async def test_a_contact_says_whose_it_is(bot: Bot, telegram: Telegram, ears: Ears) -> None:
    await telegram.shares_contact(ASHA)
    await telegram.shares_contact(ASHA, phone="+919000000000", owner_id=8_002)

    own, other = (update.message for update in updates(ears, bot))

    assert own is not None
    assert own.contact is not None
    assert (own.contact.user_id, own.contact.phone_number) == (ASHA.id, "919829012345")
    assert other is not None
    assert other.contact is not None
    assert other.contact.user_id == 8_002
    assert other.forward_origin is not None


async def test_the_button_for_the_contact_is_on_the_phone(bot: Bot, telegram: Telegram) -> None:
    await telegram.says(ASHA, "hi")
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("Share", request_contact=True)]])

    await bot.send_message(ASHA.id, "Who are you?", reply_markup=keyboard)

    ((button,),) = telegram.phones.on("telegram")[-1].keyboard
    assert button.shares_contact


@pytest.mark.parametrize("kind", ["voice", "picture", "sticker", "document"])
async def test_files_arrive_and_can_be_fetched(
    bot: Bot, telegram: Telegram, ears: Ears, kind: str
) -> None:
    await telegram.sends(ASHA, kind, b"content", name="a.bin", content_type="audio/ogg")

    message = updates(ears, bot)[-1].message

    assert message is not None
    entries = {
        "voice": message.voice,
        "picture": message.photo[-1] if message.photo else None,
        "sticker": message.sticker,
        "document": message.document,
    }
    entry = entries[kind]
    assert entry is not None
    file = await bot.get_file(entry.file_id)
    assert bytes(await file.download_as_bytearray()) == b"content"


async def test_a_place_arrives(bot: Bot, telegram: Telegram, ears: Ears) -> None:
    await telegram.is_at(ASHA, 26.45, 74.64)

    message = updates(ears, bot)[-1].message

    assert message is not None
    assert message.location is not None
    assert message.location.latitude == 26.45


async def test_a_document_is_sent_by_content_and_by_address(
    bot: Bot, telegram: Telegram, ears: Ears
) -> None:
    await telegram.says(ASHA, "hi")

    sent = await bot.send_document(ASHA.id, InputFile(b"%PDF", "bill.pdf"), caption="आपका बिल")

    assert sent.document is not None
    assert sent.document.file_name == "bill.pdf"
    (attachment,) = telegram.phones.on("telegram")[-1].attachments
    assert attachment.name == "bill.pdf"
    with pytest.raises(BadRequest, match=r"(?i)HTTP URL"):
        await bot.send_document(ASHA.id, f"{ears.base}/nothing.pdf")
    with pytest.raises(BadRequest, match="caption"):
        await bot.send_photo(ASHA.id, InputFile(b"x", "x.png"), caption="x" * 1025)


async def test_who_blocks_the_bot_hears_nothing(bot: Bot, telegram: Telegram, ears: Ears) -> None:
    await telegram.says(ASHA, "hi")
    await telegram.blocks(ASHA)

    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(ASHA.id, "x")

    changed = updates(ears, bot)[-1].my_chat_member
    assert changed is not None
    assert changed.new_chat_member.status == "kicked"


async def test_faults_strike_the_next_calls_in_order(bot: Bot, telegram: Telegram) -> None:
    await telegram.says(ASHA, "hi")
    telegram.faults.next.extend([Fault.TOO_MANY, Fault.BAD_GATEWAY, Fault.LOST_ANSWER])
    telegram.faults.retry_after = 3

    with pytest.raises(RetryAfter):
        await bot.send_message(ASHA.id, "one")
    with pytest.raises(NetworkError):
        await bot.send_message(ASHA.id, "two")
    with pytest.raises(NetworkError):
        await bot.send_message(ASHA.id, "three")

    assert [bubble.text for bubble in telegram.phones.on("telegram")] == ["hi", "three"]


async def test_a_chat_that_moved_says_where(bot: Bot, telegram: Telegram) -> None:
    telegram.migrated[-5] = -100_5

    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "x")

    assert moved.value.new_chat_id == -100_5


async def test_another_token_opens_nothing(telegram: Telegram) -> None:
    stranger = Bot("1234567890:another-token-of-nobody-at-all", f"{telegram.base}/bot")

    with pytest.raises(InvalidToken):
        await stranger.initialize()

    await stranger.shutdown()


async def test_updates_come_again_until_they_are_taken(telegram: Telegram, ears: Ears) -> None:
    ears.answers.extend([lambda: web.Response(status=500), lambda: web.Response(status=403)])

    await telegram.says(ASHA, "hi")

    await telegram.settled()
    assert len(ears.calls) == 3
    assert len({call.body for call in ears.calls}) == 1


async def test_updates_come_twice_and_backwards(bot: Bot, telegram: Telegram, ears: Ears) -> None:
    telegram.rings.held = telegram.rings.repeated = True
    await telegram.says(ASHA, "one")
    await telegram.says(ASHA, "two")

    await telegram.release(backwards=True)

    said = [update.message.text for update in updates(ears, bot) if update.message is not None]
    assert said == ["two", "two", "one", "one"]


async def test_a_method_in_our_answer_is_done(telegram: Telegram, ears: Ears) -> None:
    answer = {"method": "sendMessage", "chat_id": ASHA.id, "text": "from the webhook"}
    ears.answers.append(lambda: web.json_response(answer))

    await telegram.says(ASHA, "hi")

    assert telegram.phones.on("telegram")[-1].text == "from the webhook"


async def test_a_webhook_is_set_where_telegram_would_call_it(
    bot: Bot, telegram: Telegram, ears: Ears
) -> None:
    with pytest.raises(BadRequest, match=r"(?i)HTTPS"):
        await bot.set_webhook("http://bot.example/hook")
    with pytest.raises(BadRequest, match="ports"):
        await bot.set_webhook("https://bot.example:8080/hook")
    with pytest.raises(BadRequest, match="Secret"):
        await bot.set_webhook("https://bot.example/hook", secret_token="a b")
    await bot.delete_webhook()
    await telegram.says(ASHA, "early")
    assert not ears.calls

    await bot.set_webhook(f"{ears.base}/there", secret_token="new", allowed_updates=["message"])

    await telegram.settled()
    assert [call.headers["X-Telegram-Bot-Api-Secret-Token"] for call in ears.calls] == ["new"]
    await telegram.blocks(ASHA)
    assert len(ears.calls) == 1
    assert (await bot.get_webhook_info()).allowed_updates == ("message",)


async def test_commands_are_checked_and_kept_by_language(bot: Bot, telegram: Telegram) -> None:
    await bot.set_my_commands([BotCommand("bill", "बिल देखें")], language_code="hi")

    assert telegram.commands["hi"] == [{"command": "bill", "description": "बिल देखें"}]
    with pytest.raises(BadRequest):
        await bot.set_my_commands([("Bill!", "x")])
    with pytest.raises(BadRequest):
        await bot.set_my_commands([(f"c{n}", "x") for n in range(101)])


async def test_typing_is_seen(bot: Bot, telegram: Telegram) -> None:
    await telegram.says(ASHA, "hi")

    await bot.send_chat_action(ASHA.id, "typing")

    assert list(telegram.actions) == [(ASHA.id, "typing")]
    with pytest.raises(BadRequest):
        await bot.send_chat_action(ASHA.id, "dancing")
