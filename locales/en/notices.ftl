# $what: a K-number, notices-several or notices-as-before
notices-on = Outage notices are on: { $what }.
notices-on-sms = Outage notices are on: { $what }. To stop them all SMS STOP{ $to } -{ $brand }
# $count (whole number)
notices-several = { $count } connections
notices-as-before = as before
# $k (K-number)
notices-about = K-number { $k }
notices-off-how = To stop them all, write STOP.
notices-again = Outage notices are on again.
notices-how = To have them for a connection, write SUB and its K-number.
notices-off = Notices are off, all of them.
notices-off-replies = Answers to what you write and receipts for payments still come.
notices-off-start = On again: START
notices-off-sms = Notices are off, all of them. Answers and receipts still come. On again: SMS START{ $to } -{ $brand }
notices-which = What is it about?
