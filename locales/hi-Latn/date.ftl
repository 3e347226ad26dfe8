# How dates, times and money are written in romanised Hindi; see en/date.ftl.
money = ₹
money-sms = Rs.
date-months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
date-parts = raat subah dopahar shaam raat
date-noon = dopahar 12
date-midnight = raat 12
date-hour = { $part } { $digits }
date-clock = { $hour } baje
date-span = { $start } se { $end } baje

sms-to = {" "}likhein
sms-to-number = , { $number } par
