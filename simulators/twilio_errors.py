"""Twilio's error codes that the simulator gives, with the words it gives them."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

MESSAGES: Mapping[int, str] = {
    20001: "The content is not valid: {}",
    20003: "Authenticate",
    20404: "The requested resource {} was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21211: "Invalid 'To' Phone Number: {}",
    21408: "Permission to send an SMS has not been enabled for the region of {}",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' phone number provided ({}) is not a valid message-capable Twilio number.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "This 'From' number has exceeded the maximum number of queued messages",
    21612: "Message cannot be sent with the current combination of 'To' and/or 'From' parameters",
    21614: "'To' number is not a valid mobile number: {}",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21619: "A text message body or media urls must be specified.",
    21620: "Invalid media URL(s): {}",
    21623: "Number of media files exceeds allowed limit",
    21655: "The ContentSid {} is invalid",
    21656: "The ContentVariables parameter is invalid: {}",
    21910: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
    63007: "Twilio could not find a Channel with the specified From address",
}

AT_ONCE = frozenset({21211, 21408, 21606, 21610, 21611, 21612, 21614})
"""Codes of a recipient that the create call itself answers; others come with the status."""

STATUS: Mapping[int, int] = {20003: 401, 20404: 404, 20429: 429, 20500: 500}


def refusal(code: int, about: str = "") -> web.Response:
    """The answer Twilio gives instead of doing what was asked."""
    status = STATUS.get(code, 400)
    content: dict[str, Any] = {
        "code": code,
        "message": MESSAGES[code].format(about),
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
    return web.json_response(content, status=status)
