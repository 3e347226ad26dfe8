"""Whoever reads a setting's name can read what it does."""

from collections.abc import Iterator
from typing import Annotated, get_args

from pydantic import BaseModel

from app.settings import Settings


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The settings models that a field's type leads to, through unions, lists and maps."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def undescribed(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """The keys below a model that say nothing about themselves."""
    for name, field in model.model_fields.items():
        key = f"{path}{field.alias or name}"
        if not field.description:
            yield key
        for inner in models_in(field.annotation):
            yield from undescribed(inner, f"{key}.")


def test_every_setting_says_what_it_does() -> None:
    silent = sorted(set(undescribed(Settings)))

    assert not silent, f"Give these a description in their settings model: {silent}"


def test_a_key_without_description_is_found_however_deep() -> None:
    class Inner(BaseModel):
        key: str

    class Outer(BaseModel):
        by_name: dict[str, Annotated[Inner | None, "a gateway"]]

    assert list(undescribed(Outer)) == ["by_name", "by_name.key"]
