"""What is committed runs anywhere, and speaks of no machine of ours."""

import re

import pytest

from tests.house.house import ROOT, tree

# Written so that this file does not find itself.
FORBIDDEN = {
    "the host of a package registry: pins need none, and mirrors differ": re.compile(
        r"\b(pypi\.(org|python)|pythonhosted\.org|npmjs\.(org|com)|deb\.debian\.org)"
    ),
    "a path of one machine: paths start at the root of the project": re.compile(
        r"(?<![\w.<>/-])/(work|farm|root|home/\w+|Users/\w+)/"
    ),
    "a folder that only we can see: say it in docs/ instead": re.compile(
        r"\.\./shared\b|\bshared/(architecture|contract|facts|hooks|intents|nlu_method|peers|style)"
    ),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = []
    for path in tree():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
            if FORBIDDEN[what].search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")

    assert not found, f"Names {what}\n" + "\n".join(found)
