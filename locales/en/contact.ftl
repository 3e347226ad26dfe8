# E-mail and other details.
email-ask = Bills, receipts and notices can come by e-mail too. To which address? Write it here, or SKIP.
email-which = Which e-mail address? Write it here, or SKIP.
email-skip = Skip
email-skipped = No e-mail, then. For one later, write EMAIL and the address.
# $email (text)
email-sent = A message has gone to { $email }. Please open it and press the button there.
email-sent-sms = A message has gone to your e-mail address. Please open it and press the button there; bills and receipts come there once that is done. -{ $brand }
email-too-many = Three letters have gone out for you today. Please look into the mailbox, also among spam, or try again tomorrow.
email-counts = Once that is done, bills, receipts and notices come there too.
email-off = E-mails cannot be sent from here at present.
contact-what = What is to be changed?
contact-mobile = Mobile number
contact-email = E-mail
contact-details = Name or address
# $k (K-number)
contact-mobile-ask = Which mobile number is to be registered for K-number { $k }? Write its 10 digits.
contact-details-ask = What is wrong in the name or address for K-number { $k }, and how is it right? Write it in one message.
# $new (text)
contact-mobile-noted = New mobile: { $new }
contact-details-noted = Right: { $new }
contact-office = The office checks it first. Until then nothing changes.
want-words = what is wrong, what is right
want-one-part = PAY, one K-number and the sum
