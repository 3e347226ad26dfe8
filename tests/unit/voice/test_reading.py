"""Our quick reading of `.ftl` files, held to Fluent's own."""

import pytest
from fluent.syntax import FluentParser, FluentSerializer, ast

from models.message import TAGS, Tag
from voice.reading import read
from voice.voice import LOCALES


def entries(resource: ast.Resource) -> list[str]:
    """Messages and terms as Fluent writes them, without comments."""
    found = []
    for entry in resource.body:
        if isinstance(entry, ast.Message | ast.Term):
            entry.comment = None
            found.append(FluentSerializer().serialize_entry(entry))
    return found


@pytest.mark.parametrize("tag", TAGS)
def test_every_sentence_is_read_as_fluent_reads_it(tag: Tag) -> None:
    for path in (LOCALES / tag).glob("*.ftl"):
        text = path.read_text(encoding="utf-8")

        assert entries(read(text)) == entries(FluentParser().parse(text)), path.name


@pytest.mark.parametrize(
    "text",
    [
        "a = one { $two } three\n",
        "a = { $two }\n",
        'a = {" "}to { $number }\n',
        'a = {""}\n',
        "a = { b } and { -c }\n-c = d\nb = x\n",
        "a = { NUMBER($x) }\n",
        "a = one\n    two\n\nb = c   \n",
        "a = { $n ->\n    [one] x\n   *[other] y\n}\nb = c\n",
        "a =\n    one\n",
        "# a comment\na = b\n    .title = c\n",
        "a = क {$x} ख\n",
    ],
)
def test_whatever_is_more_than_a_line_is_left_to_fluent(text: str) -> None:
    assert entries(read(text)) == entries(FluentParser().parse(text))


@pytest.mark.parametrize("text", ["a = { $b\n", "a = }\n", "a\n", "a = { b c }\n"])
def test_what_is_no_fluent_is_junk(text: str) -> None:
    assert any(isinstance(entry, ast.Junk) for entry in read(text).body)
