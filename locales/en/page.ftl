# What a payer's browser shows behind /p/… and after paying.
page-title = Pay the electricity bill – { $company }
# $k (K-number), $name (masked name)
page-whose = K-number { $k }, { $name }
# $amount (money), $date, $receipt (text)
page-paid = This bill is paid: { $amount } arrived on { $date }. Receipt { $receipt }.
page-paid-next = There is nothing more to do here.
# $amount (money)
page-expired = This link for { $amount } has ended, because its last date has passed.
page-replaced = This link has been replaced by a newer one. Please use the newest link you were sent.
page-cancelled = This link is no longer valid, because the bill has changed or was paid elsewhere.
page-new-link = To pay what is due now, ask for a new link.
page-new-link-button = Make a new link
page-nothing-due = Nothing is due for this connection now.
page-pay-button = Pay { $amount }
page-methods = UPI, debit and credit card, wallet, net banking
page-unknown = There is no such payment link. Please check that the whole address was copied.
page-pending = The payment is not confirmed yet. This can take some minutes. The receipt comes to you in the chat: please do not pay again.
page-failed = The payment did not go through. You can try again with the same link.
page-trouble = The payment service does not answer just now. Please try again in a while.
page-help = Help: { $helpline }
page-no-pin = Never tell anyone your PIN or a code.
# Money came in for a part, twice, or went back. $amount, $left (money), $date, $receipt (text)
page-part-paid = { $amount } arrived on { $date }. Receipt { $receipt }. { $left } is left to pay.
page-duplicate = { $amount } arrived although the bill was already paid. The money is safe: it is kept apart, and the office will see to it.
page-refunded = { $amount } was sent back. It reaches you the way you paid.
# One of several connections. $k, $came (what came in)
page-of = K-number { $k }: { $came }
