"""What a provider is told at start-up, however long it does not answer."""

import pytest
from structlog.testing import capture_logs

from channels import patience
from channels.patience import keep_trying
from models.errors import Misconfigured, Temporary, Trouble, Unknown


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.0)


async def told(*troubles: Trouble) -> tuple[list[str], int]:
    """The lines in the log, and how often it was tried."""
    left, tries = list(troubles), 0

    async def attempt() -> None:
        nonlocal tries
        tries += 1
        if left:
            raise left.pop(0)

    with capture_logs() as logs:
        await keep_trying("a provider", attempt)
    return [it["event"] for it in logs], tries


async def test_it_is_told_in_the_end() -> None:
    events, tries = await told(Temporary(), Unknown())

    assert events == ["set_up_waits", "set_up_waits", "set_up_done"]
    assert tries == 3


async def test_a_refusal_ends_it() -> None:
    assert await told(Misconfigured()) == (["set_up_refused"], 1)


async def test_a_surprise_is_nobodys_to_catch() -> None:
    async def attempt() -> None:
        raise KeyError("what")

    with pytest.raises(KeyError):
        await keep_trying("a provider", attempt)
