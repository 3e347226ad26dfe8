# $amount (money), $url (text)
pay-link = Pay { $amount } here: { $url }
# $until (date, or date and time)
pay-until = The link works until { $until }. You can pay by UPI, debit or credit card, wallet or net banking.
# $due (date)
pay-overdue = The due date, { $due }, has passed; this is the amount after it.
# $k (K-number), $who (as in bill.ftl)
pay-link-sms = Pay { $amount } for K { $k } { $who } by { $until }: { $url } UPI, card, wallet or net banking. -{ $brand }
pay-link-overdue-sms = Due date { $due } has passed. Pay { $amount } for K { $k } { $who }: { $url } UPI, card, wallet or net banking. -{ $brand }
# A part. $left (money)
pay-part-left = After that { $left } is left to pay.
# $least, $payable (money)
pay-part-too-small = The least part you can pay is { $least }. { $payable } is due in all.
pay-part-too-much = Only { $payable } is due, so a link for more cannot be made.
pay-part-off = Here a bill can only be paid as a whole: { $payable }.
pay-part-refused-sms = K { $k }: no more than { $payable } is due, and the least you can pay now is { $least }. To pay SMS PAY { $k }{ $to }. For instalments ask the office: { $phone } -{ $brand }
# Labels. $amount (money); $k (text): the last four digits
pay-this = Pay ..{ $k }
pay-sum = Pay { $amount }
# The gateway does not answer. $k, $amount
pay-not-now = The payment link cannot be made just now. Please try again in a while.
pay-not-now-counter = Or pay { $amount } at any e-Mitra or bill counter: tell them K-number { $k }.
# Without internet. $k, $amount, $due (date)
pay-offline = Without internet: go to any e-Mitra or bill counter, tell them K-number { $k }, and pay { $amount } by { $due }.
pay-offline-sms = Without a link: pay { $amount } for K { $k } at any e-Mitra or bill counter, due date { $due }. For a link SMS PAY { $k }{ $to } in a while -{ $brand }
pay-offline-now = Without internet: go to any e-Mitra or bill counter, tell them K-number { $k }, and pay { $amount }.
pay-offline-receipt = Please keep the receipt. The payment shows here once the counter has reported it.

# $payable, $least (money)
instalment-ask = { $payable } is due. How much do you want to pay now? Write an amount, like 500; the least is { $least }.
# $office (name), $phone (text)
instalment-office = Instalments over several months are granted by the office: { $office }, { $phone }.
instalment-office-unnamed = Instalments over several months are granted by the office: { $phone }.
instalment-ask-sms = K { $k }: { $payable } is due. To pay a part SMS the amount, e.g. PAY { $k } 500{ $to }. The least is { $least }. Instalments over months: ask the office, { $phone } -{ $brand }

# What became of a payment. $amount (money), $k, $date, $receipt (text), $url (text)
status-paid = Yes, { $amount } for K-number { $k } arrived on { $date }. Receipt { $receipt }.
# $left (money)
status-left = { $left } is left to pay.
status-asked = { $amount } for K-number { $k } has not arrived yet.
status-wait = If you have just paid, please ask again in ten minutes.
status-retry = If you have not paid, the link still works: { $url }
status-asked-sms = K { $k }: { $amount } not received yet. Just paid? Ask again in 10 minutes. Else pay here: { $url } -{ $brand }
status-failed = The payment of { $amount } for K-number { $k } did not go through.
status-failed-retry = You can try again: { $url }
status-lapsed = The link for { $amount } for K-number { $k } has ended. Nothing was received through it.
status-duplicate = { $amount } for K-number { $k } arrived a second time on { $date }. It is kept apart, and the office will see to it.
status-refunded = { $amount } for K-number { $k } was sent back on { $date }. It reaches you the way you paid.
status-refunded-sms = K { $k }: { $amount } was sent back on { $date }, the way it was paid. Help { $helpline } -{ $brand }
status-last = The last payment for K-number { $k } that is known here: { $amount } on { $date }, receipt { $receipt }.
status-none = No payment for K-number { $k } is known here.
status-none-sms = K { $k }: no payment is known here yet. Paid at a counter? It shows after a day. For a link SMS PAY { $k }{ $to }. Help { $helpline } -{ $brand }
status-elsewhere = A payment at a counter or in another app may take a day to show here.
status-money-cut = If money has left your account and does not show by tomorrow, keep the UTR or transaction number ready and call { $helpline }.
status-no-pin = Never tell anyone a PIN or a code.

# How money came, as the gateway names it.
mode-upi = UPI
mode-card = card
mode-netbanking = net banking
mode-wallet = wallet
# The last receipt. $receipt, $mode (text), $amount, $k, $name (masked), $date
receipt = Receipt { $receipt }: { $amount } received on { $date } ({ $mode }).
receipt-sms = K { $k }: { $amount } received on { $date }, receipt { $receipt }. A later payment may take a day to show. Help { $helpline } -{ $brand }
receipt-none = No payment for this connection is known here yet. One made at a counter or in another app may take a day to show.

# Sent when money has arrived. $amount, $k, $date, $receipt, $left (money)
payment-received = Received { $amount } for K-number { $k } on { $date }. Receipt { $receipt }. Nothing is due now. Thank you.
payment-received-sms = Received { $amount } for K { $k } on { $date }. Receipt { $receipt }. Nothing is due now. -{ $brand }
payment-received-part = Received { $amount } for K-number { $k } on { $date }. Receipt { $receipt }. { $left } is left to pay.
payment-received-part-sms = Received { $amount } for K { $k } on { $date }. Receipt { $receipt }. { $left } is left to pay. -{ $brand }
payment-duplicate = K-number { $k }: { $amount } arrived although the bill was already paid. The money is safe: it is kept apart, and the office will see to it. Help: { $helpline }
payment-duplicate-sms = K { $k }: the bill was already paid, and { $amount } came once more. It is safe: kept apart, and the office will see to it. Help { $helpline } -{ $brand }

# Several bills in one link. $count (whole number), $ends (text: the last digits of the K-numbers)
pay-several = Pay { $amount } for { $count } K-numbers here: { $url }
pay-several-sms = Pay { $amount } for { $count } K-numbers ({ $ends }) by { $until }: { $url } UPI, card, wallet or net banking. -{ $brand }
# $k, $name (what the person calls it, or the masked name)
pay-several-part = K-number { $k }, { $name }: { $amount }
pay-several-clear = K-number { $k }, { $name }: nothing to pay
pay-one-part = A part can be paid for one K-number at a time. For which?
pay-instead = The link from before no longer works.
