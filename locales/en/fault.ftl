# Faults beside a plain outage, what is known of an outage, and bills that seem wrong.
street-light-whose = Street lights are the work of the municipality, in villages of the panchayat. Please tell them; nothing can be noted here.
street-light-danger = Sparks or current at the pole? Keep away and call { $helpline } at once.

theft-ask = Where is electricity stolen? Please write the place and what was seen.
theft-unnamed = The report bears neither your name nor your number.

outage-no-time = When the supply will be back is not known here.
outage-not-noted = No outage is noted here.
outage-report = Is the supply off? Choose "No supply" below: it is noted at once.
planned-unknown = Whether a shutdown is planned is not known here. The office knows.
planned-notices = To turn on notices for a connection, write SUB and its K-number.
reconnection-active = By our records this connection is not disconnected.

# $month, $units, $days (whole numbers), $amount (money)
dispute-bill = { $month }: { $units } units, { $amount }
dispute-bill-days = { $month }: { $units } units in { $days } days, { $amount }
dispute-credit = { $month }: { $units } units, { $amount } in your favour
dispute-arrears = Of the newest bill, { $amount } are earlier dues.
dispute-first = There is no earlier bill here to compare with.
dispute-ask = Shall a complaint about this bill be noted?
dispute-note-button = Note a complaint

application-where = How far an application is (connection, load or name) is known at the office. It cannot be seen here.
application-number = Please name the number of the application there.
application-noted = Noted from here last:
reopen-none = Nothing was brought up from here that is finished.
reopen-open = This is open still; it need not be noted again.
# $ref: the case before
reopen-again = It is not solved after { $ref }.
reopen-others = Whoever brought it up can say that it is not solved. A complaint of your own can be written.
