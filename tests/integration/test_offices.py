"""Offices are found by their code, their name, a locality or a pincode."""

import pytest
from sqlalchemy import Connection, insert

from app.services import StoredOffices
from bot.ports import Offices
from storage.store import Store
from storage.tables import locality, office


def furnish(db: Connection) -> None:
    """A division, its subdivisions, and localities that some share."""
    for code, kind, name, name_hi, phone in (
        ("T-1", "division", "Kishangarh", "किशनगढ़", "01463-1"),
        ("T-101", "subdivision", "Kishangarh City", "किशनगढ़ शहर", "01463-2"),
        ("T-102", "subdivision", "Pushkar", "पुष्कर", "0145-3"),
        ("T-103", "subdivision", "Madar", "", "0145-4"),
        ("T-104", "subdivision", "Arain", "", "0145-5"),
    ):
        db.execute(
            insert(office).values(
                code=code,
                kind=kind,
                name=name,
                name_hi=name_hi,
                phone=phone,
                officer="A. Sharma" if code == "T-102" else "",
                hours="10 am to 5 pm" if code == "T-102" else "",
                map_url="https://maps.example/p" if code == "T-102" else "",
            )
        )
    for name, name_hi, code, pincode in (
        ("Brahma Chowk", "ब्रह्मा चौक", "T-102", "305022"),
        *(("Station Road", "स्टेशन रोड", f"T-10{it}", "") for it in range(1, 5)),
    ):
        db.execute(
            insert(locality).values(name=name, name_hi=name_hi, office_code=code, pincode=pincode)
        )


@pytest.fixture
async def offices(store: Store) -> Offices:
    await store.write(furnish)
    return StoredOffices(store)


async def test_an_office_is_told_with_all_that_is_known_of_it(offices: Offices) -> None:
    found = await offices.of("T-102")

    assert found is not None
    assert (found.name.en, found.name.hi, found.phone) == ("Pushkar", "पुष्कर", "0145-3")
    assert (found.officer, found.hours) == ("A. Sharma", "10 am to 5 pm")
    assert found.map_url == "https://maps.example/p"
    assert await offices.of("T-999") is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("pushkar", ["Pushkar"]),
        ("Where is the Pushkar office?", ["Pushkar"]),
        ("पुष्कर कार्यालय", ["Pushkar"]),
        ("kishangarh city office", ["Kishangarh City"]),
        ("kishangarh", ["Kishangarh"]),
        ("Pushkar or Madar", ["Pushkar", "Madar"]),
        ("brahma chowk", ["Pushkar"]),
        ("ब्रह्मा चौक", ["Pushkar"]),
        ("305022", ["Pushkar"]),
        ("Station Road", []),
        ("pushkarna", []),
        ("%", []),
        ("", []),
    ],
)
async def test_a_place_leads_to_its_office(offices: Offices, words: str, names: list[str]) -> None:
    assert [it.name.en for it in await offices.near(words)] == names
