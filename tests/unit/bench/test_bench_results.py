"""The line that a benchmark prints."""

import json
from pathlib import Path

from bench.results import Result, percentile

RESULT = Result("webhook_turn@10000", 1080.4, "turns/cpu-s", 1 / 24, "bare", {"p99_ms": 12.34})


def test_a_line_names_value_unit_ratio_and_denominator() -> None:
    assert RESULT.line() == "webhook_turn@10000 1080 turns/cpu-s 1/24 bare  p99_ms=12.3"


def test_a_result_is_kept_under_its_name(tmp_path: Path) -> None:
    RESULT.write(tmp_path)

    kept = json.loads((tmp_path / "webhook_turn@10000.json").read_text())

    assert kept["value"] == 1080.4
    assert kept["beside"] == {"p99_ms": 12.34}


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile(list(range(1, 101)), 0.99) == 100
    assert percentile([7.0], 0.5) == 7.0
