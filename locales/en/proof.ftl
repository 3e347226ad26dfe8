# Showing that a connection is theirs. $last: the last two digits of the registered mobile.
proof-offer = This is shown to the owner only. To make sure, a code can be sent by SMS to the registered mobile that ends in { $last }. Send it?
proof-offer-sms = K { $k }: to show it is yours, a code can go to the registered mobile ending in { $last }. Send it? SMS YES{ $to } -{ $brand }
proof-offer-here = To make sure that it is you, a 6-digit code can be sent to you here. Send it?
proof-offer-here-sms = To make sure that it is you, a 6-digit code can be sent to this number. Send it? SMS YES{ $to } -{ $brand }
proof-share = Or share your own number with the button below: if it is the registered one, no code is needed.
proof-yes = Send the code
answer-yes = Yes
answer-no = No
proof-sent = The code has gone to the mobile that ends in { $last }. Please write its 6 digits here within 10 minutes.
proof-sent-here = The code is in the next message. Please write its 6 digits here within 10 minutes.
proof-sent-sms = The code is on its way. SMS its 6 digits within 10 minutes{ $to } -{ $brand }
# $code: six digits, $what: what it is for
proof-code = { $code } is your code ({ $what }). It is valid for 10 minutes. Tell it to nobody, staff neither.
proof-code-sms = Your { $brand } code is { $code } ({ $what }), valid for 10 minutes. Tell it to nobody, staff neither. -{ $brand }
proof-for = { $what }, K ..{ $k }
proof-wrong = This is not the code. Please look again and write the 6 digits; tries left: { $left }.
proof-wrong-sms = This is not the code. Please SMS the 6 digits again; tries left: { $left }{ $to } -{ $brand }
proof-late = This code no longer works. Send a new one?
proof-used-up = That were five wrong tries, so this code no longer works. Send a new one?
proof-late-sms = This code no longer works. For a new one SMS YES{ $to } -{ $brand }
# $until: date and time
proof-too-many = No more codes can be sent just now. The next can be sent from { $until }.
proof-too-many-sms = Three codes were sent in the last hour. For another please try again after an hour. -{ $brand }
proof-no-mobile = No mobile is registered for K-number { $k }, so it cannot be shown here whose it is. The office registers a mobile: please take the bill and an identity paper there.
proof-no-mobile-sms = K { $k }: no mobile is registered, so this cannot be shown here. The office registers one: take the bill and an identity paper. Help { $helpline } -{ $brand }

# An answer that is none: what kind of answer is wanted.
hint-yes = Please answer with yes or no.
hint-code = The code has 6 digits. Please write just these, for example 482913.
hint-email = Please write an e-mail address like name@example.com, or SKIP.
hint-nickname = A name has at most 20 letters, like "shop" or "home". Please write a shorter one.
hint-mobile = Please write the 10-digit mobile number, for example 98290 12345.
hint-reading = Please write the number on the meter, for example 4521.
hint-rest = These are the first { $count }. Please send the other K-numbers in a new message.
hint-sms = Please SMS { $want }{ $to }. To leave this: EXIT -{ $brand }
want-yes = YES or NO
want-code = the 6 digits of the code
want-email = an e-mail address, or SKIP
want-nickname = a name of up to 20 letters
want-mobile = the 10-digit mobile number
want-reading = the number on the meter
want-rest = the other K-numbers again
