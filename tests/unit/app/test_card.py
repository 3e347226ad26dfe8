"""The keyword card."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from app.adapters import COMMANDS
from app.card import card_page
from bot.keywords import advertised
from models.message import ENGLISH, HINDI, TAGS, Tag
from models.words import Name, Say
from voice.voice import Company, Voice

VOICE = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912"))
LONGEST_PURPOSE = 256  # characters that Telegram lets a command say


async def shown() -> web.Response:
    return await card_page(VOICE)(make_mocked_request("GET", "/keywords"))


async def test_the_card_names_every_keyword_in_every_script_and_both_languages() -> None:
    text = (await shown()).text or ""

    for keyword in advertised():
        for word in f"{keyword.hindi} {keyword.hinglish}".split():
            assert word in text or word.upper() in text
        for tag in (HINDI, ENGLISH):
            said = VOICE.say(Say(f"keyword-{keyword.name}"), tag)
            assert said in text.replace("&#39;", "'")


async def test_the_card_says_what_may_follow_a_keyword() -> None:
    text = " ".join(((await shown()).text or "").split())

    for row in ("<kbd>BILL</kbd> K ", "<kbd>READ</kbd> K 4521 ", "<kbd>STATUS</kbd> CMP-7K2M4Z "):
        assert row in text


async def test_what_blocks_us_at_the_provider_is_never_advertised() -> None:
    text = (await shown()).text or ""

    assert "QUIT" not in text.upper()
    assert "CANCEL" not in text.upper()


async def test_the_card_runs_no_script_and_is_not_sniffed() -> None:
    response = await shown()

    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("tag", TAGS)
def test_every_telegram_command_says_its_purpose_within_its_room(tag: Tag) -> None:
    assert {"bill", "out", "comp", "status", "add", "list", "del", "sub", "stop"} <= set(COMMANDS)
    assert all(name.isascii() and name.islower() for name in COMMANDS)
    for name in COMMANDS:
        assert 0 < len(VOICE.say(Say(f"keyword-{name}"), tag)) <= LONGEST_PURPOSE
