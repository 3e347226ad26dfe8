"""Signed tokens in our links: each names one thing, and nobody else can make one."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from hmac import compare_digest

from storage.seals import subkey

_NUMBER_BYTES, _EXPIRY_BYTES, _SEAL_BYTES = 5, 4, 9
_NEVER = 0
_FORM = re.compile(r"[A-Za-z0-9_-]{24}")  # 18 bytes: whole letters, so that each has one spelling


class Tokens:
    """Makes tokens with the newest master key; reads those of every key that is configured."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        """Take master keys, the newest first."""
        self._keys = tuple(subkey(key, "links") for key in master_keys)

    def make(self, kind: str, number: int, expires: datetime | None) -> str:
        """A token of 24 letters for one thing of a kind; None: it never expires."""
        until = _NEVER if expires is None else int(expires.timestamp())
        said = number.to_bytes(_NUMBER_BYTES) + until.to_bytes(_EXPIRY_BYTES)
        return urlsafe_b64encode(said + _seal(self._keys[0], kind, said)).decode()

    def read(self, kind: str, token: str, now: datetime) -> int | None:
        """What a token names; None where it is not ours, of another kind, or past its time."""
        if not _FORM.fullmatch(token):
            return None
        whole = urlsafe_b64decode(token)
        said, seal = whole[:-_SEAL_BYTES], whole[-_SEAL_BYTES:]
        if not any(compare_digest(_seal(key, kind, said), seal) for key in self._keys):
            return None
        until = int.from_bytes(said[_NUMBER_BYTES:])
        if until != _NEVER and now.timestamp() >= until:
            return None
        return int.from_bytes(said[:_NUMBER_BYTES])


def _seal(key: bytes, kind: str, said: bytes) -> bytes:
    return blake2b(kind.encode() + b"\0" + said, key=key, digest_size=_SEAL_BYTES).digest()
