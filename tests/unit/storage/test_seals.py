"""What is sealed can be read by whoever has the key, and by nobody else."""

import pytest

from models.message import Phone
from storage.seals import SealBroken, Seals

OLD, NEW = b"o" * 32, b"n" * 32
PHONE = Phone("+919829012345")


def test_a_sealed_number_is_read_again_and_cannot_be_seen() -> None:
    seals = Seals([OLD])

    sealed = seals.seal(PHONE)

    assert seals.unseal(sealed) == PHONE
    assert b"9829012345" not in sealed
    assert seals.seal(PHONE) != sealed


def test_the_hash_is_steady_and_needs_the_key() -> None:
    assert Seals([OLD]).hash_(PHONE) == Seals([OLD]).hash_(PHONE)
    assert Seals([OLD]).hash_(PHONE) != Seals([NEW]).hash_(PHONE)


def test_with_two_keys_the_newest_writes_and_both_read() -> None:
    old, both = Seals([OLD]), Seals([NEW, OLD])

    assert both.unseal(old.seal(PHONE)) == PHONE
    assert both.hashes(PHONE) == (Seals([NEW]).hash_(PHONE), old.hash_(PHONE))
    assert both.is_newest(both.seal(PHONE))
    assert not both.is_newest(old.seal(PHONE))


def test_without_its_key_a_seal_does_not_open() -> None:
    with pytest.raises(SealBroken):
        Seals([NEW]).unseal(Seals([OLD]).seal(PHONE))


def test_a_changed_seal_does_not_open() -> None:
    seals = Seals([OLD])
    sealed = seals.seal(PHONE)

    with pytest.raises(SealBroken):
        seals.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]))


@pytest.mark.parametrize("keys", [[], [b"short"], [OLD, b"x" * 31]])
def test_a_key_of_another_length_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Seals(keys)
