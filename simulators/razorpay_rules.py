"""What Razorpay refuses, and how it says so."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

LEAST_AMOUNT = 100  # paise
LONGEST_REFERENCE = 40
LONGEST_DESCRIPTION = 2048
MOST_NOTES = 15
LONGEST_NOTE = 255
SHORTEST_LIFE = 15 * 60
LONGEST_LIFE = 183 * 24 * 60 * 60

CREATE_FIELDS = frozenset(
    {
        "amount",
        "currency",
        "accept_partial",
        "first_min_partial_amount",
        "upi_link",
        "description",
        "reference_id",
        "customer",
        "expire_by",
        "notify",
        "reminder_enable",
        "notes",
        "callback_url",
        "callback_method",
        "options",
    }
)
EDIT_FIELDS = frozenset({"accept_partial", "reference_id", "expire_by", "notes", "reminder_enable"})


class Refused(Exception):
    """Razorpay does not do this; `status` and `field` go into the answer."""

    def __init__(self, description: str, *, field: str = "", status: int = 400) -> None:
        super().__init__(description)
        self.description = description
        self.field = field
        self.status = status


def error(refused: Refused, code: str = "BAD_REQUEST_ERROR") -> web.Response:
    """The refusal in Razorpay's form."""
    content: dict[str, Any] = {
        "code": code,
        "description": refused.description,
        "source": "business" if refused.field else "NA",
        "step": "payment_initiation" if refused.field else "NA",
        "reason": "input_validation_failed" if refused.field else "NA",
        "metadata": {},
    }
    if refused.field:
        content["field"] = refused.field
    return web.json_response({"error": content}, status=refused.status)


def check_create(asked: Mapping[str, Any], now: int) -> None:
    """Raise `Refused` where a link cannot be made of this."""
    _check_known(asked, CREATE_FIELDS)
    amount = asked.get("amount")
    if amount is None:
        raise Refused("The amount field is required.", field="amount")
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise Refused("The amount must be an integer.", field="amount")
    if amount < LEAST_AMOUNT:
        raise Refused("Order amount less than minimum amount allowed", field="amount")
    if asked.get("currency", "INR") != "INR":
        raise Refused("Currency is not supported", field="currency")
    if asked.get("upi_link"):
        raise Refused("UPI Payment Links is not supported in Test Mode", field="upi_link")
    if len(str(asked.get("description") or "")) > LONGEST_DESCRIPTION:
        raise Refused(
            "The description may not be greater than 2048 characters.", field="description"
        )
    _check_part(asked, amount)
    _check_callback(asked)
    check_edit({name: asked[name] for name in EDIT_FIELDS if name in asked}, now)


def check_edit(asked: Mapping[str, Any], now: int) -> None:
    """Raise `Refused` where a link cannot be changed into this."""
    _check_known(asked, EDIT_FIELDS)
    if len(str(asked.get("reference_id") or "")) > LONGEST_REFERENCE:
        raise Refused(
            "The reference_id may not be greater than 40 characters.", field="reference_id"
        )
    expire_by = asked.get("expire_by") or 0
    if not isinstance(expire_by, int):
        raise Refused("expire_by must be an integer.", field="expire_by")
    if expire_by and expire_by < now + SHORTEST_LIFE:
        raise Refused("timestamp should be at least 15 minutes in future", field="expire_by")
    if expire_by > now + LONGEST_LIFE:
        raise Refused("expire_by should be at most 6 months in future", field="expire_by")
    check_notes(asked.get("notes"))


def check_notes(notes: object) -> None:
    """Raise `Refused` where notes are more, longer or other than Razorpay keeps."""
    if not notes:
        return
    if not isinstance(notes, dict):
        raise Refused("notes must be an object", field="notes")
    if len(notes) > MOST_NOTES:
        raise Refused("Number of fields in notes should be less than or equal to 15", field="notes")
    if any(not isinstance(v, str | int) or len(str(v)) > LONGEST_NOTE for v in notes.values()):
        raise Refused("Notes value cannot be greater than 255 characters", field="notes")


def _check_known(asked: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(set(asked) - known):
        raise Refused(f"{', '.join(unknown)} is/are not required and should not be sent")


def _check_part(asked: Mapping[str, Any], amount: int) -> None:
    least = asked.get("first_min_partial_amount")
    if least is None:
        return
    if not asked.get("accept_partial"):
        raise Refused(
            "first_min_partial_amount is only allowed with accept_partial",
            field="first_min_partial_amount",
        )
    if not isinstance(least, int) or not LEAST_AMOUNT <= least < amount:
        raise Refused(
            "minimum partial amount should be less than the amount",
            field="first_min_partial_amount",
        )


def _check_callback(asked: Mapping[str, Any]) -> None:
    url = asked.get("callback_url")
    if not url:
        return
    if not str(url).startswith(("http://", "https://")):
        raise Refused("The callback url format is invalid.", field="callback_url")
    if asked.get("callback_method") != "get":
        raise Refused("callback_method should be get", field="callback_method")
