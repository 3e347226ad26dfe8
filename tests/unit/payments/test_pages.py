"""What a payer's browser shows, whatever became of a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.k_number import KNumber
from models.message import HINDI
from models.money import NOTHING, Money
from models.payment import LinkPart, PaymentLink, PaymentState
from models.settlement import Arrived, LinkView
from models.words import Masked, Say
from payments.pages import Button, Page, link_page, nothing_owed, return_page, trouble

NOW = datetime(2026, 12, 1, 6, tzinfo=UTC)
K = KNumber("901010000123")
OWED = Money(124_000)

LINK = PaymentLink(
    id=1,
    code="ABCD2345",
    reference="B1-ABCD2345",
    gateway_id="plink_1",
    gateway_url="https://gateway.example/plink_1",
    parts=(LinkPart(K, "B1", OWED),),
    amount=OWED,
    state=PaymentState.ASKED,
    expires_at=NOW + timedelta(days=4),
    asked_at=NOW,
    tag=HINDI,
)
OPEN = LinkView(
    link=LINK,
    seen_at=NOW,
    payable=True,
    arrived=(),
    paid_at=None,
    owed=OWED,
    whose=((K, Masked("Ramesh", "रमेश")),),
    replacement=None,
)
RECEIPT = Arrived(K, OWED, date(2026, 12, 1), "PAY-00001X", NOTHING)
TWICE = Arrived(K, OWED, date(2026, 12, 1), "", NOTHING)


def seen(state: PaymentState, **changes: object) -> LinkView:
    view = replace(OPEN, payable=False, link=replace(LINK, state=state))
    return replace(view, **changes)  # type: ignore[arg-type]  # fields by name


def names(page: Page) -> list[str]:
    return [line.name for line in page.lines]


def test_a_payable_link_leads_to_the_gateway() -> None:
    assert link_page(OPEN) == Page(303, location="https://gateway.example/plink_1")


def test_a_declined_payment_may_be_tried_again() -> None:
    failed = replace(OPEN, link=replace(LINK, state=PaymentState.FAILED))

    assert link_page(failed).status == 303


def test_an_unknown_code_is_not_found_in_both_languages() -> None:
    page = link_page(None)

    assert (page.status, page.tag, names(page)) == (404, None, ["page-unknown"])


@pytest.mark.parametrize("state", [PaymentState.PAID, PaymentState.POSTED])
def test_a_paid_link_shows_its_receipt(state: PaymentState) -> None:
    page = link_page(seen(state, arrived=(RECEIPT,), owed=NOTHING))

    assert (page.status, page.tag, page.good) == (200, HINDI, True)
    assert names(page) == ["page-paid", "page-paid-next"]
    assert page.lines[0].facts["receipt"] == "PAY-00001X"
    assert page.button is None
    assert [line.name for line in page.whose] == ["page-whose"]


def test_a_part_says_what_is_left_and_offers_to_pay_it() -> None:
    part = replace(RECEIPT, left=Money(74_000))

    page = link_page(seen(PaymentState.PART_PAID, arrived=(part,), owed=Money(74_000)))

    assert names(page) == ["page-part-paid"]
    assert page.button is not None
    assert page.button.makes_new


def test_money_that_came_twice_is_named_as_such() -> None:
    page = link_page(seen(PaymentState.DUPLICATE, arrived=(TWICE,), owed=NOTHING))

    assert names(page) == ["page-duplicate", "page-paid-next"]


def test_money_that_went_back_is_named_as_such() -> None:
    page = link_page(seen(PaymentState.REFUNDED, arrived=(RECEIPT,)))

    assert names(page) == ["page-refunded"]


def test_a_replaced_link_leads_to_the_newer_one() -> None:
    newer = replace(LINK, id=2, code="WXYZ9876", amount=Money(50_000))

    page = link_page(seen(PaymentState.CANCELLED, replacement=newer))

    assert names(page) == ["page-replaced"]
    assert page.button is not None
    assert (page.button.code, page.button.makes_new) == ("WXYZ9876", False)


@pytest.mark.parametrize("state", [PaymentState.EXPIRED, PaymentState.ASKED])
def test_an_expired_link_offers_a_new_one(state: PaymentState) -> None:
    view = seen(state, seen_at=LINK.expires_at + timedelta(seconds=1))

    page = link_page(view)

    assert names(page) == ["page-expired", "page-new-link"]
    assert page.button is not None
    assert (page.button.code, page.button.makes_new) == ("ABCD2345", True)


@pytest.mark.parametrize("state", [PaymentState.CANCELLED, PaymentState.ASKED])
def test_a_link_whose_bill_changed_offers_a_new_one(state: PaymentState) -> None:
    assert names(link_page(seen(state))) == ["page-cancelled", "page-new-link"]


def test_where_nothing_is_owed_there_is_no_button() -> None:
    page = link_page(seen(PaymentState.CANCELLED, owed=NOTHING))

    assert names(page) == ["page-cancelled", "page-nothing-due"]
    assert page.button is None


def test_a_link_the_gateway_has_not_made_yet_can_be_made_now() -> None:
    unmade = seen(PaymentState.ASKED)

    page = link_page(replace(unmade, link=replace(unmade.link, gateway_id="", gateway_url="")))

    assert names(page) == ["page-trouble"]
    assert isinstance(page.button, Button)


def test_coming_back_unsigned_is_forbidden() -> None:
    assert return_page(None).status == 403


def test_coming_back_before_the_money_asks_for_patience() -> None:
    page = return_page(OPEN)

    assert (page.status, names(page), page.button) == (200, ["page-pending"], None)


def test_coming_back_after_a_declined_payment_offers_the_same_link() -> None:
    page = return_page(replace(OPEN, link=replace(LINK, state=PaymentState.FAILED)))

    assert names(page) == ["page-failed"]
    assert page.button is not None
    assert (page.button.code, page.button.makes_new) == ("ABCD2345", False)


def test_coming_back_paid_shows_the_receipt() -> None:
    page = return_page(seen(PaymentState.PAID, arrived=(RECEIPT,), owed=NOTHING))

    assert names(page) == ["page-paid", "page-paid-next"]


def test_a_new_link_that_cannot_be_made_says_why() -> None:
    ended = seen(PaymentState.EXPIRED)

    assert (trouble(ended).status, names(trouble(ended))) == (503, ["page-trouble"])
    assert names(nothing_owed(ended)) == ["page-nothing-due"]


def test_a_link_for_several_says_what_came_for_each() -> None:
    other = KNumber("901010000124")
    parts = (LinkPart(K, "B1", OWED), LinkPart(other, "B2", Money(50_000)))
    view = seen(
        PaymentState.PAID,
        link=replace(LINK, parts=parts, state=PaymentState.PAID),
        arrived=(RECEIPT, replace(TWICE, k_number=other)),
        owed=NOTHING,
    )

    first, second, last = link_page(view).lines

    assert (first.name, first.facts["k"], second.facts["k"]) == ("page-of", K, other)
    assert isinstance(first.facts["came"], Say)
    assert isinstance(second.facts["came"], Say)
    assert [first.facts["came"].name, second.facts["came"].name] == ["page-paid", "page-duplicate"]
    assert last.name == "page-paid-next"


def test_a_link_for_several_that_was_replaced_for_one_offers_what_is_left() -> None:
    parts = (LinkPart(K, "B1", OWED), LinkPart(KNumber("901010000124"), "B2", Money(50_000)))
    newer = replace(LINK, id=2, code="NEWER234")
    view = seen(
        PaymentState.CANCELLED,
        link=replace(LINK, parts=parts, state=PaymentState.CANCELLED),
        replacement=newer,
    )

    page, done = link_page(view), link_page(replace(view, owed=NOTHING))

    assert names(page) == ["page-replaced", "page-new-link"]
    assert page.button is not None
    assert page.button.makes_new
    assert names(done) == ["page-replaced", "page-nothing-due"]
    assert done.button is None
