"""The tree, as the house tests look at it."""

import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@cache
def tree() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def sources() -> tuple[Path, ...]:
    """The Python among them."""
    return tuple(path for path in tree() if path.suffix == ".py")


def packages() -> frozenset[str]:
    """The top-level folders that hold Python, tests aside."""
    tops = {path.relative_to(ROOT).parts[0] for path in sources() if path.parent != ROOT}
    return frozenset(tops - {"tests"})


def pyproject() -> dict[str, Any]:
    """The project file, read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
