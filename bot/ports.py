"""What the answering half needs of the world, in its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.bill import Bill
from models.case import Case, CaseKind
from models.consumer import Account, LookUp
from models.k_number import KNumber
from models.message import Attachment, InboundMessage, Phone, Tag
from models.money import Money
from models.office import Office
from models.payment import Asked, PaidReceipt, PaymentNews
from models.proof import Outlook, PendingCode
from models.tariff import Tariff


class Accounts(Protocol):
    """The billing records, as one hop a look."""

    async def look_up(self, person_id: int, k: KNumber, now: datetime) -> LookUp:
        """The account behind a K-number; an old number answers for the new one.

        Where the day's look-ups are used up and the number is not the person's own, `allowed` is
        False and `account` None.
        """

    async def masked(self, numbers: tuple[KNumber, ...]) -> tuple[Account, ...]:
        """The accounts of the person's own K-numbers, in the order asked, unknown ones left out."""

    async def may_name_email(self, person_id: int, now: datetime) -> bool:
        """Whether one more letter may go to an address the person names: three a day."""

    async def registered(self, phone: Phone) -> tuple[KNumber, ...]:
        """The connections whose registered mobile this is, closed ones left out."""

    async def history(self, k: KNumber, months: int) -> tuple[Bill, ...]:
        """The bills of the newest so many months, newest first, each with what came for it."""


class Codes(Protocol):
    """One-time codes, as the records know them; sending and entering are deeds."""

    async def outlook(self, person_id: int, k: KNumber | None, now: datetime) -> Outlook:
        """Where a code for a connection would go now; without one, to the asking address."""

    async def pending(self, conversation_id: int, now: datetime) -> PendingCode | None:
        """The newest code asked for in a conversation that was not entered, expired ones too."""

    async def entered(
        self, conversation_id: int, purpose: str, k: KNumber | None, now: datetime
    ) -> bool:
        """Whether a code for this purpose was entered here in the last ten minutes."""


class Cases(Protocol):
    """What people brought up for staff to finish."""

    async def new_reference(self) -> str:
        """A reference nobody has yet; one that is not used leaves a gap, and that is all right."""

    async def unfinished(self, k: KNumber, kind: CaseKind, person_id: int) -> Case | None:
        """The unfinished case of this kind for a connection, whoever brought it up."""

    async def by_reference(self, ref: str, person_id: int) -> Case | None:
        """The case with this reference."""

    async def newest(self, person_id: int) -> Case | None:
        """The case the person brought up last, an unfinished one first."""

    async def last_finished(self, person_id: int) -> Case | None:
        """The newest case of the person that is finished."""


class Offices(Protocol):
    """Where the company is found."""

    async def of(self, code: str) -> Office | None:
        """The office with this code."""

    async def near(self, words: str) -> tuple[Office, ...]:
        """The offices that these words name by town, locality or pincode; a few at most."""


class Payments(Protocol):
    """The payment desk."""

    async def ask(
        self,
        accounts: tuple[Account, ...],
        amount: Money | None,
        *,
        conversation_id: int,
        tag: Tag,
        key: str,
        now: datetime,
    ) -> Asked:
        """One link for all that is payable now, or for a part of it where it is one connection's.

        Asking again gives the same link while amounts and bills are unchanged. Raises `Temporary`
        when the gateway does not answer.
        """

    async def news(self, k: KNumber, *, fresh: bool, now: datetime) -> PaymentNews | None:
        """What became of the newest link of this connection; `fresh` asks the gateway first."""

    async def last_receipt(self, k: KNumber) -> PaidReceipt | None:
        """The newest money that arrived for this connection, here or at a counter."""

    async def history(self, k: KNumber, most: int) -> tuple[PaidReceipt, ...]:
        """So much of the money that arrived for this connection, newest first."""


class Papers(Protocol):
    """PDFs and pictures: each is made once, and its address holds for a day.

    All raise `Temporary` where a paper cannot be made now; None: there is nothing to show.
    """

    async def bill(self, account: Account, tag: Tag, now: datetime) -> Attachment | None:
        """The copy of the account's bill, with full name and address: for the verified only."""

    async def receipt(self, k: KNumber, tag: Tag, now: datetime) -> Attachment | None:
        """The last receipt; the name is masked."""

    async def consumption(self, k: KNumber, tag: Tag, now: datetime) -> Attachment | None:
        """The picture of a year's consumption: for the verified only."""


class Hearing(Protocol):
    """Whoever makes words of a voice note."""

    async def words(self, message: InboundMessage) -> str | None:
        """What was spoken; None where it cannot be made out."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a handler may ask of the world."""

    accounts: Accounts
    payments: Payments
    codes: Codes
    cases: Cases
    papers: Papers
    offices: Offices
    partial_payments: bool  # settings: may a part be paid
    least_part: Money
    helpline: str
    public_url: str
    tariffs: tuple[Tariff, ...] = ()  # the company's, as far as they are known
    emails: bool = True  # settings: can e-mails be sent
    hearing: Hearing | None = None  # nobody hears yet: people are asked to write
