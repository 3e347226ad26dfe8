"""Answer, offer or refuse: whatever is likely to cost the person least."""

import pytest

from bot.nlu.decision import Costs, answer_at, offer_at
from bot.nlu.model import Certainty


def same(chance: float) -> float:
    return chance


def test_a_dearer_mistake_asks_for_more_certainty() -> None:
    assert answer_at(Costs(wrong=5, ask=2)) == pytest.approx(0.6)
    assert answer_at(Costs(wrong=20, ask=2)) == pytest.approx(0.9)


def test_where_answering_begins_it_costs_what_a_choice_costs() -> None:
    costs = Costs(wrong=7, ask=3)

    assert (1 - answer_at(costs)) * costs.wrong == pytest.approx(costs.ask)


def test_a_dear_refusal_is_avoided_by_offering_sooner() -> None:
    assert offer_at(Costs(ask=2, refuse=4), same) == pytest.approx(0.5)
    assert offer_at(Costs(ask=2, refuse=8), same) == pytest.approx(0.25)


def test_offering_never_begins_above_answering() -> None:
    assert offer_at(Costs(wrong=3, ask=2, refuse=2.1), same) == answer_at(Costs(wrong=3, ask=2))


def test_three_choices_hold_the_right_one_more_often_than_the_first_is_it() -> None:
    certainty = Certainty(3.0, -1.0, 0.0, offered_slope=1.0, offered_offset=0.5)

    assert offer_at(Costs(ask=2, refuse=5), certainty.sure_when_offered) < 0.4


def test_the_background_tells_against_every_intent() -> None:
    certainty = Certainty(3.0, -1.0, 0.0)

    assert certainty.of(0.5, 0.5) < certainty.of(0.5, -0.5)
    assert 0 < certainty.of(-99.0, 99.0) < certainty.of(99.0, -99.0) <= 1
