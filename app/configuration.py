"""Where a setting comes from: a tree of keys out of a YAML text and the environment.

Nothing here reads a file or the environment; `app/settings.py` does, and hands over what it read.
"""

from __future__ import annotations

import difflib
import json
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NewType, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from app.usage import Unusable

PREFIX = "BIJLI_"
SPECIAL = frozenset({"BIJLI_NOW", "BIJLI_CONFIG"})
FILE = "_FILE"

Secret = NewType("Secret", str)
"""What must not stand in a file, nor show in a log."""

M = TypeVar("M", bound=BaseModel)
Path = tuple[str, ...]
Tree = dict[str, Any]


class SettingsError(Unusable):
    """A setting is wrong."""


@dataclass(slots=True)
class Configuration:
    """A tree of values, and the place each came from, for the sentence when one is wrong."""

    tree: Tree = field(default_factory=dict)
    places: dict[Path, str] = field(default_factory=dict)

    def put(self, path: Path, value: object, place: str) -> None:
        """Set a value, making the sections on the way; maps are united."""
        here = self.tree
        for name in path[:-1]:
            below = here.get(name)
            if not isinstance(below, dict):
                below = here[name] = {}
            here = below
        old = here.get(path[-1])
        if isinstance(value, dict) and isinstance(old, dict):
            value = _united(old, value)
        here[path[-1]] = value
        self.places[path] = place

    def place(self, path: Path) -> str:
        """Where a key was given: a variable or the file; empty for a section of several keys."""
        value: object = self.tree
        for length in range(len(path) + 1):
            if path[:length] in self.places and length:
                return self.places[path[:length]]
            if length < len(path):
                value = value.get(path[length]) if isinstance(value, dict) else value
        return "" if isinstance(value, dict) else self.places.get((), "")


class _Loader(yaml.SafeLoader):
    """YAML in which +919829012345 is a text, not a number without its plus."""


_Loader.yaml_implicit_resolvers = {
    first: list(resolvers)
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first != "+"
}


def read_yaml(text: str, place: str, model: type[BaseModel], apart: Iterable[str]) -> Configuration:
    """The tree of a configuration file, without the keys `apart` that belong to another program.

    Raises `SettingsError` for what is no YAML, for an unknown key and for a secret.
    """
    try:
        read = yaml.load(text, _Loader)  # noqa: S506 -- a SafeLoader that knows less
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where is not None else ""
        raise SettingsError(f"{place}{line} is not YAML; look at the indentation there.") from error
    if not isinstance(read or {}, dict):
        raise SettingsError(f"{place} is not a map of settings.")
    tree = {key: value for key, value in (read or {}).items() if key not in set(apart)}
    _check(tree, model, (), place)
    return Configuration(_without_nothing(tree), {(): place})


def add_environment(
    configuration: Configuration,
    environ: Mapping[str, str],
    model: type[BaseModel],
    read_file: Callable[[str], str],
) -> None:
    """Lay the variables that begin with BIJLI_ over a tree.

    Raises `SettingsError` for an unknown name. A name that ends in `_FILE` gives the file to read
    its value from.
    """
    found = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name in SPECIAL:
            continue
        key = _find(name, model)
        value = environ[name].strip()
        if key is None and name.endswith(FILE):
            key = _find(name.removesuffix(FILE), model)
            if key is None:
                continue
            value = read_file(value).strip() if value else ""
        if key is None:
            raise SettingsError(f"{name} is not a setting.{_did_you_mean(name, model)}")
        if value:
            found.append((key, value, name))
    # Sections given whole come before what is said about a key inside them.
    for (path, annotation), value, name in sorted(found, key=lambda it: len(it[0][0])):
        configuration.put(path, _value(value, annotation, name), name)


def build(model: type[M], configuration: Configuration) -> M:
    """The settings; raises `SettingsError` naming the key that is wrong and where it stands."""
    try:
        return model.model_validate(configuration.tree)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        path = tuple(str(part) for part in first["loc"])
        key = ".".join(path)
        if first["type"] == "missing":
            raise SettingsError(f"{key} is missing.") from None
        what = first["msg"].removeprefix("Value error, ").rstrip(".")
        if first["type"] in {"model_type", "mapping_type", "dict_type"}:
            what = "it should be a map"
        what = what.replace("Input should", "it should", 1)
        place = configuration.place(path)
        named = f"{key} ({place}) is wrong: " if place else ""
        raise SettingsError(f"{named}{what}.") from None


def keys(model: type[BaseModel], path: Path = ()) -> Iterable[tuple[Path, Any]]:
    """Every key below a model with its annotation; NAME stands for the names of a map."""
    for name, annotation in _fields(model).items():
        here = (*path, name)
        section, of_names = section_of(annotation)
        if section is None:
            yield here, annotation
        else:
            yield from keys(section, (*here, "NAME") if of_names else here)


def variable(path: Path) -> str:
    """The environment's name for a key."""
    return PREFIX + "__".join(path).upper()


def is_secret(annotation: object) -> bool:
    """Whether a key holds a secret, or a list of them."""
    return annotation is Secret or any(is_secret(part) for part in get_args(annotation))


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {it.alias or name: it.annotation for name, it in model.model_fields.items()}


def section_of(annotation: object) -> tuple[type[BaseModel] | None, bool]:
    """The model behind an annotation, and whether it stands behind names in a map."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        for part in get_args(annotation):
            found = section_of(part)
            if found[0] is not None:
                return found
    if origin in {dict, Mapping}:
        section, _ = section_of(get_args(annotation)[1])
        return section, section is not None
    return None, False


def _find(name: str, model: type[BaseModel]) -> tuple[Path, Any] | None:
    """The path and annotation a variable speaks of; sections and maps may be given whole."""
    if not name.isupper():
        return None
    parts = name.removeprefix(PREFIX).lower().split("__")
    here: type[BaseModel] | None = model
    annotation: Any = model
    named = False
    for part in parts:
        if named and part:  # the name of a map's entry; its section comes next
            named = False
            annotation = here
            continue
        if here is None or part not in _fields(here):
            return None
        annotation = _fields(here)[part]
        here, named = section_of(annotation)
    return tuple(parts), annotation


def _value(text: str, annotation: object, name: str) -> object:
    if is_secret(annotation) and section_of(annotation)[0] is None:
        if get_origin(annotation) is None:
            return text
        return [part.strip() for part in text.split(",") if part.strip()]
    if section_of(annotation)[0] is None and not _holds_many(annotation):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise SettingsError(
            f"{name} is wrong: a map or a list is written as JSON there."
        ) from error


def _holds_many(annotation: object) -> bool:
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        return any(_holds_many(part) for part in get_args(annotation))
    return origin in {dict, Mapping, list, tuple}


def _check(tree: Mapping[Any, Any], model: type[BaseModel], path: Path, place: str) -> None:
    """Refuse unknown keys and secrets in a file."""
    known = _fields(model)
    for key, value in tree.items():
        here = (*path, str(key))
        dotted = ".".join(here)
        if key not in known:
            close = difflib.get_close_matches(str(key), known, 1)
            hint = f" Did you mean {'.'.join((*path, close[0]))}?" if close else ""
            raise SettingsError(f"{dotted} in {place} is not a setting.{hint}")
        section, of_names = section_of(known[key])
        if section is None:
            if is_secret(known[key]) and value is not None:
                raise SettingsError(
                    f"{dotted} is a secret and must not stand in {place}: "
                    f"set {variable(here)} or {variable(here)}{FILE} instead."
                )
        elif isinstance(value, dict):
            entries = value.items() if of_names else [(None, value)]
            for entry, below in entries:
                if isinstance(below, dict):
                    _check(below, section, here if entry is None else (*here, str(entry)), place)


def _did_you_mean(name: str, model: type[BaseModel]) -> str:
    names = [variable(path) for path, _ in keys(model)]
    close = difflib.get_close_matches(name, names, 1, 0.8)
    return f" Did you mean {close[0]}?" if close else ""


def _without_nothing(tree: Tree) -> Tree:
    """A key without a value means the default."""
    return {
        key: _without_nothing(value) if isinstance(value, dict) else value
        for key, value in tree.items()
        if value is not None
    }


def _united(old: Tree, new: Tree) -> Tree:
    return old | {
        key: _united(old[key], value)
        if isinstance(value, dict) and isinstance(old.get(key), dict)
        else value
        for key, value in new.items()
    }
