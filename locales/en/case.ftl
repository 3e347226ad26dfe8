# What is written down for staff. $kind (one of case-kind-…), $ref (text)
case-opened = Noted: { $kind }. Reference { $ref }
# $what: the kind, on SMS with the end of the K-number; $more: what stands before the number to call
case-opened-sms = Noted: { $what }, { $ref }. To see how far it is, SMS STATUS { $ref }{ $to }. { $more } { $helpline } -{ $brand }
case-ask-later = To see how far it is, write STATUS { $ref }.
case-of = { $kind }, K ..{ $k }
case-wire = A wire down, or sparks? Keep away and call { $helpline } at once.
case-meter = Smoke, a burnt smell or sparks at the meter? Keep away and call { $helpline } at once.
case-wire-call = Wire down? Keep away, call
case-help-call = Help
case-unnamed-call = No name is noted. Help
# $date
case-known = This has been noted since { $date }.
# $state (one of case-state-…)
case-status = { $ref } ({ $kind }): { $state }.
case-status-sms = Reference { $ref }, { $what }: { $state }. Help { $helpline } -{ $brand }
case-since = Noted on { $date }.
# $k (K-number)
case-connection = K-number { $k }
case-call = Questions: { $helpline }
case-still = It is noted that the supply is still off. Reference { $ref }
case-still-off = Still no supply
# $ref: the case before
case-again = The supply is still off after { $ref }.
case-kind-no_supply = no supply
case-kind-complaint = complaint
case-kind-bill_not_received = paper bill wanted
case-kind-refund = money back
case-kind-contact = contact change
case-kind-wrong_number = wrong number
case-kind-reading = meter reading
case-kind-quality = voltage
case-kind-transformer = transformer
case-kind-meter = meter
case-kind-theft = electricity theft
case-kind-billing = wrong bill
case-state-open = noted, work not begun yet
case-state-assigned = being worked on
case-state-resolved = done
case-state-closed = done and closed
case-state-reopened = open again, work not done yet
case-state-still = supply still off, noted

# No reference, or one that leads nowhere.
case-none = No complaint was made from here.
case-check = { $ref } is not quite right. Please check the reference letter by letter and send it again.
case-unknown = Nothing is found under { $ref }. Please check the reference and send it again.
case-elsewhere = { $ref } cannot be looked up here.
# $what: case-from-here, case-under or case-under-check
case-unknown-sms = Nothing is found { $what }. To complain SMS COMP and what is wrong{ $to }. Help { $helpline } -{ $brand }
case-from-here = from this number
case-under = under { $ref }
case-under-check = under { $ref }, check it
case-payment = { $ref } is a payment. Its receipt is found by the K-number.

# A fault at a place. $where: case-where-…
case-place-ask = { $where } Send the 12-digit K-number, the name of the place, or your location.
case-place-ask-sms = Please tell us: { $where } SMS the 12-digit K-number or the place, like Vaishali Nagar{ $to }. Wire down? Keep away, call { $helpline } -{ $brand }
case-where-no_supply = Where is the supply off?
case-where-quality = Where is the voltage wrong?
case-where-transformer = Where is the transformer?
# $place (text, in the person's words)
case-at = Place: { $place }
case-at-location = Place: the location you sent

case-words-ask = What is wrong? Please write it in your own words, with the place.
case-words-ask-sms = What is it about? SMS it in your own words, with place or day{ $to }. Never a PIN, card number or code. To leave this: EXIT -{ $brand }
case-no-secrets = Please never write a PIN, card number or code.
