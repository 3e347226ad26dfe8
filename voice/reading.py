"""Reads `.ftl` files.

Nearly all sentences are one line of words, facts and other sentences; those are taken apart here,
since Fluent's own parser needs a tenth of a second for them, at every start. It reads the rest.
"""

from __future__ import annotations

import re

from fluent.syntax import FluentParser, ast

_ENTRY = re.compile(r"^(?=-?[a-zA-Z])", re.MULTILINE)
_PLACE = re.compile(r'\{ \$([a-zA-Z][\w-]*) \}|\{ ([a-zA-Z][\w-]*) \}|\{"( *)"\}', re.ASCII)
_LINE = re.compile(
    rf"([a-zA-Z][\w-]*) = ((?:[^{{}}\n]|{_PLACE.pattern.replace('(', '(?:')})+)", re.ASCII
)


def read(text: str) -> ast.Resource:
    """The entries of a file, as Fluent's parser would give them; what it cannot read is `Junk`."""
    resource = ast.Resource([])
    for chunk in _ENTRY.split(text):
        entry = "\n".join(line for line in chunk.splitlines() if not line.startswith("#")).strip()
        line = _LINE.fullmatch(entry)
        if line is not None:
            name, words = line.groups()
            resource.body.append(ast.Message(ast.Identifier(name), _pattern(words)))
        elif entry:
            resource.body.extend(FluentParser(with_spans=False).parse(f"{entry}\n").body)
    return resource


def _pattern(words: str) -> ast.Pattern:
    elements: list[ast.TextElement | ast.Placeable] = []
    end = 0
    for place in _PLACE.finditer(words):
        if place.start() > end:
            elements.append(ast.TextElement(words[end : place.start()]))
        fact, other, literal = place.groups()
        if fact is not None:
            elements.append(ast.Placeable(ast.VariableReference(ast.Identifier(fact))))
        elif other is not None:
            elements.append(ast.Placeable(ast.MessageReference(ast.Identifier(other))))
        else:
            elements.append(ast.Placeable(ast.StringLiteral(literal)))
        end = place.end()
    if end < len(words):
        elements.append(ast.TextElement(words[end:]))
    return ast.Pattern(elements)
