"""Who answers what: the table of contents of everything people can ask for."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.handlers.account import ADD, REMOVE
from bot.handlers.account_list import LIST
from bot.handlers.bills import SHOW_BILL, SHOW_DUE_DATE
from bot.handlers.breakdown import SHOW_BREAKDOWN
from bot.handlers.case import COMPLAIN, TELL_STATUS
from bot.handlers.contact import CHANGE_CONTACT
from bot.handlers.dispute import LOOK_INTO
from bot.handlers.erase import ERASE, TELL_PRIVACY
from bot.handlers.faults import (
    REPORT_METER,
    REPORT_QUALITY,
    REPORT_THEFT,
    REPORT_TRANSFORMER,
    STREET_LIGHT,
)
from bot.handlers.follow_up import REOPEN, TELL_APPLICATION
from bot.handlers.help import HELP, K_NUMBER_HELP, OUT_OF_SCOPE
from bot.handlers.history import SHOW_BILLS, SHOW_CONSUMPTION, SHOW_PAYMENTS
from bot.handlers.human import NAME_PEOPLE
from bot.handlers.instalment import PAY_A_PART
from bot.handlers.language import CHANGE_LANGUAGE
from bot.handlers.missed_call import ANSWER_CALL
from bot.handlers.new_connection import NEW_CONNECTION
from bot.handlers.notices import NOTICES_OFF, NOTICES_ON
from bot.handlers.office_work import (
    CHANGE_CATEGORY,
    CHANGE_LOAD,
    CHANGE_NAME,
    CLOSE,
    EXPLAIN_SMART_METER,
    EXPLAIN_SOLAR,
    SINGLE_WINDOW,
)
from bot.handlers.offices import NAME_OFFICE
from bot.handlers.outage import RECONNECT, TELL_OUTAGE, TELL_PLANNED
from bot.handlers.paid import SHOW_RECEIPT, TELL_PAYMENT_STATUS
from bot.handlers.paper_bill import BILL_NOT_RECEIVED
from bot.handlers.papers import GIVE_BILL
from bot.handlers.reading import TAKE_READING
from bot.handlers.refund import ASK_BACK
from bot.handlers.safety import WARN
from bot.handlers.several import PAY
from bot.handlers.supply import REPORT_OUTAGE
from bot.handlers.talk import CALM, GREET, TAKE_LEAVE, THANK
from bot.handlers.tariff import EXPLAIN_SUBSIDY, TELL_RATES
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
            BILL_NOT_RECEIVED,
            ASK_BACK,
            LOOK_INTO,
            REPORT_OUTAGE,
            TELL_OUTAGE,
            TELL_PLANNED,
            RECONNECT,
            REPORT_QUALITY,
            REPORT_TRANSFORMER,
            REPORT_METER,
            STREET_LIGHT,
            REPORT_THEFT,
            COMPLAIN,
            TELL_STATUS,
            REOPEN,
            TAKE_READING,
            NEW_CONNECTION,
            TELL_APPLICATION,
            CHANGE_LOAD,
            CHANGE_NAME,
            CHANGE_CATEGORY,
            CLOSE,
            SINGLE_WINDOW,
            TELL_RATES,
            EXPLAIN_SUBSIDY,
            EXPLAIN_SOLAR,
            EXPLAIN_SMART_METER,
            NAME_OFFICE,
            ADD,
            REMOVE,
            LIST,
            CHANGE_CONTACT,
            NOTICES_ON,
            NOTICES_OFF,
            ERASE,
            TELL_PRIVACY,
            NAME_PEOPLE,
            ANSWER_CALL,
            K_NUMBER_HELP,
            WARN,
            OUT_OF_SCOPE,
            CALM,
        )
    }
)
