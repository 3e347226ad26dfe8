"""Tokens in links are ours, of one kind, and end in time."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest

from app.tokens import Tokens

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
OLD, NEW = bytes(range(32)), bytes(range(32, 64))
HIGHEST = 2**40 - 1


@pytest.mark.parametrize("number", [1, 4711, HIGHEST])
@pytest.mark.parametrize("expires", [None, NOW + timedelta(days=7)])
def test_a_token_says_what_it_was_made_for(number: int, expires: datetime | None) -> None:
    tokens = Tokens([NEW])

    token = tokens.make("e", number, expires)

    assert len(token) == 24
    assert tokens.read("e", token, NOW) == number


def test_a_token_of_another_kind_says_nothing() -> None:
    tokens = Tokens([NEW])

    assert tokens.read("u", tokens.make("e", 7, None), NOW) is None


def test_a_token_ends_at_its_time() -> None:
    tokens = Tokens([NEW])
    token = tokens.make("e", 7, NOW + timedelta(days=7))

    assert tokens.read("e", token, NOW + timedelta(days=7, seconds=-1)) == 7
    assert tokens.read("e", token, NOW + timedelta(days=7)) is None


def test_one_without_an_end_is_good_for_ever() -> None:
    tokens = Tokens([NEW])

    assert tokens.read("u", tokens.make("u", 7, None), NOW + timedelta(days=36_500)) == 7


def test_no_letter_of_a_token_can_be_changed() -> None:
    tokens = Tokens([NEW])
    token = tokens.make("u", 7, None)

    changed = [
        f"{token[:at]}{'A' if letter != 'A' else 'B'}{token[at + 1 :]}"
        for at, letter in enumerate(token)
    ]

    assert [it for it in changed if tokens.read("u", it, NOW) is not None] == []


def test_what_another_key_made_is_not_ours() -> None:
    assert Tokens([NEW]).read("u", Tokens([OLD]).make("u", 7, None), NOW) is None


def test_an_older_master_key_is_still_understood() -> None:
    token = Tokens([OLD]).make("u", 7, None)

    assert Tokens([NEW, OLD]).read("u", token, NOW) == 7


@pytest.mark.parametrize(
    "token",
    ["", "a", "é" * 24, "A" * 24, "A" * 23, "A" * 25, " " * 24, "A" * 22 + "==", "A" * 23 + "\n"],
)
def test_rubbish_says_nothing(token: str) -> None:
    assert Tokens([NEW]).read("u", token, NOW) is None


def test_a_token_with_something_between_its_letters_is_none() -> None:
    token = Tokens([NEW]).make("u", 7, None)

    assert Tokens([NEW]).read("u", f"{token[:12]}.{token[12:]}", NOW) is None


def test_a_seal_of_nothing_is_no_seal() -> None:
    forged = urlsafe_b64encode((7).to_bytes(5) + bytes(13)).decode()

    assert Tokens([NEW]).read("u", forged, NOW) is None
