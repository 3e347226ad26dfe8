# Every sentence may also use $brand, $company, $helpline (text), and on SMS $to (text: how to send a keyword).

# $k (K-number), $name (masked name)
whose = K-number { $k }, { $name }
# $date: the day of the newest import
as-on = As on { $date }.
# What stands for the name on SMS. $date; $old (K-number)
who-as-on = as on { $date }
who-moved = (was { $old })

# $month, $amount (money), $due (date)
bill-due = The bill for { $month } is { $amount }, due on { $due }.
# $after (money)
bill-after = After that date it is { $after }.
# $k, $who (masked name, who-as-on or who-moved), $amount, $due, $after
bill-due-sms = K { $k } { $who }: bill { $amount }, due { $due }; after that { $after }. To pay SMS PAY { $k }{ $to } -{ $brand }

# $amount (money): what is to be paid now; $due (date); $before (money): what it was until then
bill-overdue = { $amount } is to be paid now. The due date, { $due }, has passed.
bill-before = Until then the bill was { $before }.
bill-overdue-sms = K { $k } { $who }: { $amount } to pay now. Due date { $due } has passed (bill { $before }). To pay SMS PAY { $k }{ $to } -{ $brand }

# $paid, $amount (money): what came in and what is left; $due (date)
bill-part-paid = { $paid } is paid. { $amount } is left, due on { $due }.
bill-part-paid-sms = K { $k } { $who }: { $paid } paid, { $amount } left, due { $due }. To pay SMS PAY { $k }{ $to } -{ $brand }
bill-part-paid-overdue = { $paid } is paid. { $amount } is left to pay now: the due date, { $due }, has passed.
bill-part-paid-overdue-sms = K { $k } { $who }: { $paid } paid, { $amount } left to pay now. Due date { $due } has passed. To pay SMS PAY { $k }{ $to } -{ $brand }

# $paid (money), $date, $receipt (text)
bill-paid = The bill for { $month } is paid: { $paid } on { $date }, receipt { $receipt }. Nothing is due now.
bill-paid-sms = K { $k } { $who }: { $paid } paid on { $date }, receipt { $receipt }. Nothing is due now. -{ $brand }
bill-paid-plain = The bill for { $month } is paid: { $paid }. Nothing is due now.

# $month
bill-zero = The government subsidy covers the whole bill for { $month }. There is nothing to pay.
bill-zero-sms = K { $k } { $who }: the subsidy covers the whole bill for { $month }. Nothing to pay. -{ $brand }
bill-nothing-due = Nothing is due for { $month }.
bill-nothing-due-sms = K { $k } { $who }: nothing is due for { $month }. -{ $brand }
# $amount (money): what the company owes the consumer
bill-credit = This connection has a credit of { $amount }. There is nothing to pay now: it is set off against the next bill.
bill-credit-sms = K { $k } { $who }: credit of { $amount }, set off against the next bill. Nothing to pay now. -{ $brand }
bill-none = There is no bill for this connection yet. Once it is made, you can see it here.
bill-none-sms = K { $k } { $who }: no bill has been made yet. Please ask again in a few days. -{ $brand }

# The last date. $due (date), $amount, $after (money)
due-date = The last date is { $due }: { $amount } until then.
due-date-overdue = The last date was { $due } and has passed. { $amount } is to be paid now.

# A connection that is cut. $amount (money): what is still due
connection-disconnected = The supply of this connection has been disconnected.
connection-disconnected-due = { $amount } is due. When this and the reconnection charge are paid, the office reconnects the supply.
connection-disconnected-clear = Nothing is due on the bill. The office reconnects the supply when the reconnection charge is paid.
connection-disconnected-due-sms = K { $k } { $who }: supply is disconnected. { $amount } is due; pay it and the reconnection charge to be reconnected. SMS PAY { $k }{ $to }. Help { $phone } -{ $brand }
connection-disconnected-clear-sms = K { $k } { $who }: supply is disconnected, nothing is due on the bill. To be reconnected pay the reconnection charge at the office. Help { $phone } -{ $brand }
# $office (name), $phone (text)
connection-office = Office: { $office }. Help: { $phone }
connection-office-unnamed = Help: { $phone }
# A connection that no longer exists. $amount (money)
connection-closed = This connection is closed. Nothing is due.
connection-closed-sms = K { $k } { $who }: this connection is closed. Nothing is due. Help { $phone } -{ $brand }
connection-closed-due = This connection is closed. { $amount } of the final bill is still due.
connection-closed-due-sms = K { $k } { $who }: this connection is closed, { $amount } of the final bill is due. To pay SMS PAY { $k }{ $to } -{ $brand }

# What the bill is made of. $month
breakdown-title = Bill for { $month }
# $previous, $current, $units (whole numbers)
breakdown-reading = Reading: { $previous } to { $current }, { $units } units
# $amount (money) in each; on SMS short
charge-fixed = Fixed charge: { $amount }
charge-fixed-sms = fixed charge { $amount }
charge-energy = Energy charge: { $amount }
charge-energy-sms = energy { $amount }
charge-duty = Electricity duty: { $amount }
charge-duty-sms = duty { $amount }
charge-cess = Cess: { $amount }
charge-cess-sms = cess { $amount }
charge-water_cess = Water conservation cess: { $amount }
charge-water_cess-sms = water cess { $amount }
charge-urban_cess = Urban cess: { $amount }
charge-urban_cess-sms = urban cess { $amount }
charge-fuel_surcharge = Fuel surcharge: { $amount }
charge-fuel_surcharge-sms = fuel surcharge { $amount }
charge-regulatory_surcharge = Regulatory surcharge: { $amount }
charge-regulatory_surcharge-sms = surcharge { $amount }
charge-other = Other charges: { $amount }
charge-other-sms = other { $amount }
charge-tcs = Tax collected at source (TCS): { $amount }
charge-tcs-sms = TCS { $amount }
charge-subsidy = Government subsidy: { $amount }
charge-subsidy-sms = subsidy { $amount }
charge-rebate = Rebate: { $amount }
charge-rebate-sms = rebate { $amount }
charge-arrears = Earlier dues: { $amount }
charge-arrears-sms = earlier dues { $amount }
charge-credit = Credit carried over: { $amount }
charge-credit-sms = credit { $amount }
breakdown-total = Total: { $amount }
# $units (whole number), $first, $second (charges), $rest, $amount (money)
breakdown-sms = K { $k }: { $first }, { $second }, rest { $rest }; total { $amount }. -{ $brand }
