"""What an entered code shows, and what it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.proof import gate
from bot.turn import Handler, Need, Turn
from models.deeds import EnterCode
from models.message import Reply
from tests.conversations.givens import world
from tests.fakes.records import THE_CODE
from tests.unit.handlers.turns import CONSUMER, K, a_turn


async def _nothing(turn: Turn) -> Reply:
    return Reply(())


@pytest.mark.parametrize("registered", [True, False])
async def test_a_code_that_went_to_whoever_asked_shows_nobody_s_connection(
    *, registered: bool
) -> None:
    mobile = ("is registered on a mobile that ends in 45",) if registered else ()
    made = world((CONSUMER, *mobile))
    handler = Handler("contact_update", _nothing, needs=Need.CODE)
    asked = a_turn(made, facts={"send": "yes"})
    sent = (await gate(handler, asked)).reply
    assert sent is not None
    made.records.do(made.person, sent.deeds, made.now)

    way = await gate(handler, replace(asked, facts={"send": "yes", "code": THE_CODE}))

    assert way.deeds == (EnterCode(1),)
    assert way.proven == (K if registered else None)
