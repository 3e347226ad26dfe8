"""How Rasa is switched on, what its models are called, and what the doctor says of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pydantic import ValidationError

from app.rasa import RasaServer, rasa_server
from app.rasa_check import check_rasa
from app.rasa_model import CONFIG, INTENTS, ROOT, data_name, model_name
from app.settings import Settings
from app.wiring import understanding
from bot.nlu.rasa import RasaUnderstanding
from bot.nlu.understand import Understander

KEY = base64.b64encode(b"k" * 32).decode()
HERE = "http://127.0.0.1:5005"


def settings(**nlu: object) -> Settings:
    return Settings.model_validate({"security": {"master_key": KEY}, "nlu": nlu})


@contextmanager
def answering(body: bytes, status: int = 200) -> Iterator[str]:
    """Somebody who gives one answer to whatever is asked."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def status(model: str | None) -> bytes:
    """What Rasa says of itself."""
    return json.dumps(
        {"model_file": model, "model_id": "4f3a", "num_active_training_jobs": 0}
    ).encode()


@pytest.mark.parametrize(
    "url",
    [
        "http://rasa.example.org:5005",
        "ftp://127.0.0.1",
        "https://u:p@rasa.example.org",
        "rasa:5005",
    ],
)
def test_messages_do_not_leave_in_the_clear(url: str) -> None:
    with pytest.raises(ValidationError, match="rasa_url"):
        settings(engine="rasa", rasa_url=url)


@pytest.mark.parametrize("url", [HERE, "http://[::1]:5005", "https://rasa.example.org"])
def test_rasa_is_asked_where_the_settings_say(url: str) -> None:
    assert rasa_server(settings(engine="rasa", rasa_url=url)) is not None


def test_an_address_alone_switches_nothing_on() -> None:
    assert rasa_server(settings(rasa_url=HERE)) is None


def test_with_a_server_the_embedded_engine_stands_behind_rasa() -> None:
    wanted = settings(engine="rasa", rasa_url=HERE, model_dir=ROOT / "var" / "nlu")

    assert isinstance(understanding(wanted, RasaServer(HERE)), RasaUnderstanding)
    assert isinstance(understanding(wanted, None), Understander)


def test_other_messages_or_another_pipeline_make_another_model(tmp_path: Path) -> None:
    data, config = tmp_path / "intents.yml", tmp_path / "config.yml"
    data.write_bytes(INTENTS.read_bytes() + b"# more\n")
    config.write_text(CONFIG.read_text(encoding="utf-8").replace("max_iter: 300", "max_iter: 9"))

    assert model_name(CONFIG, data) != model_name()
    assert model_name(config) != model_name()
    assert model_name(config).startswith(data_name())


def test_a_setting_of_ours_makes_no_other_model(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text(CONFIG.read_text(encoding="utf-8").replace("port: 8080", "port: 80"))

    assert model_name(config) == model_name()


def test_a_model_of_our_messages_is_fine() -> None:
    with answering(status(f"{model_name()}.tar.gz")) as origin:
        found = check_rasa(origin, 5)

    assert not found.advice
    assert found.what == f"Rasa at {origin} answers, with a model of our data/intents.yml."


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (status("nlu.tar.gz"), 200, "not known to be of our"),
        (
            status("intents-000000000000-pipeline-000000000000.tar.gz"),
            200,
            "not known to be of our",
        ),
        (status(None), 200, "has no model"),
        (b"<html>Hello</html>", 200, "is no Rasa server"),
        (b"{}", 200, "is no Rasa server"),
        (b"[]", 200, "is no Rasa server"),
        (b"Not Found", 404, "is no Rasa server"),
    ],
)
def test_anything_else_is_told_with_what_to_do(body: bytes, code: int, said: str) -> None:
    with answering(body, code) as origin:
        found = check_rasa(origin, 5)

    assert said in found.what
    assert "make rasa" in found.advice


def test_a_server_that_is_down_is_told_with_what_to_do() -> None:
    found = check_rasa("http://127.0.0.1:9", 5)

    assert "http://127.0.0.1:9 does not answer" in found.what
    assert "make rasa" in found.advice
