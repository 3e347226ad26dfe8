# Bills, payments and units, month after month; for the verified only.
# $month, $units, $amount, $due, $date, $paid
history-title = The last bills:
history-open = { $month }: { $units } units, { $amount }, not paid yet (last date { $due })
history-part = { $month }: { $units } units, { $amount }, of which { $paid } is paid
history-paid = { $month }: { $units } units, { $amount }, paid on { $date }
history-carried = { $month }: { $units } units, { $amount }, carried into the next bill
history-zero = { $month }: { $units } units, nothing to pay
history-credit = { $month }: { $units } units, { $amount } in your favour
# One bill of three in an SMS: $month (text: 11/26), $amount, $state (one of history-short-…)
history-short = { $month } { $amount } { $state }
history-short-open = not paid
history-short-part = part
history-short-paid = paid
history-short-carried = carried
history-short-zero = no dues
history-short-credit = credit
history-bills-sms = K { $k } bills: { $first }; { $second }; { $third }. -{ $brand }

# $date, $amount, $mode, $receipt
payments-title = The last payments:
payments-one = { $date }: { $amount } ({ $mode }), receipt { $receipt }
# $date (text: 22/11/26), $amount
payments-short = { $date } { $amount }
history-payments-sms = K { $k } payments: { $first }; { $second }; { $third }. -{ $brand }

# $average, $most, $units, $before (units), $highest, $month, $ago (months)
consumption-average = On average { $average } units a month.
consumption-highest = The most: { $most } units in { $highest }.
consumption-newest = { $month }: { $units } units.
consumption-before = { $month }: { $units } units; a year before, in { $ago }: { $before }.
consumption-shared = A bill for two months is shared out over both, by days.
consumption-sms = K { $k }: { $month } { $units } units, average { $average } a month, the most { $most } in { $highest }. -{ $brand }
