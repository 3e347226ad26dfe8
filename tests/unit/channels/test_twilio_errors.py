"""Twilio's codes: again, or never?"""

import pytest

from channels.twilio_errors import refusal, trouble
from models.errors import (
    Misconfigured,
    OutsideWindow,
    Permanent,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (20003, Misconfigured),
        (20429, Temporary),
        (21211, PersonUnreachable),
        (21610, PersonUnreachable),
        (21617, Permanent),
        (21620, Permanent),
        (30003, Temporary),
        (30005, PersonUnreachable),
        (30007, Permanent),
        (63014, PersonUnreachable),
        (63016, OutsideWindow),
        (63018, Temporary),
        (63049, Permanent),
        (99999, Temporary),
    ],
)
def test_a_code_is_one_kind_of_trouble(code: int, kind: type[Trouble]) -> None:
    assert type(trouble(code)) is kind
    assert str(trouble(code)) == f"twilio {code}"


def test_a_full_queue_takes_minutes() -> None:
    full = trouble(21611)

    assert isinstance(full, Temporary)
    assert full.wait == 300


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 21610, PersonUnreachable),
        (400, 400, Permanent),
        (401, 20003, Misconfigured),
        (403, 403, Misconfigured),
        (409, 409, Temporary),
        (500, 20500, Unknown),
        (502, 502, Unknown),
        (503, 20503, Temporary),
        (503, 503, Temporary),
    ],
)
def test_an_error_answer_says_whether_it_may_have_been_taken(
    status: int, code: int, kind: type[Trouble]
) -> None:
    assert type(refusal(status, code)) is kind
