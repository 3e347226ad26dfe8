"""The sentences of one language, read from its `.ftl` files and made ready to be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fluent.syntax import ast

from models.errors import Permanent
from voice.reading import read

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle


class Unsayable(Permanent):
    """A sentence does not exist in a language, or a fact it tells is missing."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A sentence made ready: the facts it tells, and its `%` template where that is enough."""

    needs: tuple[str, ...]
    template: str | None


class Sentences:
    """Every sentence of one language, by name.

    Most are words and facts in a row: for them one `%` does what Fluent does. What chooses among
    words, such as a plural, goes through Fluent itself, which is loaded only where it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.tag = folder.name
        self._messages: dict[str, ast.Message] = {}
        self._resources = [self._read(path) for path in sorted(folder.glob("*.ftl"))]
        self._patterns: dict[str, _Pattern] = {}

    def _read(self, path: Path) -> ast.Resource:
        resource = read(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise Unsayable(f"{path} is not Fluent here: {(entry.content or '').strip()}")
            if isinstance(entry, ast.Message):
                if entry.id.name in self._messages:
                    raise Unsayable(f"{path} says {entry.id.name} a second time.")
                self._messages[entry.id.name] = entry
        return resource

    def __contains__(self, name: str) -> bool:
        return name in self._messages

    def names(self) -> frozenset[str]:
        """The names of all sentences."""
        return frozenset(self._messages)

    def facts(self, name: str) -> tuple[str, ...]:
        """The facts a sentence tells, those of sentences within it included.

        Raises `Unsayable` when there is no such sentence.
        """
        return self._pattern(name).needs

    def chooses(self, name: str) -> bool:
        """Whether a sentence chooses among words, as between one and many."""
        return self._pattern(name).template is None

    def words(self, name: str, facts: Mapping[str, str | int]) -> str:
        """The sentence with its facts; raises `Unsayable` when it or one of them is missing."""
        template = self._pattern(name).template
        if template is None:
            return self._resolved(name, facts)
        try:
            return template % facts
        except KeyError as missing:
            raise Unsayable(f"{name} ({self.tag}) was not told its fact {missing}.") from None

    def _pattern(self, name: str) -> _Pattern:
        try:
            return self._patterns[name]
        except KeyError:
            if name not in self._messages:
                raise Unsayable(f"{self.tag} has no sentence {name}.") from None
        needs = tuple(dict.fromkeys(self._facts_in(self._messages[name])))
        made = self._patterns[name] = _Pattern(needs, self._template(name))
        return made

    def _template(self, name: str) -> str | None:
        pattern = self._messages[name].value
        pieces: list[str] = []
        for element in pattern.elements if pattern else ():
            match element:
                case ast.TextElement(value=value):
                    pieces.append(value.replace("%", "%%"))
                case ast.Placeable(expression=ast.VariableReference(id=fact)):
                    pieces.append(f"%({fact.name})s")
                case ast.Placeable(expression=ast.StringLiteral() as literal):
                    pieces.append(str(literal.parse()["value"]).replace("%", "%%"))
                case ast.Placeable(expression=ast.MessageReference(id=other, attribute=None)):
                    inner = self._template(other.name) if other.name in self._messages else None
                    if inner is None:
                        return None
                    pieces.append(inner)
                case _:
                    return None
        return "".join(pieces)

    def _resolved(self, name: str, facts: Mapping[str, str | int]) -> str:
        from fluent.runtime.types import fluent_number

        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise Unsayable(f"{name} ({self.tag}) has no words.")
        told = {
            fact: fluent_number(value, useGrouping=False) if isinstance(value, int) else value
            for fact, value in facts.items()
        }
        words, errors = self._bundle.format_pattern(pattern, told)
        if errors:
            raise Unsayable(f"{name} ({self.tag}): {errors[0]}")
        return str(words)

    @cached_property
    def _bundle(self) -> FluentBundle:
        # It brings half of Babel along, another tenth of a second, so only a plural loads it.
        from fluent.runtime import FluentBundle

        # Isolation marks would turn every English SMS into UCS-2.
        bundle = FluentBundle([self.tag], use_isolating=False)
        for resource in self._resources:
            bundle.add_resource(resource)
        return bundle

    def _facts_in(self, node: ast.BaseNode) -> Iterator[str]:
        if isinstance(node, ast.VariableReference):
            yield node.id.name
        if isinstance(node, ast.MessageReference) and node.id.name in self._messages:
            yield from self._facts_in(self._messages[node.id.name])
        for value in vars(node).values():
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, ast.BaseNode):
                    yield from self._facts_in(inner)
