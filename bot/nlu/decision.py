"""When to answer, to offer or to refuse: whatever is likely to cost the person least."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

OFFERED: Final = 3  # likely wishes offered when we are not sure
_STEEP = 36.0  # odds beyond which a logistic curve is flat: 1 - 2e-16


@dataclass(frozen=True, slots=True)
class Costs:
    """What each mistake costs the person, in any unit; asking must cost least."""

    wrong: float = 5.0  # being answered what was not asked
    ask: float = 2.0  # a choice to make
    refuse: float = 5.0  # being told that we do not understand what we could have done


def answer_at(costs: Costs) -> float:
    """The probability from which answering costs no more than offering a choice.

    A wrong answer costs (1 - p) · wrong, a choice always ask.
    """
    return 1 - costs.ask / costs.wrong


def offer_at(costs: Costs, sure_when_offered: Callable[[float], float]) -> float:
    """The probability of the first guess from which offering costs no more than refusing.

    What is not among the choices is refused all the same, so a choice pays from where the chance
    that it is among them is ask/refuse; `sure_when_offered` says how sure the first guess is there.
    """
    return min(answer_at(costs), sure_when_offered(costs.ask / costs.refuse))


def logit(chance: float) -> float:
    """The logarithm of the odds."""
    return math.log(chance / (1 - chance))


def logistic(odds: float) -> float:
    """The probability with this logarithm of its odds, short of 0 and 1."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -_STEEP), _STEEP)))
