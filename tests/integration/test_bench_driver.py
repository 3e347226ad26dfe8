"""The driver of the benchmarks, against the bare program that they compare with."""

import itertools
import sys
from pathlib import Path

import pytest

from bench.driver import Driver, Unanswered
from bench.house import free_port, listening
from bench.processes import Program
from bench.questions import questions
from bench.rounds import one_round

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the benchmarks need uvloop")


async def test_every_question_is_answered_once(tmp_path: Path) -> None:
    port = free_port()
    program = Program((sys.executable, "-m", "bench.bare", str(port)), {}, tmp_path / "log")

    async with listening(program, port) as bare:
        driver = Driver(port, None)
        asking = questions(bare.url, 10_000, "t")
        round_ = await one_round(driver, bare, asking, 500)
        at_rate = await driver.at_rate(asking, 500.0, lambda passed: passed > 0.2)

    assert len(round_.times) == 500
    assert round_.cpu > 0
    assert len(at_rate) > 50


async def test_a_refusal_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    port = free_port()
    program = Program((sys.executable, "-m", "bench.bare", str(port)), {}, tmp_path / "log")

    async with listening(program, port) as bare:
        (question,) = itertools.islice(questions(bare.url, 10_000, "t"), 1)
        elsewhere = question.request.replace(b"/webhooks/twilio/whatsapp", b"/elsewhere")
        broken = type(question)(elsewhere, question.sender, question.owed)

        with pytest.raises(ExceptionGroup) as failed:
            await Driver(port, None).in_flight([broken])

    assert failed.group_contains(Unanswered, match="404")
