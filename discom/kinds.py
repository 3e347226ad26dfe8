"""What can be imported: each kind with its columns, in the order of its row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from discom import cells, taking
from discom.batch import Batch
from discom.cells import Column
from discom.ports import Records
from models.records import (
    AliasRow,
    BillRow,
    CollectionRow,
    ConsumerRow,
    Counts,
    FeederRow,
    LocalityRow,
    OfficeRow,
)

R = TypeVar("R", bound=tuple[object, ...])

FEEDER_KINDS = ("urban", "rural", "industrial", "agriculture", "mixed")
AREAS = ("city", "municipal", "rural")
STATUSES = ("active", "disconnected", "temporary", "closed")
ROUNDING = 100  # paise: bills are rounded to the rupee
_FIRST_PART = BillRow._fields.index("fixed_charge")
_LAST_PART = BillRow._fields.index("tcs") + 1  # what stands between is added up


@dataclass(frozen=True, slots=True)
class Known:
    """The codes a file may refer to."""

    offices: Collection[str]
    categories: Collection[str]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file."""

    name: str
    read: Callable[[str], object]
    optional: bool = False
    keep: bool = True  # whether its cells repeat, so that remembering them pays


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """How the rows of one kind come in; the fields stand in the order of the row's values."""

    make: Callable[[Iterable[object]], R]
    fields: tuple[Field, ...]
    take: Callable[[Records, Batch[R]], Counts]
    doubtful: Callable[[R, Sequence[str]], bool] = lambda _row, _cells: False

    def columns(self) -> list[Column[object]]:
        """Fresh columns, which remember for the length of one import."""
        return [Column(field.read, keep=field.keep) for field in self.fields]

    @property
    def required(self) -> list[str]:
        """The columns that must be there."""
        return [field.name for field in self.fields if not field.optional]

    @property
    def optional(self) -> list[str]:
        """The columns that may be left out."""
        return [field.name for field in self.fields if field.optional]


def _key(name: str) -> Field:
    return Field(name, cells.read_key, keep=False)


def _k_number(name: str = "k_number") -> Field:
    return Field(name, cells.read_k_number, keep=False)


def _text(name: str, *, optional: bool = False) -> Field:
    return Field(name, cells.read_text, optional=optional)


def _paise(name: str, *, optional: bool = False) -> Field:
    return Field(name, cells.read_paise, optional=optional)


def _dated(name: str) -> Field:
    return Field(name, cells.read_date_or_none, optional=True)


def offices(_known: Known) -> Kind[OfficeRow]:
    """`office_code`; the parent is looked at when the row meets the tree."""
    return Kind(
        OfficeRow._make,
        (
            _key("office_code"),
            Field("kind", cells.one_of(*taking.LEVELS)),
            Field("name", cells.read_name, keep=False),
            _text("name_hi"),
            Field("parent_code", lambda cell: cells.read_code(cell) or None),
            _text("served_by"),
            _text("helpline"),
            _text("officer", optional=True),
            _text("phone", optional=True),
            _text("hours", optional=True),
            _text("map_url", optional=True),
            Field("area", cells.one_of(*AREAS, ""), optional=True),
        ),
        taking.take_offices,
    )


def feeders(known: Known) -> Kind[FeederRow]:
    """`feeder_code`."""
    return Kind(
        FeederRow._make,
        (
            _key("feeder_code"),
            Field("name", cells.read_name, keep=False),
            _text("name_hi"),
            Field("office_code", cells.known(known.offices, "office")),
            Field("kind", cells.one_of(*FEEDER_KINDS)),
            _text("sms_name", optional=True),
            _text("sms_name_hi", optional=True),
            _text("gss", optional=True),
            _text("gss_hi", optional=True),
            Field("block_hours", cells.read_block_hours, optional=True),
        ),
        taking.take_feeders,
    )


def localities(known: Known) -> Kind[LocalityRow]:
    """`name` and `office_code`."""
    return Kind(
        LocalityRow._make,
        (
            Field("name", cells.read_name),
            _text("name_hi"),
            Field("office_code", cells.known(known.offices, "office")),
            Field("pincode", cells.read_pincode, optional=True),
            Field("aliases", cells.read_list, optional=True),
            Field("feeder_codes", cells.read_list),
        ),
        taking.take_localities,
        doubtful=lambda row, raw: bool(raw[3].strip()) and not row.pincode,
    )


def consumers(known: Known) -> Kind[ConsumerRow]:
    """`k_number`."""
    return Kind(
        ConsumerRow._make,
        (
            _k_number(),
            Field("name", cells.read_name),
            _text("name_hi"),
            Field("address", cells.read_text, keep=False),
            _text("locality"),
            Field("pincode", cells.read_pincode),
            Field("mobile", cells.read_mobile, keep=False),
            Field("email", cells.read_email),
            Field("category", cells.one_of(*known.categories)),
            Field("sanctioned_load_kw", cells.read_watts),
            Field("phase", cells.read_phase),
            Field("office_code", cells.known(known.offices, "office")),
            Field("feeder_code", cells.read_code),
            Field("meter_number", cells.read_code, keep=False),
            Field("connected_on", cells.read_date_or_none),
            Field("status", cells.one_of(*STATUSES)),
        ),
        taking.take_consumers,
        doubtful=_contact_was_left_out,
    )


def bills(_known: Known) -> Kind[BillRow]:
    """`bill_number`, and one bill per `k_number` and `bill_month`."""
    return Kind(
        BillRow._make,
        (
            _key("bill_number"),
            _k_number(),
            Field("bill_month", cells.read_month),
            Field("bill_date", cells.read_date),
            Field("due_date", cells.read_date),
            _dated("cheque_due_date"),
            _dated("period_from"),
            _dated("period_to"),
            Field("previous_reading", cells.read_count),
            Field("current_reading", cells.read_count),
            Field("units", cells.read_count),
            _paise("fixed_charge"),
            _paise("energy_charge"),
            _paise("electricity_duty"),
            _paise("cess"),
            _paise("water_cess", optional=True),
            _paise("urban_cess", optional=True),
            _paise("fuel_surcharge"),
            _paise("regulatory_surcharge", optional=True),
            Field("other_charges", cells.read_credit),
            _paise("tcs", optional=True),
            _paise("subsidy"),
            _paise("rebate", optional=True),
            _paise("security_deposit", optional=True),
            Field("arrears", cells.read_credit),
            Field("amount", cells.read_balance),
            Field("amount_after_due", cells.read_amount),
            _text("meter_status", optional=True),
        ),
        taking.take_bills,
        doubtful=_parts_differ,
    )


def collections(_known: Known) -> Kind[CollectionRow]:
    """`receipt_number`; a negative amount is money that went back."""
    return Kind(
        CollectionRow._make,
        (
            _key("receipt_number"),
            _k_number(),
            Field("paid_on", cells.read_date),
            Field("amount", cells.read_balance),
            _text("mode"),
        ),
        taking.take_collections,
    )


def k_number_aliases(_known: Known) -> Kind[AliasRow]:
    """`old_k_number`."""
    return Kind(
        AliasRow._make,
        (
            _k_number("old_k_number"),
            _k_number("new_k_number"),
            Field("effective_on", cells.read_date),
        ),
        taking.take_aliases,
    )


def _contact_was_left_out(row: ConsumerRow, raw: Sequence[str]) -> bool:
    return (not row.email and bool(raw[7].strip())) or (not row.pincode and bool(raw[5].strip()))


def _parts_differ(row: BillRow, _cells: Sequence[str]) -> bool:
    """Whether the parts do not add up to the amount, give or take a rupee.

    Billing systems differ in whether `cess` already holds the two named ones, and whether a
    security deposit is asked for with the bill or only told.
    """
    parts = sum(row[_FIRST_PART:_LAST_PART])  # type: ignore[arg-type]  # these are all paise
    missing = row.amount - parts - row.arrears
    missing += row.subsidy + row.rebate
    if abs(missing) <= ROUNDING:
        return False
    named, deposit = row.water_cess + row.urban_cess, row.security_deposit
    return all(abs(missing - more) > ROUNDING for more in (-named, deposit, deposit - named))


KINDS: Mapping[str, Callable[[Known], Kind[Any]]] = {
    "offices": offices,
    "feeders": feeders,
    "localities": localities,
    "consumers": consumers,
    "bills": bills,
    "collections": collections,
    "k-number-aliases": k_number_aliases,
}
