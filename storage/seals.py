"""Phone numbers under the master key: a keyed hash to find them by, a seal to read them again."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.errors import Permanent
from models.message import Phone

KEY_BYTES = 32
HASH_BYTES = 16
KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_WHAT = b"phone"  # a seal of something else does not open as a phone number
_TEXT = b"text"


class SealBroken(Permanent):
    """What was sealed does not open: its master key is missing, or the row was changed."""


def subkey(master: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """A key of its own for each purpose, so that no use of one tells anything about another."""
    return HKDF(SHA256(), length, salt=None, info=b"bijli " + purpose.encode()).derive(master)


class Seals:
    """Hashes and seals phone numbers; reads what any of its keys sealed, writes with the newest."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Take master keys of 32 bytes, the newest first."""
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"A master key has {KEY_BYTES} bytes.")
        self._hash_keys = tuple(subkey(key, "phone hash") for key in keys)
        ids = [subkey(key, "key id", KEY_ID_BYTES) for key in keys]
        self._ciphers = {
            key_id: AESGCM(subkey(key, "phone seal")) for key_id, key in zip(ids, keys, strict=True)
        }
        self._key_id = ids[0]
        self._newest = self._ciphers[ids[0]]
        self._text_ciphers = {
            key_id: AESGCM(subkey(key, "text seal")) for key_id, key in zip(ids, keys, strict=True)
        }
        self._newest_text = self._text_ciphers[ids[0]]
        self._code_key = subkey(keys[0], "code")
        self._forgotten_keys = tuple(subkey(key, "forgotten") for key in keys)

    def hash_(self, phone: Phone) -> bytes:
        """The hash of a number under the newest key."""
        return _digest(self._hash_keys[0], phone, _WHAT)

    def hashes(self, phone: Phone) -> tuple[bytes, ...]:
        """The hash of a number under every key, the newest first."""
        return tuple(_digest(key, phone, _WHAT) for key in self._hash_keys)

    def seal(self, phone: Phone) -> bytes:
        """A number sealed under the newest key; two seals of one number differ."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._key_id + nonce + self._newest.encrypt(nonce, phone.encode(), _WHAT)

    def seal_text(self, text: str) -> bytes:
        """Any words sealed under the newest key, such as an e-mail address."""
        nonce = os.urandom(_NONCE_BYTES)
        return self._key_id + nonce + self._newest_text.encrypt(nonce, text.encode(), _TEXT)

    def unseal_text(self, sealed: bytes) -> str:
        """The words again; raises `SealBroken`."""
        return _opened(self._text_ciphers, sealed, _TEXT)

    def code_hash(self, conversation_id: int, code: str) -> bytes:
        """The hash of a one-time code; it is worth nothing in another conversation."""
        return _digest(self._code_key, f"{conversation_id}:{code}", b"code")

    def forgotten_hashes(self, what: str) -> tuple[bytes, ...]:
        """What is kept of something forgotten, to know it again: a hash under every key."""
        return tuple(_digest(key, what, b"forgotten") for key in self._forgotten_keys)

    def is_newest(self, sealed: bytes) -> bool:
        """Whether a seal was made under the newest key."""
        return sealed[:KEY_ID_BYTES] == self._key_id

    def can_open(self, sealed: bytes) -> bool:
        """Whether the key a number was sealed under is configured."""
        return sealed[:KEY_ID_BYTES] in self._ciphers

    def unseal(self, sealed: bytes) -> Phone:
        """The number again; raises `SealBroken`."""
        return Phone(_opened(self._ciphers, sealed, _WHAT))


def _opened(ciphers: Mapping[bytes, AESGCM], sealed: bytes, what: bytes) -> str:
    cipher = ciphers.get(sealed[:KEY_ID_BYTES])
    if cipher is None:
        raise SealBroken
    nonce = sealed[KEY_ID_BYTES : KEY_ID_BYTES + _NONCE_BYTES]
    try:
        plain = cipher.decrypt(nonce, sealed[KEY_ID_BYTES + _NONCE_BYTES :], what)
    except InvalidTag as error:
        raise SealBroken from error
    return plain.decode()


def _digest(key: bytes, text: str, what: bytes) -> bytes:
    return blake2b(text.encode(), key=key, digest_size=HASH_BYTES, person=what).digest()
