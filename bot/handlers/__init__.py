"""Who answers what: the table of contents of everything people can ask for."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.handlers.bill import SHOW_BILL, SHOW_DUE_DATE
from bot.handlers.breakdown import SHOW_BREAKDOWN
from bot.handlers.help import HELP, K_NUMBER_HELP, OUT_OF_SCOPE
from bot.handlers.history import SHOW_BILLS, SHOW_CONSUMPTION, SHOW_PAYMENTS
from bot.handlers.instalment import PAY_A_PART
from bot.handlers.language import CHANGE_LANGUAGE
from bot.handlers.paid import SHOW_RECEIPT, TELL_PAYMENT_STATUS
from bot.handlers.papers import GIVE_BILL
from bot.handlers.payment import PAY
from bot.handlers.safety import WARN
from bot.handlers.talk import CALM, GREET, TAKE_LEAVE, THANK
from bot.turn import Handler

HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        handler.intent: handler
        for handler in (
            GREET,
            THANK,
            TAKE_LEAVE,
            HELP,
            CHANGE_LANGUAGE,
            SHOW_BILL,
            SHOW_DUE_DATE,
            SHOW_BREAKDOWN,
            PAY,
            PAY_A_PART,
            TELL_PAYMENT_STATUS,
            SHOW_RECEIPT,
            GIVE_BILL,
            SHOW_BILLS,
            SHOW_PAYMENTS,
            SHOW_CONSUMPTION,
            K_NUMBER_HELP,
            WARN,
            OUT_OF_SCOPE,
            CALM,
        )
    }
)
