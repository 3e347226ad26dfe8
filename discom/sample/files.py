"""Sample data as the files a billing system would send."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from discom.sample.crowd import (
    DUE_DAYS,
    EPOCH,
    FARMS,
    FEEDERS,
    MODES,
    STATUSES,
    Bills,
    Block,
    Crowd,
)
from discom.sample.facts import Sample, Subdivision

PAISE = 100
CHEQUE_DAYS = 3  # earlier than cash
FEEDER_KINDS = {
    "city": ("urban", "urban", "industrial", "mixed"),
    "municipal": ("urban", "urban", "industrial", "agriculture"),
    "rural": ("rural", "rural", "mixed", "agriculture"),
}
FEEDER_NAMES = (
    ("Town 1", "शहर 1"), ("Town 2", "शहर 2"), ("Industrial", "औद्योगिक"), ("Agriculture", "कृषि"),
)  # fmt: skip

FEEDER_HEADER = (
    "feeder_code", "name", "name_hi", "office_code", "kind", "gss", "gss_hi", "block_hours",
)  # fmt: skip
LOCALITY_HEADER = ("name", "name_hi", "office_code", "feeder_codes", "pincode")
CONSUMER_HEADER = (
    "k_number", "name", "name_hi", "address", "locality", "pincode", "mobile", "email", "category",
    "sanctioned_load_kw", "phase", "office_code", "feeder_code", "meter_number", "connected_on",
    "status",
)  # fmt: skip
BILL_HEADER = (
    "k_number", "bill_number", "bill_month", "bill_date", "due_date", "cheque_due_date",
    "period_from", "period_to", "previous_reading", "current_reading", "units", "fixed_charge",
    "energy_charge", "electricity_duty", "cess", "water_cess", "urban_cess", "fuel_surcharge",
    "regulatory_surcharge", "other_charges", "subsidy", "arrears", "amount", "amount_after_due",
    "meter_status",
)  # fmt: skip
COLLECTION_HEADER = ("k_number", "receipt_number", "paid_on", "amount", "mode")
ALIAS_HEADER = ("old_k_number", "new_k_number", "effective_on")

Rows = Iterable[Sequence[object]]


def text(rows: Rows) -> str:
    """Rows as lines of CSV."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()


def feeder_code(office: Subdivision, place: int) -> str:
    """The code of a subdivision's feeder, counted from 1."""
    return f"{office.code}-F{place}"


def feeders(sample: Sample) -> Iterator[str]:
    """Four feeders to each subdivision."""
    yield text([FEEDER_HEADER])
    for office in sample.subdivisions:
        kinds = FEEDER_KINDS[office.area]
        yield text(
            (
                feeder_code(office, place + 1),
                f"{office.name} {FEEDER_NAMES[place][0]}",
                f"{office.name_hi} {FEEDER_NAMES[place][1]}",
                office.code,
                kinds[place],
                f"33/11 kV GSS {office.name}",
                f"33/11 केवी जीएसएस {office.name_hi}",
                "06:00-12:00;22:00-05:00" if kinds[place] == "agriculture" else "",
            )
            for place in range(FEEDERS)
        )


def localities(sample: Sample) -> Iterator[str]:
    """The same few names in each subdivision, as in life."""
    yield text([LOCALITY_HEADER])
    for office in sample.subdivisions:
        pincode = sample.file.circles[office.circle].pincode
        yield text(
            (name, name_hi, office.code, feeder_code(office, 1 + place % 2), pincode + place % 5)
            for place, (name, name_hi) in enumerate(sample.file.localities)
        )


def consumers(crowd: Crowd, count: int) -> Iterator[str]:
    """The crowd."""
    yield text([CONSUMER_HEADER])
    for block, wanted in crowd.blocks(count):
        yield text(_consumer_rows(crowd, block, wanted))


def _consumer_rows(crowd: Crowd, block: Block, wanted: int) -> Iterator[Sequence[object]]:
    file, offices = crowd.sample.file, crowd.sample.subdivisions
    columns = zip(
        block.n[:wanted].tolist(),
        block.k_number.tolist(),
        block.first.tolist(),
        block.last.tolist(),
        block.office.tolist(),
        block.locality.tolist(),
        block.category.tolist(),
        block.watts.tolist(),
        block.feeder.tolist(),
        block.mobile.tolist(),
        block.connected.tolist(),
        block.status.tolist(),
        strict=False,
    )
    for n, k, first, last, at, place, kind, watts, feeder, mobile, connected, status in columns:
        office, category = offices[at], crowd.categories[kind]
        given, family, concerns = (
            file.names.first[first],
            file.names.last[last],
            file.names.concerns,
        )
        if category in {"LT-1", FARMS}:
            name, name_hi = f"{given[0]} {family[0]}", f"{given[1]} {family[1]}"
        else:
            name, name_hi = concerns[(first + last) % len(concerns)]
        locality = file.localities[place][0]
        yield (
            k,
            name,
            name_hi,
            f"House {1 + n % 190} {locality} {office.name}",
            locality,
            file.circles[office.circle].pincode + place % 5,
            mobile or "",
            "",
            category,
            f"{watts / 1000:.2f}",
            1 if watts <= 5000 else 3,  # noqa: PLR2004 -- single phase to about 5 kW
            office.code,
            feeder_code(office, feeder),
            f"{office.prefix}M{n:07d}",
            EPOCH + timedelta(days=connected),
            STATUSES[status],
        )


def bills(crowd: Crowd, count: int, today: date, months: int) -> Iterator[str]:
    """The crowd's bills."""
    days = _Days()
    yield text([BILL_HEADER])
    for block, wanted in crowd.blocks(count):
        numbers = block.k_number.tolist()
        for month in block.bills(wanted, today, months):
            yield text(_bill_rows(block, numbers, month, days))


def _bill_rows(
    block: Block, numbers: list[int], bills: Bills, days: _Days
) -> Iterator[Sequence[object]]:
    parts, first = bills.parts, bills.day - 30 * block.cycle[bills.consumer]
    money = (
        parts.fixed, parts.energy, parts.duty, parts.duty * 0, parts.water, parts.urban, parts.fuel,
        parts.regulatory, parts.duty * 0, parts.subsidy, bills.arrears, bills.amount,
        bills.after_due,
    )  # fmt: skip
    columns = zip(
        bills.consumer.tolist(),
        bills.month.tolist(),
        bills.day.tolist(),
        first.tolist(),
        bills.previous.tolist(),
        bills.current.tolist(),
        zip(*((column // PAISE).tolist() for column in money), strict=True),
        strict=True,
    )
    for place, month, day, since, previous, current, rupees in columns:
        k = numbers[place]
        yield (
            k,
            bill_number(k, month),
            f"{month // 100}-{month % 100:02d}",
            days[day],
            days[day + DUE_DAYS],
            days[day + DUE_DAYS - CHEQUE_DAYS],
            days[since],
            days[day - 1],
            previous,
            current,
            current - previous,
            *rupees,
            "OK",
        )


def collections(crowd: Crowd, count: int, today: date, months: int) -> Iterator[str]:
    """What the crowd has paid at counters and elsewhere."""
    days = _Days()
    yield text([COLLECTION_HEADER])
    for block, wanted in crowd.blocks(count):
        numbers = block.k_number.tolist()
        for month in block.bills(wanted, today, months):
            paid = month.only(month.paid_day > 0)
            columns = zip(
                paid.consumer.tolist(),
                paid.month.tolist(),
                paid.paid_day.tolist(),
                (paid.paid // PAISE).tolist(),
                strict=True,
            )
            yield text(
                (
                    numbers[place],
                    receipt_number(numbers[place], billed),
                    days[day],
                    rupees,
                    MODES[(place + billed) % len(MODES)],
                )
                for place, billed, day, rupees in columns
            )


def bill_number(k: int, month: int) -> str:
    """The number of a sample bill."""
    return f"{k % 10**11:011d}{month % 10000:04d}"


def receipt_number(k: int, month: int) -> str:
    """The number of a sample receipt."""
    return f"R{bill_number(k, month)}"


class _Days(dict[int, str]):
    """Days counted from 1970, as they are written."""

    def __missing__(self, day: int) -> str:
        self[day] = written = (EPOCH + timedelta(days=day)).isoformat()
        return written
