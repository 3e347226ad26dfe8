"""The top-level names are ours alone, and every tool knows them."""

import sys
from fnmatch import fnmatch
from importlib.metadata import packages_distributions

from tests.house.house import packages, pyproject

OURS = "bijli-saathi"
APART = {"bench"}  # measures from outside; nobody may import it, so the layers do not name it


def test_no_top_level_name_is_taken_by_something_installed() -> None:
    installed = packages_distributions()

    taken = {
        name: owners
        for name in packages() | {"tests"}
        if (owners := set(installed.get(name, [])) - {OURS}) or name in sys.stdlib_module_names
    }

    assert not taken, f"These folders hide, or are hidden by, an installed module; rename: {taken}"


def test_every_package_is_installed_with_the_project() -> None:
    patterns = pyproject()["tool"]["setuptools"]["packages"]["find"]["include"]

    forgotten = {
        name for name in packages() if not any(fnmatch(name, pattern) for pattern in patterns)
    }

    assert not forgotten, f"Add to [tool.setuptools.packages.find] in pyproject.toml: {forgotten}"


def test_import_linter_watches_every_package() -> None:
    linter = pyproject()["tool"]["importlinter"]
    watched = set(linter["root_packages"])
    rows = next(rule["layers"] for rule in linter["contracts"] if rule["id"] == "layers")
    layered = {name.strip(" ()") for row in rows for name in row.split("|")}

    assert packages() - APART <= watched, (
        f"Add to root_packages of [tool.importlinter]: {packages() - APART - watched}"
    )
    assert watched <= layered, f"Say in the contract 'layers' who may import: {watched - layered}"
