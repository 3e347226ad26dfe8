# The person's own K-numbers. $k (K-number), $name (what they call it, or the masked name)
account-active = K-number { $k }, { $name }, is active: its history, consumption and bills can be seen here.
account-saved = K-number { $k }, { $name }, is saved: its bill can be seen and paid here.
account-known = K-number { $k }, { $name }, is in your list already.
account-named = K-number { $k } is called { $name } here from now on.
account-prove = Is it yours? Once that is shown, its history, its consumption and copies of its bills can be seen here too.
account-prove-button = It is mine
account-name-button = Give it a name
account-name-ask = What is K-number { $k } to be called? A name of up to 20 letters, like shop or home.
# $what: a K-number, or notices-several
account-saved-sms = Saved for paying: { $what }. SMS BILL or PAY. Is it yours? To show it and see its history SMS YES{ $to } -{ $brand }
account-consent = Do you want notices about power cuts, maintenance and due dates?
account-consent-sms = Active: { $what }. Do you want notices about power cuts, maintenance and due dates? SMS YES or NO{ $to } -{ $brand }
account-no-notices = No notices, then. For notices later, write SUB and the K-number.
# $most (whole number), $what
account-full = { $most } K-numbers are saved, and there is no room for more ({ $what }). To remove one, write DEL and its K-number.
account-full-sms = Your list is full: { $most } K-numbers, no room for { $what }. To remove one SMS DEL and its K-number{ $to } -{ $brand }
account-removed = K-number { $k }, { $name }, is no longer in your list, and its notices have ended.
account-stays = K-number { $k }, { $name }, is registered on your mobile, so it stays in your list. Notices about it have ended.
account-not-listed = K-number { $k }, { $name }, is not in your list.
account-add-again = To save it again, write ADD { $k }.
account-removed-sms = No longer saved, notices ended: { $what }. Registered on your mobile but not yours? SMS WRONG and the K-number{ $to } -{ $brand }
account-wrong = It is not mine
account-not-registered = K-number { $k } is not registered on your mobile, so nothing about it is sent to you.
account-disowned = It is no longer shown as yours, and no notices about it come to you. The office corrects the record.

# The list. $place (whole number), $state (one of the five below)
list-title = Your connections
list-entry = { $place }. { $k } { $name }: { $state }
# $amount (money), $due (date)
list-due = { $amount }, due on { $due }
list-overdue = { $amount }, due date has passed
list-cut = { $amount }, supply is disconnected
list-clear = nothing due
list-closed = closed
list-no-bill = no bill yet
list-total = In all: { $amount }
list-all-clear = Nothing is due for any of them.
list-empty = No K-number is saved here yet. Send the 12-digit K-number that you want to keep.
# On SMS. $k: its last digits, and what the person calls it
list-place = { $place } { $k } { $amount }
list-place-clear = { $place } { $k } nothing due
list-two-sms = Your K-numbers: { $first }; { $second } -{ $brand }
list-three-sms = Your K-numbers: { $first }; { $second }; { $third } -{ $brand }
# $count (whole number)
list-total-sms = Your { $count } K-numbers owe { $amount } in all. To pay SMS PAY ALL, or PAY 1 2 with places of this list{ $to } -{ $brand }
pay-all = Pay all { $amount }
