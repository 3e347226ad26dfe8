"""A model trained once, and a moment that stands still."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.nlu.train import train
from bot.nlu.understand import Understander, load

DATA = Path(__file__).parents[3] / "data" / "intents.yml"


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA


@pytest.fixture(scope="session")
def model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nlu")
    train(DATA, folder)
    return folder


@pytest.fixture(scope="session")
def understander(model_dir: Path) -> Understander:
    return load(model_dir, DATA)


@pytest.fixture
def now() -> datetime:
    """A Monday afternoon in India."""
    return datetime(2026, 11, 23, 10, tzinfo=UTC)
