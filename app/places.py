"""The places that understanding is to know: the company's offices, and what the records name."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Protocol

from app.company import DISCOMS
from bot.nlu.places import PlaceName, Places, offices_in
from storage.places import names_of_places
from storage.store import Store


class Knows(Protocol):
    """Whoever finds places in messages."""

    def know(self, places: Places) -> None:
        """Find these places from now on."""
        ...


def places_of(discom: str, recorded: tuple[PlaceName, ...] = ()) -> Places:
    """The offices of a company by its list, which has their aliases, and the recorded places."""
    offices = DISCOMS / discom / "offices.csv"
    return Places([*(offices_in(offices) if offices.is_file() else ()), *recorded])


async def learn_places(store: Store, knows: Knows, discom: str, now: datetime) -> None:
    """Have somebody know the places that the records name at this time."""
    recorded = await store.read(names_of_places)
    names = tuple(PlaceName(*it) for it in recorded)
    knows.know(await asyncio.to_thread(places_of, discom, names))  # a tenth of a second or more
