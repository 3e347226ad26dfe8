"""The places that the records name are found in messages."""

from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from app.places import learn_places, places_of
from bot.nlu.found import Ground
from bot.nlu.normalise import normalise
from bot.nlu.places import Places
from bot.nlu.tokens import split
from storage.places import names_of_places
from storage.store import Store
from storage.tables import feeder, locality, office

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Listener:
    """Remembers the places it was told of."""

    def __init__(self) -> None:
        self.places = Places()

    def know(self, places: Places) -> None:
        self.places = places

    def hears(self, text: str) -> list[object]:
        normal, ground = normalise(text), Ground()
        self.places.find(normal.text, split(normal.text), ground)
        return [it.value for it in ground.found]


def furnish(db: Connection) -> None:
    for code, kind, name in (("T", "company", "Ajmer Discom"), ("T-1", "subdivision", "Lohagal")):
        db.execute(insert(office).values(code=code, kind=kind, name=name, name_hi=""))
    for code in ("T-1", "T-2"):
        db.execute(
            insert(locality).values(
                name="Brahma Chowk", name_hi="ब्रह्मा चौक", office_code=code, aliases="Bramha Circle"
            )
        )
    db.execute(
        insert(feeder).values(
            code="F1", name="Kotada Feeder", name_hi="कोटड़ा फीडर", office_code="T-1"
        )
    )


async def test_a_place_is_named_once_with_all_that_it_is_called(store: Store) -> None:
    await store.write(furnish)

    assert await store.read(names_of_places) == [
        ("Brahma Chowk", ("ब्रह्मा चौक", "Bramha Circle")),
        ("Kotada Feeder", ("कोटड़ा फीडर",)),
        ("Lohagal", ()),
    ]


async def test_localities_feeders_and_offices_are_known_beside_the_companys_list(
    store: Store,
) -> None:
    await store.write(furnish)
    listener = Listener()

    await learn_places(store, listener, "avvnl", NOW)

    assert listener.hears("brahma chauk me light nahi") == ["Brahma Chowk"]
    assert listener.hears("ब्रह्मा चौक, लोहागल") == ["Brahma Chowk", "Lohagal"]
    assert listener.hears("kotra feeder kab aayega") == ["Kotada Feeder"]
    assert listener.hears("Ajmer Discom, Kekdi") == ["Kekri"]


def test_a_company_without_a_list_of_offices_knows_no_place() -> None:
    listener = Listener()

    listener.know(places_of("nowhere"))

    assert listener.hears("pushkar me light nahi") == []
