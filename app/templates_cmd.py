"""`bijli templates`: what is to be registered, and whether all of it can be."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from app.company import company, number_to_write_to, registers_sms
from app.settings import Settings
from app.templates import Templates, dlt_ids, read, texts
from app.usage import Unusable
from channels.twilio import TwilioAccount, TwilioSettings
from channels.twilio_content import TwilioContent
from models.errors import Misconfigured
from models.message import TAGS
from voice.templates import Template, findings, sms_names, templates
from voice.voice import Voice
from voice.wordings import findings as unfit
from voice.wordings import wording

CATEGORY = "service-implicit"  # it answers somebody, or tells of their own connection
FORMS = ("csv", "yaml")


def export(settings: Settings, form: str, *, typed: bool) -> int:
    """Write every SMS template to standard output, as staff hand it to the registry."""
    if form not in FORMS:
        raise Unusable(f"{form} is no format of templates; use csv or yaml.")
    voice, ids = _voice(settings), dlt_ids()
    rows = [
        {
            "name": it.name,
            "language": str(it.tag),
            "category": CATEGORY,
            "id": ids.get((it.name, it.tag), ""),
            "text": it.text(typed=typed),
            "segments": it.segments.parts,
            "variables": _variables(it),
        }
        for tag in TAGS
        for it in templates(voice, tag)
    ]
    if form == "yaml":
        yaml.safe_dump(rows, sys.stdout, allow_unicode=True, sort_keys=False, width=1000)
    else:
        _write_csv(rows)
    return 0


def check(settings: Settings) -> int:
    """Print what keeps a sentence from leaving; 1 where there is anything."""
    voice, registered = _voice(settings), read()
    found = [*findings(voice), *_whatsapp(voice, registered), *_ids(voice, settings)]
    for finding in found:
        print(finding)
    if not found:
        count = sum(len(sms_names(voice.sentences(tag))) for tag in TAGS)
        print(f"{count} SMS templates in {len(TAGS)} languages: each can leave.")
    return 1 if found else 0


def push(settings: Settings) -> int:
    """Make WhatsApp's menus and texts at Twilio, and submit the texts for approval."""
    twilio = settings.channels.twilio
    if not (twilio.is_on and twilio.whatsapp_from):
        raise Misconfigured(
            "WhatsApp is off: set channels.twilio.account_sid, .auth_token and .whatsapp_from, "
            "then push again."
        )
    account = TwilioAccount(
        TwilioSettings(
            twilio.account_sid, twilio.auth_token, settings.server.public_url, twilio.api_base
        )
    )
    return asyncio.run(_push(account, _voice(settings), read()))


async def _push(account: TwilioAccount, voice: Voice, registered: Templates) -> int:
    content = TwilioContent(account)
    refused = False
    try:
        menus = await content.ensure(registered.menus)
        print(f"{len(menus)} menus are there.")
        for text, state in await content.publish(texts(voice, registered)):
            refused = refused or state == "rejected"
            print(f"{text.sentence} ({text.tag}): {state}")
    finally:
        await account.close()
    return 1 if refused else 0


def _voice(settings: Settings) -> Voice:
    return Voice(company(settings.discom.name, number_to_write_to(settings)))


def _whatsapp(voice: Voice, registered: Templates) -> Iterator[str]:
    for name in registered.whatsapp:
        for tag in TAGS:
            if name in voice.sentences(tag):
                yield from unfit(wording(voice, name, tag))
            else:
                yield f"data/templates.yml names {name} for WhatsApp, which {tag} does not have."


def _ids(voice: Voice, settings: Settings) -> Iterator[str]:
    """Ids of sentences that are gone; and sentences without one, where the route asks for it."""
    ids = dlt_ids()
    names = {(name, tag) for tag in TAGS for name in sms_names(voice.sentences(tag))}
    for name, tag in sorted(ids.keys() - names):
        yield f"data/templates.yml has an id for {name} ({tag}), which is no SMS sentence."
    if registers_sms(settings):
        for name, tag in sorted(names - ids.keys()):
            yield (
                f"{name} ({tag}) can leave without a template: data/templates.yml has no id for it."
            )


def _variables(it: Template) -> list[dict[str, str]]:
    return [
        {"fact": variable.fact, "holds": str(variable.kind), "sample": variable.longest}
        for variable in it.variables
    ]


def _write_csv(rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(["name", "language", "category", "id", "text", "segments", "variables"])
    for row in rows:
        variables = "; ".join(
            f"{it['fact']} ({it['holds']}): {it['sample']}" for it in row["variables"]
        )
        writer.writerow([*list(row.values())[:-1], variables])
