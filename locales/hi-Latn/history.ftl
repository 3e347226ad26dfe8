# Mahinewar bill, bhugtan aur unit; tathya en/history.ftl mein likhe hain.
history-title = Pichhle bill:
history-open = { $month }: { $units } unit, { $amount }, abhi baaki (antim tithi { $due })
history-part = { $month }: { $units } unit, { $amount }, jisme se { $paid } jama
history-paid = { $month }: { $units } unit, { $amount }, { $date } ko jama
history-carried = { $month }: { $units } unit, { $amount }, agle bill mein juda
history-zero = { $month }: { $units } unit, kuch nahi dena tha
history-credit = { $month }: { $units } unit, aapke { $amount } jama rahe
history-short = { $month } { $amount } { $state }
history-short-open = baaki
history-short-part = kuch
history-short-paid = jama
history-short-carried = agle me
history-short-zero = zero
history-short-credit = advance
history-bills-sms = K { $k } ke bill: { $first }; { $second }; { $third }. -{ $brand }

payments-title = Pichhle bhugtan:
payments-one = { $date }: { $amount } ({ $mode }), raseed { $receipt }
payments-short = { $date } { $amount }
history-payments-sms = K { $k } ke bhugtan: { $first }; { $second }; { $third }. -{ $brand }

consumption-average = Ausatan har mahine { $average } unit.
consumption-highest = Sabse zyada { $highest } mein: { $most } unit.
consumption-newest = { $month }: { $units } unit.
consumption-before = { $month }: { $units } unit; ek saal pehle { $ago } mein { $before }.
consumption-shared = Do mahine ka ek bill dono mahinon mein dinon ke hisaab se baanta gaya hai.
consumption-sms = K { $k }: { $month } me { $units } unit, ausatan { $average }, sabse zyada { $highest } me { $most }. -{ $brand }
