"""What people can want and what we answer are the same list."""

import yaml

from bot.handlers import HANDLERS
from bot.router import OWN
from tests.house.house import ROOT

REFUSED = "out_of_scope"  # the background of the classifier: the fallback answers it

BY_KEY = {  # handlers that nobody asks for in words, with how they are reached
    "privacy": "the keyword PRIVACY; who writes a sentence about it wants their data deleted",
    "missed_call": "a missed call comes as a key, with what the number is for",
}


def intents() -> set[str]:
    """The names in the training data."""
    data = yaml.safe_load((ROOT / "data/intents.yml").read_text(encoding="utf-8"))
    return {entry["intent"] for entry in data["nlu"] if "intent" in entry}


def test_every_intent_has_a_handler() -> None:
    silent = intents() - set(HANDLERS) - OWN - {REFUSED}

    assert not silent, (
        "People ask for these and nobody answers; write a handler in bot/handlers/ and name it "
        f"in bot/handlers/__init__.py: {sorted(silent)}"
    )


def test_every_handler_has_an_intent() -> None:
    unasked = set(HANDLERS) - intents() - set(BY_KEY)

    assert not unasked, (
        f"Nobody can ask for these; give them examples in data/intents.yml: {sorted(unasked)}"
    )


def test_a_handler_is_listed_under_its_own_intent() -> None:
    wrong = {name: handler.intent for name, handler in HANDLERS.items() if handler.intent != name}

    assert not wrong, f"bot/handlers/__init__.py lists these under another name: {wrong}"
