"""What every test may ask of the machine, and how hard Hypothesis tries."""

import shutil

import pytest
from hypothesis import settings

pytest_plugins = ["tests.databases"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")

# The same examples every time, and no deadline: a slow machine is no defect.
settings.register_profile("small", derandomize=True, deadline=None, max_examples=40)
settings.register_profile("full", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("small")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where this machine keeps its Chromium; without one, the test is named as skipped."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip(f"Chromium is not installed: none of {', '.join(CHROMIUM_NAMES)} is in PATH")
