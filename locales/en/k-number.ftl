# Finding the connection. The K-number has 12 digits.
ask-k-number = Please send the 12-digit K-number. It is printed on the bill, for example 901010000123.
ask-k-number-sms = Please SMS the 12-digit K-number, e.g. 901010000123{ $to }. It is on every bill near the name, and on old receipts. No bill? Ask the office or call { $helpline } -{ $brand }
# $digits (text): as they came; $count (whole number): how many
k-number-length = { $digits } has { $count } digits. A K-number has 12: please look at the bill again and send all 12.
k-number-length-sms = Digits received: { $digits } ({ $count }). A K-number has 12: please check the bill and send those that are missing, or all 12{ $to } -{ $brand }
# $digits (text), $left (whole number): how many are missing
k-number-half = Got { $digits }. A K-number has 12 digits: please send the other { $left }.
k-number-spreadsheet = A spreadsheet has shortened this number. Please write all 12 digits of the K-number, as on the bill.
k-number-mobile = This looks like a mobile number. The K-number has 12 digits and is printed on the bill: please send that.
# $k (K-number)
k-number-unknown = There is no connection with the K-number { $k }. Please check the 12 digits on the bill and send them again.
k-number-unknown-sms = There is no connection with K { $k }. Please check the 12 digits on the bill and send them again{ $to } -{ $brand }
k-number-choose = For which connection?
k-number-choose-sms = For which connection? { $first }, { $second }, { $third }: SMS the number{ $to } -{ $brand }
k-number-choose-two-sms = For which connection? { $first } or { $second }: SMS the number{ $to } -{ $brand }
# A label. $k (text): the last four digits; $name (masked)
k-number-option = ..{ $k } { $name }
# On SMS; $place (whole number)
k-number-place = { $place } ..{ $k } { $name }
# $until (date and time)
look-ups-used-up = You have looked up 25 other K-numbers today. More are possible from { $until }. Saved numbers work as before.
look-ups-used-up-sms = You have looked up 25 other K-numbers today. More from { $until }. Saved numbers work as before. -{ $brand }
# $old, $new (K-numbers)
k-number-moved = The K-number { $old } is now { $new }. Please use the new one for every payment.
k-help = The K-number names your connection. It has 12 digits and is printed on every bill, near the name; payment apps and old receipts show it too.
k-help-send = Send the 12 digits here, in any spacing, for example 9010 1000 0123.
k-help-no-bill = No bill at hand? Your office or { $helpline } can tell you.
k-number-slip = There is no connection with the K-number { $k }. Did you mean one of yours?
k-number-this = { $k }
