# Papers: labels on a bill copy, a receipt and the picture of consumption. They stand beside a value and hold none.
paper-value = { $value }
paper-company = { $company }
paper-bill = Electricity bill (copy)
paper-receipt = Payment receipt
paper-amount = Amount payable
paper-credit = In your favour
paper-due = Pay by
paper-after = After that date
paper-k-number = K-number
paper-name = Name
paper-address = Address
paper-office = Office
paper-category = Category
paper-load = Sanctioned load
paper-phase = Phase
paper-meter = Meter number
paper-bill-number = Bill number
paper-month = Bill month
paper-billed = Bill date
paper-period = Period
paper-cheque = Pay by, by cheque
paper-previous = Previous reading
paper-current = Present reading
paper-units = Units used
paper-meter-status = Meter status
paper-charges = Charges
paper-charge-fixed = Fixed charge
paper-charge-energy = Energy charge
paper-charge-duty = Electricity duty
paper-charge-cess = Cess
paper-charge-water_cess = Water conservation cess
paper-charge-urban_cess = Urban cess
paper-charge-fuel_surcharge = Fuel surcharge
paper-charge-regulatory_surcharge = Regulatory surcharge
paper-charge-other = Other charges
paper-charge-tcs = Tax collected at source (TCS)
paper-charge-subsidy = Government subsidy
paper-charge-rebate = Rebate
paper-charge-arrears = Earlier dues
paper-charge-credit = Credit carried over
paper-total = Bill amount
paper-paid = Received so far
paper-paid-on = Last received
paper-receipt-number = Receipt number
paper-received = Amount received
paper-received-on = Received on
paper-mode = Paid by
paper-payment-id = Payment gateway's number
# $kw (text)
paper-kw = { $kw } kW
# $from, $to (dates)
paper-span = { $from } to { $to }
paper-made = Made from the records of { $company }. No signature is needed. Helpline { $helpline }

# The picture. $k, $average (text)
paper-consumption = Units used each month
paper-whose = K-number { $k }
paper-average-line = Dashed line: average of the year, { $average } units a month
paper-shared = Light: one bill for several months, shared out by days
paper-gap = no bill

# What comes with a paper, or in its place. $month, $amount; $k, $what (one of paper-of-…), $site and $token (text: a link in two pieces)
paper-bill-here = Here is the bill of { $month }: { $amount }.
paper-no-month = There is no bill of { $month } here. This is the newest one.
paper-of-bill = Bill { $month }
# $receipt, $date (text: 22/11/26)
paper-of-receipt = Receipt { $receipt } { $date }
paper-link-sms = K { $k }: { $what }, { $amount }: { $site }/media/{ $token } -{ $brand }
paper-trouble = The file cannot be made right now. Please ask for it again in a while.
paper-trouble-sms = The file cannot be made right now. Please ask for it again in a while. -{ $brand }
