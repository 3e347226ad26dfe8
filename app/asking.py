"""A single question to a server, for the doctor: no session, no retries."""

from __future__ import annotations

import http.client
import ssl
from urllib.parse import urlsplit


def connection_to(origin: str, patience: float) -> http.client.HTTPConnection:
    """A connection to an origin, not yet open; waits at most `patience` seconds for an answer."""
    parts = urlsplit(origin)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(
            parts.netloc, timeout=patience, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(parts.netloc, timeout=patience)
