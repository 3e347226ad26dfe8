"""The configured company: who speaks, and which number to call."""

from __future__ import annotations

from pathlib import Path

import yaml

from models.errors import Misconfigured
from models.words import Name
from voice.voice import Company

DISCOMS = Path(__file__).parents[1] / "data" / "discom"


def company(discom: str) -> Company:
    """The company with this folder in `data/discom/`; `Misconfigured` where there is none."""
    file = DISCOMS / discom / "about.yml"
    try:
        about = yaml.safe_load(file.read_text("utf-8"))
    except OSError as error:
        raise Misconfigured(f"There is no company {discom}: {file} cannot be read.") from error
    return Company(about["brand"], Name(about["name"], about["name_hi"]), about["helpline"])
