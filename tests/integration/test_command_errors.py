"""What goes wrong with a command is told in one sentence, with its exit code."""

import base64
from pathlib import Path

import pytest

from tests.e2e.served import bijli

KEY = base64.b64encode(bytes(range(32))).decode()
NOBODY = "postgresql://nobody@127.0.0.1:1/none"


@pytest.mark.parametrize(
    ("words", "url", "code", "told"),
    [
        (("serve",), NOBODY, 1, "The database does not answer"),
        (("audit",), NOBODY, 1, "The database does not answer"),
        (("worker",), "sqlite:///{folder}/new.db", 1, "bijli migrate"),
        (("chat", "--channel", "fax"), NOBODY, 2, "whatsapp, sms or telegram"),
        (("collections", "export", "--date", "today"), NOBODY, 2, "2026-11-23"),
        (("nlu", "train", "--data", "{folder}/bad.yml"), NOBODY, 2, "cannot be read as YAML"),
        (("nlu", "eval", "{folder}/bad.tsv"), NOBODY, 2, "text<TAB>intent"),
        (("nlu", "parse", "--model", "{folder}"), NOBODY, 1, "bijli nlu train"),
    ],
)
def test_an_error_is_one_sentence(
    words: tuple[str, ...], url: str, code: int, told: str, tmp_path: Path
) -> None:
    (tmp_path / "bad.yml").write_text("nlu: [\n")
    (tmp_path / "bad.tsv").write_text("no tab here\n")
    env = {
        "BIJLI_DATABASE__URL": url.format(folder=tmp_path),
        "BIJLI_SECURITY__MASTER_KEY": KEY,
    }

    done = bijli(*(it.format(folder=tmp_path) for it in words), env=env)

    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unusable_moment_is_named() -> None:
    done = bijli("nlu", "parse", env={"BIJLI_NOW": "tomorrow"})

    assert done.returncode == 2
    assert done.stderr.startswith("BIJLI_NOW is tomorrow")
