"""Language, help and danger."""

import pytest

from bot.handlers import HANDLERS
from bot.handlers.language import change_language
from bot.handlers.safety import warn
from bot.turn import Need
from tests.conversations.givens import World
from tests.unit.handlers.turns import a_turn


@pytest.mark.parametrize(
    ("text", "facts", "then"),
    [
        ("HINDI", {"language": "hi"}, "language:hi"),
        ("HINGLISH", {"language": "hi-Latn"}, "language:hi-Latn"),
        ("speak in english please", {}, "language:en"),
        ("हिंदी में बात करो", {}, "language:hi"),
    ],
)
async def test_a_language_that_is_named_is_settled(
    text: str, facts: dict[str, str], then: str
) -> None:
    reply = await change_language(a_turn(World(), text, facts=facts))

    assert reply.then == then


async def test_where_no_language_is_named_three_are_offered() -> None:
    reply = await change_language(a_turn(World(), "another language"))

    assert [it.key for it in reply.options] == [
        "language_change:language=hi",
        "language_change:language=hi-Latn",
        "language_change:language=en",
    ]


async def test_danger_needs_no_k_number_and_offers_no_menu() -> None:
    reply = await warn(a_turn(World(), "तार टूट गया"))

    assert HANDLERS["safety_hazard"].needs is Need.NOTHING
    assert not reply.options


def test_whatever_is_about_money_needs_a_k_number() -> None:
    asking = {name for name, handler in HANDLERS.items() if handler.needs.k_number}

    assert asking >= {name for name in HANDLERS if name.startswith(("bill_", "payment_"))}
