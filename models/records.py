"""The rows of the company's records, as they are imported and as the tables hold them.

Here a K-number is an integer and money integer paise, because millions of rows pass; a date is its
ISO text, which both databases take and give as it stands.
"""

from __future__ import annotations

from typing import NamedTuple, NewType

from models.message import Phone

IsoDate = NewType("IsoDate", str)
"""`2026-12-05`."""


class OfficeRow(NamedTuple):
    """An office: subdivision, division, circle, zone or company."""

    code: str
    kind: str
    name: str
    name_hi: str
    parent_code: str | None
    served_by: str
    helpline: str
    officer: str
    phone: str
    hours: str
    map_url: str
    area: str


class FeederRow(NamedTuple):
    """An 11 kV feeder."""

    code: str
    name: str
    name_hi: str
    office_code: str
    kind: str
    sms_name: str
    sms_name_hi: str
    gss: str
    gss_hi: str
    block_hours: str


class LocalityRow(NamedTuple):
    """A place as people call it, under one office; lists are separated by `;`."""

    name: str
    name_hi: str
    office_code: str
    pincode: str
    aliases: str
    feeder_codes: str


class ConsumerRow(NamedTuple):
    """A connection."""

    k_number: int
    name: str
    name_hi: str
    address: str
    locality: str
    pincode: str
    mobile: Phone | None
    email: str
    category: str
    load_watts: int
    phase: int
    office_code: str
    feeder_code: str
    meter_number: str
    connected_on: IsoDate | None
    status: str


class BillRow(NamedTuple):
    """One month's bill of a connection; charges and sums are paise."""

    bill_number: str
    k_number: int
    bill_month: int  # 202611
    bill_date: IsoDate
    due_date: IsoDate
    cheque_due_date: IsoDate | None
    period_from: IsoDate | None
    period_to: IsoDate | None
    previous_reading: int
    current_reading: int
    units: int
    fixed_charge: int
    energy_charge: int
    electricity_duty: int
    cess: int
    water_cess: int
    urban_cess: int
    fuel_surcharge: int
    regulatory_surcharge: int
    other_charges: int
    tcs: int
    subsidy: int
    rebate: int
    security_deposit: int
    arrears: int
    amount: int
    amount_after_due: int
    meter_status: str


class CollectionRow(NamedTuple):
    """Money paid elsewhere, or ours coming back; the amount is paise."""

    receipt_number: str
    k_number: int
    paid_on: IsoDate
    amount: int
    mode: str


class AliasRow(NamedTuple):
    """An old K-number and the one that answers for it."""

    old_k_number: int
    new_k_number: int
    effective_on: IsoDate


class Counts(NamedTuple):
    """What writing rows did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(*map(int.__add__, self, other))
