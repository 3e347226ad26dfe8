"""Whoever asks for bills: those that are named one by one, all of them as a list."""

from bot.handlers.account_list import show_bills_of
from bot.handlers.bill import show_bill, show_due_date
from bot.turn import Handler, Need

SHOW_BILL = Handler(
    "bill_view", show_bill, needs=Need.K_NUMBER, answer_all=show_bills_of, one_by_one=True
)
SHOW_DUE_DATE = Handler(
    "bill_due_date", show_due_date, needs=Need.K_NUMBER, answer_all=show_bills_of, one_by_one=True
)
