"""Twilio's error codes, answered as again or never.

They come with a refused request, or later as `ErrorCode` of a status callback. Twilio splits codes
from time to time: an unknown one is worth a few more attempts.
"""

from __future__ import annotations

from models.errors import (
    Misconfigured,
    OutsideWindow,
    Permanent,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)

_MINUTES = 300.0
_CLASSES: dict[type[Trouble], frozenset[int]] = {
    Misconfigured: frozenset(
        {
            20003,  # account or permission
            20404,  # no such account or resource
            21408,  # the country is not enabled
            21606,  # not a sender of ours
            21612,  # this sender does not reach that network
            21703,  # no sender in the service
            21704,
            30002,  # the account is suspended
            30018,  # the sender name is not registered
            63007,  # not a WhatsApp sender of ours
            63041,  # the template is paused
        }
    ),
    PersonUnreachable: frozenset(
        {
            21211,  # not a phone number
            21604,
            21610,  # opted out
            21614,  # a landline
            30004,  # blocked
            30005,  # no such handset
            30006,  # a landline, or out of every network's reach
            63003,  # not on WhatsApp
            63014,  # blocked us on WhatsApp
            63024,
            63032,
            63033,
        }
    ),
    OutsideWindow: frozenset({63016}),
    Permanent: frozenset(
        {
            21617,  # longer than 1600
            21620,  # not an address a paper can be fetched from
            21623,  # too many papers
            21655,  # the content does not exist
            21656,  # its variables are wrong
            30007,  # filtered
            63005,  # refused as content
            63006,
            63013,
            63021,
            63027,
            63028,
            63049,  # withheld as marketing: sending it again at once is refused again
        }
    ),
    Temporary: frozenset(
        {
            14107,  # too fast
            20429,
            20500,
            20503,
            21611,  # the queue is full
            30001,
            30003,  # the handset is off
            30008,
            30017,  # the carrier is congested
            30500,
            63009,
            63010,
            63012,
            63018,  # too fast for WhatsApp
        }
    ),
}
_BY_CODE = {code: kind for kind, codes in _CLASSES.items() for code in codes}
_WAITS = {21611: _MINUTES, 30001: _MINUTES, 63018: 60.0}
_MISCONFIGURED_STATUS = frozenset({401, 403, 404})
_BAD_REQUEST, _UNAVAILABLE, _SERVER_ERROR = 400, 503, 500


def trouble(code: int) -> Trouble:
    """What an error code means for a message; also for the reason of a failed `Receipt`."""
    kind = _BY_CODE.get(code, Temporary)
    said = f"twilio {code}"
    if kind is Temporary:
        return Temporary(said, wait=_WAITS.get(code))
    return kind(said)


def refusal(status: int, code: int) -> Trouble:
    """What an error answer to a request means.

    A server error that is not plainly "come back later" may hide a message that was taken.
    """
    if status >= _SERVER_ERROR and status != _UNAVAILABLE:
        return Unknown(f"twilio {code}")
    if code != status:
        return trouble(code)
    if status in _MISCONFIGURED_STATUS:
        return Misconfigured(f"twilio {status}")
    if status == _BAD_REQUEST:
        return Permanent(f"twilio {status}")
    return Temporary(f"twilio {status}")
