"""A message in parts goes on where the last attempt ended."""

import pytest

from channels.progress import MOST_KEPT, Progress
from models.errors import Permanent, Temporary, Trouble


class Provider:
    """Takes parts until it is told not to."""

    def __init__(self, *troubles: Trouble | None) -> None:
        self.troubles = list(troubles)
        self.taken: list[str] = []

    async def send(self, part: str) -> str:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.taken.append(part)
        return f"id-{part}"


async def test_the_id_is_the_last_parts() -> None:
    assert await Progress().send(1, ("a", "b"), Provider().send) == "id-b"


async def test_no_part_is_sent_twice() -> None:
    progress, provider = Progress(), Provider(None, Temporary(), Temporary())

    for _ in range(2):
        with pytest.raises(Temporary):
            await progress.send(1, ("a", "b", "c"), provider.send)
    await progress.send(1, ("a", "b", "c"), provider.send)
    await progress.send(1, ("a", "b", "c"), provider.send)

    assert provider.taken == ["a", "b", "c", "a", "b", "c"]


async def test_what_is_refused_is_forgotten() -> None:
    progress, provider = Progress(), Provider(None, Permanent())

    with pytest.raises(Permanent):
        await progress.send(1, ("a", "b"), provider.send)
    await progress.send(1, ("a", "b"), provider.send)

    assert provider.taken == ["a", "a", "b"]


async def test_only_so_much_is_remembered() -> None:
    progress = Progress()

    for number in range(MOST_KEPT + 1):
        with pytest.raises(Temporary):
            await progress.send(number, ("a", "b"), Provider(None, Temporary()).send)

    oldest, newest = Provider(), Provider()
    await progress.send(0, ("a", "b"), oldest.send)
    await progress.send(MOST_KEPT, ("a", "b"), newest.send)
    assert (oldest.taken, newest.taken) == (["a", "b"], ["b"])
