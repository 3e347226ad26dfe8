"""The sentences of one language, read from its `.ftl` files and made ready to be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fluent.syntax import FluentParser, ast

from models.errors import Permanent

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
        resources = [self._read(path) for path in sorted(folder.glob("*.ftl"))]
        self._patterns = {
            name: _Pattern(tuple(dict.fromkeys(self._facts_in(message))), self._template(name))
            for name, message in self._messages.items()
        }
        self._bundle: FluentBundle | None = None
        if any(pattern.template is None for pattern in self._patterns.values()):
            self._bundle = _bundle(self.tag, resources)

    def _read(self, path: Path) -> ast.Resource:
        resource = FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise Unsayable(f"{path} is not Fluent here: {(entry.content or '').strip()}")
            if isinstance(entry, ast.Message):
                if entry.id.name in self._messages:
                    raise Unsayable(f"{path} says {entry.id.name} a second time.")
                self._messages[entry.id.name] = entry
        return resource

    def __contains__(self, name: str) -> bool:
        return name in self._patterns

    def names(self) -> frozenset[str]:
        """The names of all sentences."""
        return frozenset(self._patterns)

    def facts(self, name: str) -> tuple[str, ...]:
        """The facts a sentence tells, those of sentences within it included.

        Raises `Unsayable` when there is no such sentence.
        """
        return self._pattern(name).needs

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
            raise Unsayable(f"{self.tag} has no sentence {name}.") from None

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

        bundle = self._bundle
        pattern = bundle.get_message(name).value if bundle else None
        if bundle is None or pattern is None:
            raise Unsayable(f"{name} ({self.tag}) has no words.")
        told = {
            fact: fluent_number(value, useGrouping=False) if isinstance(value, int) else value
            for fact, value in facts.items()
        }
        words, errors = bundle.format_pattern(pattern, told)
        if errors:
            raise Unsayable(f"{name} ({self.tag}): {errors[0]}")
        return str(words)

    def _facts_in(self, node: ast.BaseNode) -> Iterator[str]:
        if isinstance(node, ast.VariableReference):
            yield node.id.name
        if isinstance(node, ast.MessageReference) and node.id.name in self._messages:
            yield from self._facts_in(self._messages[node.id.name])
        for value in vars(node).values():
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, ast.BaseNode):
                    yield from self._facts_in(inner)


def _bundle(tag: str, resources: list[ast.Resource]) -> FluentBundle:
    # It brings half of Babel along, a tenth of a second that a start without plurals saves.
    from fluent.runtime import FluentBundle

    # Isolation marks would turn every English SMS into UCS-2.
    bundle = FluentBundle([tag], use_isolating=False)
    for resource in resources:
        bundle.add_resource(resource)
    return bundle
