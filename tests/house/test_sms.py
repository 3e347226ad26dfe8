"""Every SMS can be registered, and leaves as it is registered."""

import pytest

from models.message import TAGS, Tag
from models.words import Name
from voice.templates import MOST, findings, templates
from voice.voice import Company, Voice

COMPANY = Name("Ajmer Discom", "अजमेर डिस्कॉम")
ROUTES = {
    "two-way": Voice(Company("AVVNL", COMPANY, "1912")),
    "one-way": Voice(Company("AVVNL", COMPANY, "1912", sms_number="92205 12345")),
}


@pytest.mark.parametrize("route", ROUTES)
def test_every_sms_can_be_registered(route: str) -> None:
    found = list(findings(ROUTES[route]))

    assert not found, "\n".join(found)


@pytest.mark.parametrize("tag", TAGS)
def test_the_budget_of_sms_sentences_is_kept(tag: Tag) -> None:
    made = templates(ROUTES["one-way"], tag)

    assert len(made) <= MOST, f"{len(made)} SMS sentences: let cases share one (sms=Say(...))."


@pytest.mark.parametrize("tag", TAGS)
def test_no_two_templates_are_alike(tag: Tag) -> None:
    texts = [it.text() for it in templates(ROUTES["one-way"], tag)]

    assert len(set(texts)) == len(texts)
