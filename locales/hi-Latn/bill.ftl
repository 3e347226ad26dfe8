# Facts are named in en/bill.ftl.

whose = K number { $k }, { $name }
as-on = Yeh { $date } tak ki jaankari hai.
who-as-on = { $date } ko
who-moved = (pehle { $old })

bill-due = { $month } ka bill { $amount } hai. Aakhri tareekh: { $due }.
bill-after = Uske baad { $after } dene honge.
bill-due-sms = K { $k } { $who }: bill { $amount }, aakhri tareekh { $due }, baad me { $after }. Bharne ke liye PAY { $k }{ $to } -{ $brand }

bill-overdue = Ab { $amount } dene hain. Aakhri tareekh { $due } nikal chuki hai.
bill-before = Us tareekh tak yeh { $before } tha.
bill-overdue-sms = K { $k } { $who }: ab { $amount } dene hain (aakhri tareekh { $due } nikal gayi, bill { $before } tha). PAY { $k }{ $to } -{ $brand }

bill-part-paid = { $paid } jama ho chuke hain. { $amount } baaki hain, aakhri tareekh: { $due }.
bill-part-paid-sms = K { $k } { $who }: { $paid } jama, { $amount } baaki, { $due } tak. Bharne ke liye PAY { $k }{ $to } -{ $brand }
bill-part-paid-overdue = { $paid } jama ho chuke hain. Ab { $amount } baaki hain: aakhri tareekh { $due } nikal chuki hai.
bill-part-paid-overdue-sms = K { $k } { $who }: { $paid } jama, ab { $amount } baaki (aakhri tareekh { $due } nikal gayi). PAY { $k }{ $to } -{ $brand }

bill-paid = { $month } ka bill jama hai: { $paid }, { $date } ko, raseed { $receipt }. Ab kuch baaki nahi.
bill-paid-sms = K { $k } { $who }: { $paid } jama, { $date } ko, raseed { $receipt }. Ab kuch baaki nahi. -{ $brand }
bill-paid-plain = { $month } ka bill jama hai: { $paid }. Ab kuch baaki nahi.

bill-zero = { $month } ka poora bill sarkari anudan se chuka diya gaya hai. Kuch nahi dena hai.
bill-zero-sms = K { $k } { $who }: { $month } ka poora bill sarkari anudan se chuk gaya. Kuch nahi dena hai. -{ $brand }
bill-nothing-due = { $month } ke bill me kuch nahi dena hai.
bill-nothing-due-sms = K { $k } { $who }: { $month } ke bill me kuch nahi dena hai. -{ $brand }
bill-credit = Aapke { $amount } jama hain. Abhi kuch nahi dena hai: yeh rakam agle bill me ghata di jayegi.
bill-credit-sms = K { $k } { $who }: aapke { $amount } jama hain, agle bill me ghatenge. Abhi kuch nahi dena hai. -{ $brand }
bill-none = Is connection ka bill abhi nahi bana hai. Banne par yahin dekh sakte hain.
bill-none-sms = K { $k } { $who }: bill abhi nahi bana hai. Kuch din baad phir poochhein. -{ $brand }

due-date = Aakhri tareekh { $due } hai: tab tak { $amount } dene hain.
due-date-overdue = Aakhri tareekh { $due } thi, jo nikal chuki hai. Ab { $amount } dene hain.

connection-disconnected = Is connection ki bijli kati hui hai.
connection-disconnected-due = { $amount } baaki hain. Yeh rakam aur dobara jodne ka shulk jama hone par karyalay bijli jod dega.
connection-disconnected-clear = Bill me kuch baaki nahi. Dobara jodne ka shulk jama hone par karyalay bijli jod dega.
connection-disconnected-due-sms = K { $k } { $who }: bijli kati hai. Baaki { $amount } aur jodne ka shulk bharne par judegi. PAY { $k }{ $to }. Madad { $phone } -{ $brand }
connection-disconnected-clear-sms = K { $k } { $who }: bijli kati hai, bill baaki nahi. Jodne ka shulk karyalay me bharein. Madad { $phone } -{ $brand }
connection-office = Karyalay: { $office }. Madad: { $phone }
connection-office-unnamed = Madad: { $phone }
connection-closed = Yeh connection band ho chuka hai. Kuch baaki nahi.
connection-closed-sms = K { $k } { $who }: yeh connection band ho chuka hai. Kuch baaki nahi. Madad { $phone } -{ $brand }
connection-closed-due = Yeh connection band ho chuka hai. Aakhri bill ke { $amount } baaki hain.
connection-closed-due-sms = K { $k } { $who }: connection band ho chuka hai, aakhri bill ke { $amount } baaki hain. PAY { $k }{ $to } -{ $brand }

breakdown-title = { $month } ka bill
breakdown-reading = Meter reading: { $previous } se { $current }, { $units } unit
charge-fixed = Fixed charge: { $amount }
charge-fixed-sms = fixed charge { $amount }
charge-energy = Energy charge: { $amount }
charge-energy-sms = energy charge { $amount }
charge-duty = Bijli shulk (duty): { $amount }
charge-duty-sms = bijli shulk { $amount }
charge-cess = Cess: { $amount }
charge-cess-sms = cess { $amount }
charge-water_cess = Jal sanrakshan cess: { $amount }
charge-water_cess-sms = jal cess { $amount }
charge-urban_cess = Nagariya cess: { $amount }
charge-urban_cess-sms = nagariya cess { $amount }
charge-fuel_surcharge = Fuel surcharge: { $amount }
charge-fuel_surcharge-sms = fuel surcharge { $amount }
charge-regulatory_surcharge = Regulatory surcharge: { $amount }
charge-regulatory_surcharge-sms = surcharge { $amount }
charge-other = Anya shulk: { $amount }
charge-other-sms = anya { $amount }
charge-tcs = TCS: { $amount }
charge-tcs-sms = TCS { $amount }
charge-subsidy = Sarkari anudan: { $amount }
charge-subsidy-sms = anudan { $amount }
charge-rebate = Chhoot: { $amount }
charge-rebate-sms = chhoot { $amount }
charge-arrears = Pichhla bakaya: { $amount }
charge-arrears-sms = bakaya { $amount }
charge-credit = Pehle se jama: { $amount }
charge-credit-sms = pehle jama { $amount }
breakdown-total = Kul: { $amount }
breakdown-sms = K { $k }: { $first }, { $second }, baaki { $rest }. Kul { $amount }. -{ $brand }
