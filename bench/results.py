"""What a benchmark found: one line for people, one JSON file for whoever compares."""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "results"

Fact = float | str | Sequence[float]


@dataclass(frozen=True, slots=True)
class Result:
    """A figure of ours beside the same figure of something bare, measured in the same run."""

    name: str  # with its size: webhook_turn@10000
    value: float
    unit: str
    ratio: float  # ours by the denominator's: 0.05 is a twentieth of its speed
    denominator: str
    beside: Mapping[str, Fact] = field(default_factory=dict)

    def line(self) -> str:
        """`name value unit ratio denominator`, then what stands beside it."""
        times = 1 / self.ratio
        digits = 0 if times >= 10 else 1 if times >= 2 else 2
        tail = " ".join(
            f"{name}={_short(fact)}"
            for name, fact in self.beside.items()
            if isinstance(fact, (int, float, str))
        )
        return (
            f"{self.name} {_short(self.value)} {self.unit} 1/{times:.{digits}f} {self.denominator}"
            f"  {tail}"
        ).rstrip()

    def write(self, folder: Path = FOLDER) -> None:
        """Keep it as JSON under its name."""
        folder.mkdir(parents=True, exist_ok=True)
        facts = {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "ratio": self.ratio,
            "denominator": self.denominator,
            "beside": dict(self.beside),
        }
        text = json.dumps(facts, indent=2, ensure_ascii=False) + "\n"
        (folder / f"{self.name}.json").write_text(text, encoding="utf-8")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies; 0.99 for the 99th percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def _short(fact: float | str) -> str:
    if isinstance(fact, str):
        return fact
    if abs(fact) >= 100:
        return f"{fact:.0f}"
    return f"{fact:.3g}"
