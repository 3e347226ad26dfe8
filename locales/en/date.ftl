# How dates, times and money are written. Months from January; parts of the day: until 4, 12, 16, 20, 24 o'clock.
money = ₹
money-sms = Rs.
date-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
date-parts = am am pm pm pm
date-noon = 12 noon
date-midnight = 12 midnight
# $digits (text: 1:30), $part (text)
date-hour = { $digits } { $part }
# $hour (text, from date-hour)
date-clock = { $hour }
# $start, $end (text, from date-hour)
date-span = { $start } to { $end }

# What follows a keyword that is to be sent by SMS. $number (text) where the sender cannot be replied to.
sms-to = {""}
sms-to-number = {" "}to { $number }
