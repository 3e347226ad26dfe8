"""A message means the same in Latin and in Devanagari letters."""

from datetime import datetime
from pathlib import Path

from bot.handlers import HANDLERS
from bot.nlu.understand import Understander

TABLE = Path(__file__).parent / "pairs.tsv"
PAIRS = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
LEAST = 0.97
NOT_SAID = {"missed_call"}  # a call has no words


def test_nearly_every_message_is_the_same_wish_in_both_scripts(
    understander: Understander, now: datetime
) -> None:
    apart = [
        (latin, devanagari)
        for latin, devanagari, _ in PAIRS
        if understander.understand(latin, now).intent
        != understander.understand(devanagari, now).intent
    ]

    assert len(apart) <= (1 - LEAST) * len(PAIRS), apart


def test_there_are_pairs_for_every_wish_that_is_answered() -> None:
    assert len(PAIRS) >= 170
    assert HANDLERS.keys() - NOT_SAID <= {intent for _, _, intent in PAIRS}
