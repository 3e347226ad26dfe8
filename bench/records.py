"""The company's records as CSV files: consumers and their bills, written in seconds.

Consumer number n has the K-number, the mobile and the sum that the functions here name, so that
whoever asks for a bill knows what the answer must say.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from bench.processes import ROOT

OFFICES = ROOT / "data" / "discom" / "avvnl" / "offices.csv"
_FIRST_K = 901_010_000_000
_NAMES = (
    ("Ramesh Kumar Sharma", "रमेश कुमार शर्मा"),
    ("Sunita Devi", "सुनीता देवी"),
    ("Mohammad Irfan", "मोहम्मद इरफ़ान"),
    ("Gopal Lal Gurjar", "गोपाल लाल गुर्जर"),
    ("Kamla Meena", "कमला मीणा"),
    ("Vijay Singh Rathore", "विजय सिंह राठौड़"),
    ("Anita Jain", "अनिता जैन"),
)
_CONSUMERS = (
    "k_number,name,name_hi,address,locality,pincode,mobile,email,category,sanctioned_load_kw,phase,"
    "office_code,feeder_code,meter_number,connected_on,status\n"
)
_BILLS = (
    "k_number,bill_number,bill_month,bill_date,due_date,previous_reading,current_reading,units,"
    "fixed_charge,energy_charge,electricity_duty,cess,fuel_surcharge,other_charges,subsidy,arrears,"
    "amount,amount_after_due\n"
)


def k_number(n: int) -> str:
    """Twelve digits, rising with n."""
    return str(_FIRST_K + n)


def mobile(n: int) -> str:
    """The registered mobile, ten digits."""
    return f"9{n:09d}"


def rupees(n: int) -> int:
    """What consumer n owes."""
    return 150 + n % 90_000


def receipt(n: int) -> str:
    """The number of the receipt that consumer n got at a counter."""
    return f"CTR-{n:06d}"


def write_consumers(path: Path, count: int) -> Path:
    """Consumers 0 to count - 1, in the order of their K-numbers, spread over the subdivisions."""
    offices = _subdivisions()
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_CONSUMERS)
        for n in range(count):
            name, name_hi = _NAMES[n % len(_NAMES)]
            office = offices[n * len(offices) // count]
            file.write(
                f"{_FIRST_K + n},{name},{name_hi},Plot {n % 997} Ward {n % 45},Ward {n % 45},"
                f"30500{n % 9},{mobile(n)},,LT-1,{1 + n % 8},1,{office},{office}-F{n % 12},"
                f"M{n:08d},2015-0{1 + n % 9}-15,active\n"
            )
    return path


def write_bills(path: Path, count: int, months_ago: int = 0) -> Path:
    """One month's bills of consumers 0 to count - 1; this month's fall due in ten days."""
    today = date.today()  # noqa: DTZ011 -- any day of about now will do
    month = (today.replace(day=15) - timedelta(days=30 * months_ago)).strftime("%Y-%m")
    billed, due = (today + timedelta(days=days - 30 * months_ago) for days in (-5, 10))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_BILLS)
        for n in range(count):
            owed = rupees(n)
            late = owed // 50
            read, units = 1000 + n % 7000, 40 + n % 400
            fixed, duty = 100 + n % 50, 12
            energy = owed - fixed - duty
            file.write(
                f"{_FIRST_K + n},B{month}-{n:08d},{month},{billed},{due},{read},{read + units},"
                f"{units},{fixed}.00,{energy}.00,{duty}.00,0,0,0,0,0,{owed}.00,{owed + late}.00\n"
            )
    return path


def write_collections(path: Path, count: int) -> Path:
    """What consumers 0 to count - 1 paid at counters a month ago."""
    paid_on = date.today() - timedelta(days=30)  # noqa: DTZ011 -- any day of about then will do
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("k_number,receipt_number,paid_on,amount,mode\n")
        for n in range(count):
            file.write(f"{_FIRST_K + n},{receipt(n)},{paid_on},{rupees(n)}.00,Cash\n")
    return path


def _subdivisions() -> list[str]:
    with OFFICES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [row["office_code"] for row in rows if row["kind"] == "subdivision"]
