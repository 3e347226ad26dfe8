"""What a unit costs, and which units cost nothing: only what a source confirms."""

from __future__ import annotations

from collections.abc import Mapping

from bot.handlers.connection import in_short
from bot.handlers.human import at_home, office_line
from bot.options import key
from bot.turn import Handler, Turn
from models.bill import IST
from models.message import Option, Reply
from models.tariff import Slab, Tariff, in_force
from models.words import Say, Word

_USUAL = "domestic"
_ROOM = 2  # things that fit an SMS


async def show_rates(turn: Turn) -> Reply:
    """The rates of a group of categories: the one named, their own, else homes."""
    here = await at_home(turn)
    tariff = in_force(turn.services.tariffs, turn.now.astimezone(IST).date())
    if tariff is None:
        short = (Say("intent-tariff_info"), Say("short-rate-none"), Say("short-rate-bill"))
        return Reply((Say("tariff-unknown"), office_line(here)), sms=in_short(here, *short))
    group, codes = _codes(turn, here, tariff)
    rated = [code for code in codes if tariff.rates.get(code)]
    lines = [line for code in rated for line in _rates(tariff, code)]
    if rated:
        lines.append(Say("tariff-as-of", {"date": tariff.ordered_on}))
        lines.append(Say("tariff-on-top"))
    else:
        lines.append(Say("tariff-none", {"group": Say(f"tariff-{group}")}))
        lines.append(office_line(here))
    others = tuple(
        Option(key("tariff_info", category=it), Say(f"tariff-{it}"))
        for it in tariff.groups
        if it != group
    )
    return Reply(tuple(lines), others, sms=_short(here, tariff, group, rated))


async def explain_subsidy(turn: Turn) -> Reply:
    """Free units, and whether the person's own bill has the subsidy."""
    here = await at_home(turn)
    lines = [Say("subsidy-scheme"), Say("subsidy-registered")]
    options: tuple[Option, ...] = ()
    bill = here.account.bill if here.account else None
    if bill is not None:
        name = "subsidy-on-bill" if bill.charges.subsidy else "subsidy-not-on-bill"
        subsidy = bill.charges.subsidy
        facts: Mapping[str, Word] = {"k": bill.k_number, "month": bill.month, "amount": subsidy}
        lines.append(Say(name, facts))
        breakdown = key("bill_breakdown", bill.k_number)
        options = (Option(breakdown, Say("intent-bill_breakdown")),)
    lines += [Say("subsidy-ask"), office_line(here)]
    what = Say("intent-subsidy_info")
    short = in_short(here, what, Say("short-subsidy-units"), Say("short-subsidy-who"))
    return Reply(tuple(lines), options, sms=short)


def _codes(turn: Turn, here: Turn, tariff: Tariff) -> tuple[str, tuple[str, ...]]:
    """The group and the categories to tell; a category is private to whoever it belongs to."""
    named = turn.facts.get("category", "")
    if named in tariff.groups:
        return named, tariff.groups[named]
    if here.verified:
        own = here.settled.consumer.category
        for group, codes in tariff.groups.items():
            if own in codes:
                return group, (own,)
    return _USUAL, tariff.groups.get(_USUAL, ())


def _rates(tariff: Tariff, code: str) -> list[Say]:
    slabs = tariff.rates[code]
    facts: dict[str, Word] = {"category": tariff.names[code], "year": tariff.year}
    end = slabs[-1].last
    if _is_flat(slabs[0]):
        return [Say("tariff-flat", facts | {"amount": slabs[0].rate})]
    lines = [Say("tariff-title", facts), *map(_slab, slabs)]
    if end is not None:
        lines.append(Say("tariff-rest", {"units": end}))
    return lines


def _is_flat(slab: Slab) -> bool:
    return not slab.first and slab.last is None


def _slab(slab: Slab) -> Say:
    facts: dict[str, Word] = {"amount": slab.rate, "from": slab.first}
    if slab.last is not None:
        return Say("tariff-slab", facts | {"units": slab.last})
    return Say("tariff-above", facts)


def _short(here: Turn, tariff: Tariff, group: str, rated: list[str]) -> Say:
    """The first rates, and of whom: more has no room."""
    what = Say("tariff-short", {"group": Say(f"tariff-{group}"), "year": tariff.year})
    found = [_brief(tariff, code, slab) for code in rated for slab in tariff.rates[code]]
    if len(found) > _ROOM:
        both = Say("tariff-short-both", {"first": found[0], "second": found[1]})
        found = [both, *found[_ROOM:]]
    if not found:
        return in_short(here, what, Say("short-rate-none"), Say("short-rate-bill"))
    second = found[1] if len(found) > 1 else Say("short-rate-bill")
    return in_short(here, what, found[0], second)


def _brief(tariff: Tariff, code: str, slab: Slab) -> Say:
    if _is_flat(slab):
        return Say("tariff-short-flat", {"category": tariff.names[code], "amount": slab.rate})
    if slab.last is None:
        return Say("tariff-short-above", {"units": slab.first, "amount": slab.rate})
    return Say("tariff-short-to", {"units": slab.last, "amount": slab.rate})


TELL_RATES = Handler("tariff_info", show_rates)
EXPLAIN_SUBSIDY = Handler("subsidy_info", explain_subsidy)
