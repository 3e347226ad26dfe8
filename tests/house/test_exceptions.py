"""Every exception to a rule names the rule and carries its reason in the same line."""

import re
import tokenize
from collections.abc import Iterator

from tests.house.house import ROOT, sources

NOQA = re.compile(r"#\s*(ruff: *)?(noqa|isort: *skip)", re.IGNORECASE)
IGNORE = re.compile(r"#\s*type:\s*ignore")
NOQA_WITH_REASON = re.compile(
    r"# (ruff: )?noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*[\s#:,–-]+\w.{5,}", re.UNICODE
)
IGNORE_WITH_REASON = re.compile(r"# type: ignore\[[a-z, -]+\]\s+# \w.{5,}", re.UNICODE)
RULE_LISTS = re.compile(
    r"^(ignore|filterwarnings|\"[^\"]+\") = \[$(.*?)^\]", re.MULTILINE | re.DOTALL
)


def comments() -> Iterator[tuple[str, str]]:
    """Every comment in the tree, with where it stands."""
    for path in sources():
        with path.open("rb") as file:
            for token in tokenize.tokenize(file.readline):
                if token.type == tokenize.COMMENT:
                    yield f"{path.relative_to(ROOT)}:{token.start[0]}", token.string


def test_every_noqa_has_a_code_and_a_reason() -> None:
    bare = [
        f"{place}: {comment}"
        for place, comment in comments()
        if NOQA.search(comment) and not NOQA_WITH_REASON.search(comment)
    ]

    assert not bare, "Write `# noqa: CODE the reason`:\n" + "\n".join(bare)


def test_every_type_ignore_has_a_code_and_a_reason() -> None:
    bare = [
        f"{place}: {comment}"
        for place, comment in comments()
        if IGNORE.search(comment) and not IGNORE_WITH_REASON.search(comment)
    ]

    assert not bare, "Write `# type: ignore[code]  # the reason`:\n" + "\n".join(bare)


def test_every_exception_in_the_project_file_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    bare = [
        line
        for _, body in RULE_LISTS.findall(text)
        for line in body.splitlines()
        if line.strip() and '"error"' not in line and "#" not in line
    ]

    assert not bare, "Say why, in the same line of pyproject.toml:\n" + "\n".join(bare)
