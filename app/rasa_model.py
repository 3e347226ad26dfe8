"""What a Rasa model is called: by what it was trained on. `python -m app.rasa_model` prints it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "config.yml"
INTENTS = ROOT / "data" / "intents.yml"
_KEYS = ("recipe", "assistant_id", "language", "pipeline")  # Rasa's own, in config.yml
_SHOWN = 12  # digits of a hash: enough to tell two apart


def model_name(config: Path = CONFIG, data: Path = INTENTS) -> str:
    """The name for a model of these messages and this pipeline; either's change makes another."""
    read = yaml.safe_load(config.read_text(encoding="utf-8"))
    pipeline = json.dumps({key: read.get(key) for key in _KEYS}, sort_keys=True)
    return f"{data_name(data)}-pipeline-{_short(pipeline.encode())}"


def data_name(data: Path = INTENTS) -> str:
    """How the name of every model of these messages begins."""
    return f"intents-{_short(data.read_bytes())}"


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_SHOWN]


if __name__ == "__main__":
    print(model_name())
