"""The settings' page and `config.yml` speak of every setting, as it is."""

from pathlib import Path

from app.configuration import is_secret, keys, read_yaml
from app.settings import RASA_KEYS, ROOT, Settings, load_settings
from app.settings_page import PAGE, page


def test_the_page_of_settings_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run: python -m app.settings_page"


def test_the_page_names_every_key() -> None:
    text = page()

    missing = [".".join(path) for path, _ in keys(Settings) if f"`{'.'.join(path)}`" not in text]

    assert not missing


def test_config_yml_holds_every_key_that_is_no_secret() -> None:
    lines = (ROOT / "config.yml").read_text(encoding="utf-8").splitlines()
    names = {line.split(":")[0].strip() for line in lines}

    missing = [
        ".".join(path)
        for path, annotation in keys(Settings)
        if not is_secret(annotation) and "NAME" not in path and path[-1] not in names
    ]

    assert not missing


def test_config_yml_says_nothing_but_the_defaults(tmp_path: Path) -> None:
    text = (ROOT / "config.yml").read_text(encoding="utf-8")
    empty = tmp_path / "config.yml"
    empty.touch()

    said = Settings.model_validate(read_yaml(text, "config.yml", Settings, RASA_KEYS).tree)

    assert said == Settings()
    assert load_settings({"BIJLI_CONFIG": str(empty)}).pace == said.pace
