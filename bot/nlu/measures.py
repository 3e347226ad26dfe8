"""How good answers were: right, sure of it, and able to say no."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.nlu.model import BACKGROUND
from bot.nlu.safety import SAFETY

KEPT = (0.99, 0.97, 0.95, 0.9, 0.85, 0.8)  # of real wishes, where the rejection curve is told
_USUAL = 0.95
_BINS = 10
_MOST_SHOWN = 10  # confusions worth reading at once


@dataclass(frozen=True, slots=True)
class Answer:
    """A labelled message and what it was taken for; refused is `out_of_scope`."""

    was: str
    took: str
    first: str  # the likeliest intent of ours, refused or not
    confidence: float  # that the first is right
    language: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers about equally sure."""

    confidence: float  # mean
    right: float  # share
    messages: int


@dataclass(frozen=True, slots=True)
class Cut:
    """One place to draw the line between ours and not ours."""

    threshold: float
    kept: float  # share of real wishes
    refused: float  # share of background


@dataclass(frozen=True, slots=True)
class Report:
    """What came of it."""

    messages: int
    accuracy: float  # over all intents, the background among them
    macro_f1: float
    refused: float  # share of all messages
    by_language: tuple[tuple[str, float, int], ...]  # language, accuracy, messages
    bins: tuple[Bin, ...]
    calibration_error: float  # expected: |confidence - share right|, weighed by messages
    cuts: tuple[Cut, ...]  # from keeping everything on; empty without wishes or background
    auroc: float | None  # how well confidence tells a wish from background
    danger: tuple[float, int] | None  # share of dangers recognised, and how many there were
    confusions: tuple[tuple[str, str, int], ...]  # what it was, what we took it for, how often

    def refused_at(self, kept: float) -> float:
        """The share of background refused where so much of the wishes is kept."""
        return max((cut.refused for cut in self.cuts if cut.kept >= kept), default=0.0)

    def __str__(self) -> str:
        """The report as people read it."""
        lines = [
            f"{self.messages} messages",
            f"accuracy           {self.accuracy:.3f}",
            f"macro F1           {self.macro_f1:.3f}",
            f"refused            {self.refused:.3f}",
            f"calibration error  {self.calibration_error:.3f}",
        ]
        if self.danger is not None:
            lines.append(f"{SAFETY} recall  {self.danger[0]:.3f}  of {self.danger[1]}")
        lines += ["by language:"]
        lines += [
            f"  {name or 'none':8} {share:.3f}  of {n}" for name, share, n in self.by_language
        ]
        if self.auroc is not None:
            lines += [
                f"telling wishes from background (AUROC)  {self.auroc:.3f}",
                f"background refused at 95 % kept         {self.refused_at(_USUAL):.3f}",
                "  kept   refused",
                *(f"  {kept:.2f}   {self.refused_at(kept):.3f}" for kept in KEPT),
            ]
        if self.confusions:
            lines.append("most often mistaken:")
            lines += [f"  {n:3}  {was} taken for {took}" for was, took, n in self.confusions]
        return "\n".join(lines)


def report(answers: Sequence[Answer]) -> Report:
    """Sum up at least one answer."""
    languages: defaultdict[str, list[bool]] = defaultdict(list)
    for it in answers:
        languages[it.language].append(it.was == it.took)
    dangers = [it.took == SAFETY for it in answers if it.was == SAFETY]
    wrong = Counter((it.was, it.took) for it in answers if it.was != it.took)
    bins = _bins(answers)
    cuts = _cuts(answers)
    return Report(
        messages=len(answers),
        accuracy=sum(it.was == it.took for it in answers) / len(answers),
        macro_f1=_macro_f1(answers),
        refused=sum(it.took == BACKGROUND for it in answers) / len(answers),
        by_language=tuple((k, sum(v) / len(v), len(v)) for k, v in sorted(languages.items())),
        bins=bins,
        calibration_error=sum(abs(it.confidence - it.right) * it.messages for it in bins)
        / len(answers),
        cuts=cuts,
        auroc=_area(cuts) if cuts else None,
        danger=(sum(dangers) / len(dangers), len(dangers)) if dangers else None,
        confusions=tuple((was, took, n) for (was, took), n in wrong.most_common(_MOST_SHOWN)),
    )


def _macro_f1(answers: Sequence[Answer]) -> float:
    """The mean of F1 over the intents that were asked for."""
    asked = Counter(it.was for it in answers)
    taken = Counter(it.took for it in answers)
    hits = Counter(it.was for it in answers if it.was == it.took)
    return sum(2 * hits[name] / (asked[name] + taken[name]) for name in asked) / len(asked)


def _bins(answers: Sequence[Answer]) -> tuple[Bin, ...]:
    """The answers by tenths of confidence, those that are empty left out."""
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for it in answers:
        found[min(int(it.confidence * _BINS), _BINS - 1)].append(it)
    return tuple(
        Bin(
            sum(it.confidence for it in those) / len(those),
            sum(it.first == it.was for it in those) / len(those),
            len(those),
        )
        for _, those in sorted(found.items())
    )


def _cuts(answers: Sequence[Answer]) -> tuple[Cut, ...]:
    """Every threshold that changes anything, from nothing refused to everything."""
    wishes = sum(it.was != BACKGROUND for it in answers)
    others = len(answers) - wishes
    if not wishes or not others:
        return ()
    cuts = [Cut(0.0, 1.0, 0.0)]
    lost = refused = 0
    rising = sorted(answers, key=lambda it: it.confidence)
    for place, it in enumerate(rising):
        if it.was == BACKGROUND:
            refused += 1
        else:
            lost += 1
        following = rising[place + 1].confidence if place + 1 < len(rising) else 1.0
        if following > it.confidence or place + 1 == len(rising):
            cuts.append(Cut(following, 1 - lost / wishes, refused / others))
    return tuple(cuts)


def _area(cuts: Sequence[Cut]) -> float:
    """The area under the rejection curve: 1 where every wish is surer than any background."""
    return sum((b.refused - a.refused) * (a.kept + b.kept) / 2 for a, b in pairwise(cuts))
