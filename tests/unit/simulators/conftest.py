"""Loopback calls stay on the loopback."""

from collections.abc import AsyncIterator

import pytest

from tests.unit.simulators.ears import Ears, listening


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDKs would send even loopback calls through a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
async def ears() -> AsyncIterator[Ears]:
    """Our end of the webhooks."""
    async with listening() as heard:
        yield heard
