"""What is true in a transcript, read from the sentences at its head."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from models.bill import IST, Bill, Charges
from models.case import Case, CaseKind, CaseState
from models.consumer import Account, ConnectionStatus, Consumer
from models.conversation import Person
from models.k_number import KNumber
from models.money import NOTHING, Money
from models.office import Office
from models.payment import PaidReceipt, PaymentNews, PaymentState
from models.tariff import Slab, Tariff
from models.words import Masked, Month, Name
from tests.fakes.accounts import FakeAccounts
from tests.fakes.offices import FakeOffices
from tests.fakes.papers import FakePapers
from tests.fakes.payments import FakePayments
from tests.fakes.records import FakeRecords

MORNING = datetime(2026, 11, 24, 11, 30, tzinfo=IST)
TEN_DAYS = timedelta(days=10)
TARIFF = Tariff(
    year="2026-27",
    ordered_on=date(2026, 4, 1),
    begins=date(2026, 4, 1),
    ends=None,
    names={
        "LT-1": Name("Domestic", "घरेलू"),
        "LT-2": Name("Non-domestic", "अघरेलू"),
        "LT-6": Name("Medium industry", "मध्यम उद्योग"),
        "HT-5": Name("Large industry", "वृहद उद्योग"),
    },
    groups={"domestic": ("LT-1",), "non_domestic": ("LT-2",), "industry": ("LT-6", "HT-5")},
    rates={},
)
NO_CHARGES = Charges(**dict.fromkeys(Charges.__slots__, NOTHING))


@dataclass(slots=True)
class World:
    """Everything outside the bot, as one transcript has it."""

    now: datetime = MORNING
    accounts: FakeAccounts = field(default_factory=FakeAccounts)
    payments: FakePayments = field(default_factory=FakePayments)
    records: FakeRecords = field(default_factory=FakeRecords)
    papers: FakePapers = field(default_factory=FakePapers)
    offices: FakeOffices = field(default_factory=FakeOffices)
    tariffs: tuple[Tariff, ...] = ()
    person: Person = field(default_factory=lambda: Person(1))
    partial: bool = True
    first_time: bool = False
    last: KNumber | None = None  # the consumer last named

    @property
    def k(self) -> KNumber:
        """The K-number of the consumer last named."""
        assert self.last is not None, "name a consumer first"
        return self.last

    @property
    def account(self) -> Account:
        """The account of the consumer last named."""
        return self.accounts.accounts[self.k]

    @account.setter
    def account(self, account: Account) -> None:
        self.accounts.accounts[self.k] = account

    @property
    def bill(self) -> Bill:
        """That consumer's bill."""
        bill = self.account.bill
        assert bill is not None, "say first what the consumer owes"
        return bill

    @bill.setter
    def bill(self, bill: Bill) -> None:
        self.account = replace(self.account, bill=bill)


def world(givens: tuple[str, ...]) -> World:
    """The world of a transcript; LookupError names a sentence that nobody understands."""
    made = World()
    for line in givens:
        for pattern, apply in RULES.items():
            found = re.fullmatch(pattern, line.strip())
            if found:
                apply(made, found.groupdict(""))
                break
        else:
            raise LookupError(line)
    return made


Found = Mapping[str, str]
SUM = r"(?P<sum>-?₹[\d,.]+)"
DAY = r"(?P<day>\d+ \w+ \d{4})"


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %b %Y").replace(tzinfo=IST).date()


def _sum(text: str) -> Money:
    return Money.rupees(text.replace("₹", "").replace(",", ""))


def _today(made: World, it: Found) -> None:
    hour, minute = it["clock"].split(":")
    made.now = datetime.combine(_day(it["day"]), time(int(hour), int(minute)), IST)


def _consumer(made: World, it: Found) -> None:
    made.last = KNumber(it["k"])
    consumer = Consumer(
        made.k,
        Masked(it["en"], it["hi"]),
        category="LT-1",
        load_watts=3000,
        office_code="AJC-101",
        feeder_code="F1",
        status=ConnectionStatus.ACTIVE,
        connected_on=None,
    )
    made.account = Account(consumer, bill=None, moved_from=None, bills_as_of=made.now)


def _owes(made: World, it: Found) -> None:
    due = _day(it["day"])
    billed = due - TEN_DAYS
    amount = _sum(it["sum"])
    made.bill = Bill(
        number=f"B{made.k}",
        k_number=made.k,
        month=Month(billed.year, billed.month),
        billed_on=billed,
        due_on=due,
        previous_reading=4300,
        current_reading=4452,
        units=152,
        charges=NO_CHARGES,
        amount=amount,
        amount_after_due=_sum(it["after"]) if it["after"] else amount,
        paid=NOTHING,
        paid_on=None,
        receipt="",
    )


def _charges(made: World, it: Found) -> None:
    parts = dict(part.strip().rsplit(" ", 1) for part in it["parts"].split(";"))
    charges = replace(
        made.bill.charges, **{name.replace(" ", "_"): _sum(sum_) for name, sum_ in parts.items()}
    )
    made.bill = replace(made.bill, charges=charges)


def _paid(made: World, it: Found) -> None:
    amount, day, receipt = _sum(it["sum"]), _day(it["day"]), it["receipt"]
    made.bill = replace(made.bill, paid=amount, paid_on=day, receipt=receipt)
    _receipt(made, it)


def _receipt(made: World, it: Found) -> None:
    paid = PaidReceipt(it["receipt"], made.k, _sum(it["sum"]), _day(it["day"]), "UPI")
    made.payments.receipts[made.k] = paid
    made.payments.past.setdefault(made.k, []).append(paid)


def _had(made: World, it: Found) -> None:
    """An earlier bill, made on the 9th for the month or two before."""
    billed = datetime.strptime(f"9 {it['month']}", "%d %b %Y").replace(tzinfo=IST).date()
    back = billed.year * 12 + billed.month - 1 - (2 if it["two"] else 1)
    amount = _sum(it["sum"])
    bill = Bill(
        number=f"B{made.k}-{billed:%y%m}",
        k_number=made.k,
        month=Month(billed.year, billed.month),
        billed_on=billed,
        due_on=billed + TEN_DAYS,
        previous_reading=0,
        current_reading=int(it["units"]),
        units=int(it["units"]),
        charges=NO_CHARGES,
        amount=amount,
        amount_after_due=amount,
        paid=amount if it["paid"] else NOTHING,
        paid_on=_day(it["paid"]) if it["paid"] else None,
        receipt="",
        covers_from=date(back // 12, back % 12 + 1, 9),
        covers_to=billed - timedelta(days=1),
    )
    made.accounts.past.setdefault(made.k, []).append(bill)


def _broken(made: World, it: Found) -> None:
    made.papers.broken = True


def _status(made: World, it: Found) -> None:
    status = ConnectionStatus(it["status"])
    made.account = replace(made.account, consumer=replace(made.account.consumer, status=status))


def _moved(made: World, it: Found) -> None:
    old = KNumber(it["old"])
    made.accounts.accounts[old] = replace(made.account, moved_from=old)


def _imported(made: World, it: Found) -> None:
    at = datetime.combine(_day(it["day"]), MORNING.timetz())
    made.account = replace(made.account, bills_as_of=at)


def _office(made: World, it: Found) -> None:
    made.account = replace(made.account, office=Name(it["en"], it["hi"]), helpline=it["phone"])


def _listed_office(made: World, it: Found) -> None:
    name = Name(it["en"], it["hi"])
    office = Office(name, it["officer"], it["phone"], it["hours"], it["map"])
    made.offices.offices[it["code"]] = office


def _category(made: World, it: Found) -> None:
    consumer = replace(made.account.consumer, category=it["code"])
    made.account = replace(made.account, consumer=consumer)


def _rates(made: World, it: Found) -> None:
    """Slabs are told as `50 at ₹4.75, 150 at ₹6`; the last one may be `beyond at ₹8`."""
    slabs: list[Slab] = []
    first = 0
    for slab in it["slabs"].split(", "):
        end, rate = slab.split(" at ")
        last = int(end) if end.isdecimal() else None
        slabs.append(Slab(first, last, _sum(rate)))
        first = last + 1 if last is not None else first
    known = made.tariffs[0].rates if made.tariffs else {}
    made.tariffs = (replace(TARIFF, rates={**known, it["code"]: tuple(slabs)}),)


def _news(made: World, it: Found) -> None:
    state = PaymentState(it["state"])
    live = state in {PaymentState.ASKED, PaymentState.FAILED}
    made.payments.told[made.k] = PaymentNews(
        state,
        _sum(it["sum"]),
        datetime.combine(_day(it["day"]), MORNING.timetz()),
        it["receipt"],
        "https://bijli.avvnl.example/p/L0" if live else "",
    )


def _own(made: World, it: Found) -> None:
    made.person = replace(made.person, saved=_numbers(it["numbers"]))
    made.accounts.own = made.person.own


def _verified(made: World, it: Found) -> None:
    made.person = replace(made.person, registered=(*made.person.registered, made.k))
    made.accounts.own = made.person.own
    made.records.mobiles[made.k] = it["last"] or "01"


def _mobile(made: World, it: Found) -> None:
    made.records.mobiles[made.k] = it["last"]


def _shared(made: World, it: Found) -> None:
    made.accounts.shared = _numbers(it["numbers"])


def _numbers(text: str) -> tuple[KNumber, ...]:
    return tuple(KNumber(k.strip()) for k in text.split(","))


def _case(made: World, it: Found) -> None:
    made.records.cases.append(
        Case(
            it["ref"],
            CaseKind(it["kind"]),
            CaseState(it["state"]),
            KNumber(it["k"]) if it["k"] else None,
            datetime.combine(_day(it["day"]), MORNING.timetz()),
            mine=not it["others"],
        )
    )


def _notified(made: World, it: Found) -> None:
    made.person = replace(made.person, notified=_numbers(it["numbers"]))


def _stopped(made: World, it: Found) -> None:
    made.person = replace(made.person, stopped=True)


def _silent(made: World, it: Found) -> None:
    made.payments.silent = True


def _whole(made: World, it: Found) -> None:
    made.partial = False


def _used_up(made: World, it: Found) -> None:
    made.accounts.look_ups_left = 0


def _confirmed(made: World, it: Found) -> None:
    made.person = replace(made.person, email_asked=True, email_confirmed=True)


def _full(made: World, it: Found) -> None:
    others = tuple(KNumber(f"9010200{number:05d}") for number in range(int(it["count"])))
    made.person = replace(made.person, saved=(*made.person.saved, *others))
    made.accounts.own = made.person.own


def _first(made: World, it: Found) -> None:
    made.first_time = True


RULES: Mapping[str, Callable[[World, Found], None]] = {
    rf"today is {DAY}, (?P<clock>\d+:\d+)": _today,
    r"consumer (?P<k>\d{12}), (?P<en>[^/]*?)(?: / (?P<hi>.*))?": _consumer,
    rf"owes {SUM} by {DAY}(?:, then (?P<after>₹[\d,.]+))?": _owes,
    r"for (?P<parts>.*)": _charges,
    rf"paid {SUM} on {DAY}, receipt (?P<receipt>\S+)": _paid,
    rf"has the receipt (?P<receipt>\S+) for {SUM} of {DAY}": _receipt,
    r"is (?P<status>disconnected|closed)": _status,
    r"was (?P<old>\d{12}) before": _moved,
    rf"bills imported on {DAY}": _imported,
    r"office (?P<en>[^/]*) / (?P<hi>[^,]*), (?P<phone>[\d-]+)": _office,
    r"(?P<code>[A-Z]{3}-\d{3}) is the office (?P<en>[^/]*) / (?P<hi>[^,;]*)"
    r"(?:, (?P<phone>[\d-]+))?(?:; officer (?P<officer>[^;]*))?(?:; open (?P<hours>[^;]*))?"
    r"(?:; map (?P<map>\S+))?": _listed_office,
    r"is of category (?P<code>\S+)": _category,
    r"a unit of (?P<code>\S+) costs (?P<slabs>.*)": _rates,
    rf"payment of {SUM} is (?P<state>\w+) since {DAY}(?:, receipt (?P<receipt>\S+))?": _news,
    r"the sender has (?P<numbers>[\d, ]+)": _own,
    r"is registered on the sender's mobile(?:, which ends in (?P<last>\d\d))?": _verified,
    r"is registered on a mobile that ends in (?P<last>\d\d)": _mobile,
    r"the sender's own number has (?P<numbers>[\d, ]+)": _shared,
    r"the sender has (?P<count>\d+) other K-numbers": _full,
    r"the sender's e-mail address is confirmed": _confirmed,
    r"the gateway is silent": _silent,
    r"had (?P<units>\d+) units in (?P<month>\w{3} \d{4})(?P<two> and the month before)?, "
    rf"{SUM}(?:, paid on (?P<paid>\d+ \w+ \d{{4}}))?": _had,
    r"the printer is broken": _broken,
    r"bills are paid as a whole": _whole,
    rf"(?P<ref>CMP-\w+) about (?P<kind>\w+) is (?P<state>\w+) since {DAY}"
    r"(?:, for (?P<k>\d{12}))?(?P<others>, from somebody else)?": _case,
    r"the sender has notices about (?P<numbers>[\d, ]+)": _notified,
    r"the sender stopped notices": _stopped,
    r"the look-ups of today are used up": _used_up,
    r"the sender writes for the first time": _first,
}
