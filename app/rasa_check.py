"""Which model the Rasa server has, for `bijli doctor`."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass

from app.asking import connection_to
from app.rasa_model import data_name

_OK = 200


@dataclass(frozen=True, slots=True)
class RasaCheck:
    """What was found; `advice` where something is to be mended."""

    what: str
    advice: str = ""


def check_rasa(origin: str, patience: float) -> RasaCheck:
    """Ask a Rasa server for its model; waits at most `patience` seconds for each step."""
    meanwhile = "The embedded engine understands alone meanwhile."
    try:
        model = model_of(origin, patience)
    except (OSError, http.client.HTTPException) as error:
        return RasaCheck(
            f"nlu.engine is rasa, but {origin} does not answer: {error}",
            f"Start it (`make rasa`), or correct nlu.rasa_url. {meanwhile}",
        )
    except ValueError:
        return RasaCheck(
            f"nlu.engine is rasa, but {origin} is no Rasa server that says its model.",
            f"Start it with --enable-api (`make rasa` does). {meanwhile}",
        )
    if not model:
        return RasaCheck(
            f"Rasa at {origin} answers, but has no model.",
            f"Train one (`make rasa-model`) and start Rasa with it. {meanwhile}",
        )
    if not model.startswith(data_name()):
        return RasaCheck(
            f"Rasa at {origin} has the model {model}, which is not known to be of our "
            "data/intents.yml as it stands.",
            "Train it again with `make rasa-model`, which names a model by its messages, and "
            "start Rasa with that.",
        )
    return RasaCheck(f"Rasa at {origin} answers, with a model of our data/intents.yml.")


def model_of(origin: str, patience: float) -> str:
    """The file name of a server's model, empty without one; raises ValueError for an odd answer."""
    connection = connection_to(origin, patience)
    try:
        connection.request("GET", "/status")
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    status = json.loads(body) if answer.status == _OK else None
    if not isinstance(status, dict) or "model_file" not in status:
        raise ValueError("it says no model")
    return str(status["model_file"] or "")
