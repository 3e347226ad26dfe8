"""The understanding that transcripts run through."""

import pytest

from bot.nlu.result import Understanding
from bot.nlu.train import train
from bot.nlu.understand import ModelMissing, ModelStale, load
from tests.house.house import ROOT

DATA = ROOT / "data" / "intents.yml"
TRAINED = ROOT / "var" / "nlu"


@pytest.fixture(scope="session")
def understanding(tmp_path_factory: pytest.TempPathFactory) -> Understanding:
    """The trained model of this tree; trained here where there is none that fits."""
    try:
        return load(TRAINED, DATA)
    except (ModelMissing, ModelStale):
        folder = tmp_path_factory.mktemp("nlu")
        train(DATA, folder)
        return load(folder, DATA)
