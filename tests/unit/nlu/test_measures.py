"""The figures by which understanding is judged, on answers whose figures are known."""

from pathlib import Path

import pytest
from PIL import Image

from app.nlu_chart import draw
from bot.nlu.evaluate import leave_batches_out
from bot.nlu.examples import Example, UnusableExamples
from bot.nlu.measures import Answer, report


def wish(confidence: float, *, right: bool = True) -> Answer:
    first = "bill_view" if right else "bill_pay"
    took = first if confidence >= 0.5 else "out_of_scope"
    return Answer("bill_view", took, first, confidence, "hi")


def background(confidence: float) -> Answer:
    took = "bill_view" if confidence >= 0.5 else "out_of_scope"
    return Answer("out_of_scope", took, "bill_view", confidence, "en")


ANSWERS = [wish(0.95), wish(0.85), wish(0.75, right=False), wish(0.25)]
OTHERS = [background(0.05), background(0.35)]


def test_refusing_counts_as_out_of_scope() -> None:
    found = report([*ANSWERS, *OTHERS])

    assert found.accuracy == pytest.approx(4 / 6)
    assert found.refused == pytest.approx(3 / 6)
    assert found.by_language == (("en", 1.0, 2), ("hi", 0.5, 4))
    assert found.confusions == (("bill_view", "bill_pay", 1), ("bill_view", "out_of_scope", 1))
    assert found.macro_f1 == pytest.approx((2 * 2 / (4 + 2) + 2 * 2 / (2 + 3)) / 2)


def test_calibration_error_is_the_gap_between_sure_and_right() -> None:
    assert report([wish(0.75, right=False)] * 4).calibration_error == pytest.approx(0.75)
    assert report([wish(0.75)] * 3 + [wish(0.75, right=False)]).calibration_error == 0


def test_background_surer_than_a_wish_costs_area() -> None:
    found = report([*ANSWERS, *OTHERS])

    assert found.auroc == pytest.approx(7 / 8)  # of eight pairs one is the wrong way round
    assert found.refused_at(1.0) == 0.5
    assert found.refused_at(0.75) == 1.0


def test_equals_count_half() -> None:
    assert report([wish(0.5), background(0.5)]).auroc == pytest.approx(0.5)


def test_without_background_there_is_no_curve() -> None:
    found = report(ANSWERS)

    assert found.auroc is None
    assert found.cuts == ()
    assert "AUROC" not in str(found)


def test_danger_is_told_of_by_itself() -> None:
    seen = Answer("safety_hazard", "safety_hazard", "safety_hazard", 0.9, "hi")
    missed = Answer("safety_hazard", "outage_report", "outage_report", 0.9, "hi")

    found = report([seen, missed])

    assert found.danger == (0.5, 2)
    assert "safety_hazard recall  0.500  of 2" in str(found)


@pytest.mark.parametrize(("others", "wide"), [(OTHERS, 1280), ([], 640)])
def test_the_picture_has_a_chart_for_each_curve(
    tmp_path: Path, others: list[Answer], wide: int
) -> None:
    draw(report([*ANSWERS, *others]), tmp_path / "eval.png")

    with Image.open(tmp_path / "eval.png") as picture:
        assert (picture.format, picture.width) == ("PNG", wide)


SAID = {"pizza": "bring me a pizza", "table": "book a table", "out_of_scope": "what is the time"}


def test_each_batch_is_answered_by_a_model_that_never_saw_it() -> None:
    examples = [
        Example(f"{text} {word}", intent, "en", batch)
        for batch, words in {"a": "now please", "b": "today sir", "c": "quickly thanks"}.items()
        for word in words.split()
        for intent, text in SAID.items()
    ]

    found = leave_batches_out(examples)

    assert found.messages == len(examples)
    assert found.auroc == 1.0


def test_batches_are_needed_to_be_left_out() -> None:
    with pytest.raises(UnusableExamples, match="name no batches"):
        leave_batches_out([Example("pizza", "pizza", "", ""), Example("table", "table", "", "")])
