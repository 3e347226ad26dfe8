# Facts are named in en/payment.ftl.

pay-link = { $amount } yahan bharein: { $url }
pay-until = Yeh link { $until } tak chalega. UPI, debit ya credit card, wallet ya net banking se bhar sakte hain.
pay-overdue = Aakhri tareekh { $due } nikal chuki hai; yeh uske baad ki rakam hai.
pay-link-sms = K { $k } { $who } ka { $amount }, { $until } tak yahan bharein: { $url } UPI, card, wallet, net banking. -{ $brand }
pay-link-overdue-sms = K { $k } { $who }: aakhri tareekh { $due } nikal gayi. Ab { $amount } yahan bharein: { $url } -{ $brand }
pay-part-left = Iske baad { $left } baaki rahenge.
pay-part-too-small = Kam se kam { $least } bhar sakte hain. Kul { $payable } baaki hain.
pay-part-too-much = Kul { $payable } hi baaki hain, isliye isse zyada ka link nahi ban sakta.
pay-part-off = Yahan bill poora hi bhara ja sakta hai: { $payable }.
pay-part-refused-sms = K { $k }: kul { $payable } hi baaki hain, kam se kam { $least } bhar sakte hain. Bharne ke liye PAY { $k }{ $to }. Kishtein: karyalay { $phone } -{ $brand }
pay-this = ..{ $k } bharein
pay-sum = { $amount } bharein
pay-not-now = Bhugtan ka link abhi nahi ban pa raha. Kripya thodi der me phir koshish karein.
pay-not-now-counter = Ya kisi bhi e-Mitra ya bill counter par K number { $k } batakar { $amount } bharein.
pay-offline = Bina internet: kisi bhi e-Mitra ya bill counter par K number { $k } batayein aur { $due } tak { $amount } bharein.
pay-offline-sms = Bina link: e-Mitra ya bill counter par K { $k } batayein: { $amount }, aakhri tareekh { $due }. Link thodi der me: PAY { $k }{ $to } -{ $brand }
pay-offline-now = Bina internet: kisi bhi e-Mitra ya bill counter par K number { $k } batayein aur { $amount } bharein.
pay-offline-receipt = Raseed sambhalkar rakhein. Counter se soochna aane par bhugtan yahan dikhega.

instalment-ask = { $payable } baaki hain. Abhi kitna bharna hai? Rakam likhein, jaise 500; kam se kam { $least }.
instalment-office = Kai mahinon ki kishtein karyalay tay karta hai: { $office }, { $phone }.
instalment-office-unnamed = Kai mahinon ki kishtein karyalay tay karta hai: { $phone }.
instalment-ask-sms = K { $k }: { $payable } baaki hain. Kuch hissa bharne ke liye jaise PAY { $k } 500{ $to }. Kam se kam { $least }. Mahinon ki kishtein: karyalay { $phone } -{ $brand }

status-paid = Haan, K number { $k } ke { $amount } mil gaye, { $date } ko. Raseed { $receipt }.
status-left = { $left } baaki hain.
status-asked = K number { $k } ke { $amount } abhi nahi mile hain.
status-wait = Agar abhi-abhi bhugtan hua hai to das minute baad phir poochhein.
status-retry = Agar nahi hua hai to link ab bhi chalu hai: { $url }
status-asked-sms = K { $k } ke { $amount } abhi nahi mile. Abhi bhara hai to 10 minute baad poochhein, nahi to yahan bharein: { $url } -{ $brand }
status-failed = K number { $k } ke { $amount } ka bhugtan poora nahi hua.
status-failed-retry = Phir koshish kar sakte hain: { $url }
status-lapsed = K number { $k } ke { $amount } ka link khatam ho chuka hai. Usse koi rakam nahi mili.
status-duplicate = K number { $k } ke { $amount } doosri baar mile hain, { $date } ko. Yeh rakam alag rakhi hai aur karyalay ise dekhega.
status-refunded = K number { $k } ke { $amount } lauta diye gaye, { $date } ko. Rakam vahin lautegi jahan se bhari gayi thi.
status-refunded-sms = K { $k } ke { $amount } lauta diye gaye, { $date } ko, jahan se bhare gaye the. Madad { $helpline } -{ $brand }
status-last = K number { $k } ka pichhla bhugtan jo yahan darj hai: { $amount }, { $date } ko, raseed { $receipt }.
status-none = K number { $k } ka koi bhugtan yahan darj nahi hai.
status-none-sms = K { $k }: koi bhugtan yahan darj nahi. Counter par bhara ho to ek din me dikhega. Link ke liye PAY { $k }{ $to }. Madad { $helpline } -{ $brand }
status-elsewhere = Counter ya kisi aur app se bhara hua yahan dikhne me ek din lag sakta hai.
status-money-cut = Khate se paise kat gaye hon aur kal tak yahan na dikhein, to UTR ya len-den number saath rakhkar { $helpline } par phone karein.
status-no-pin = PIN ya koi code kisi ko na batayein.

# How money came, as the gateway names it.
mode-upi = UPI
mode-card = card
mode-netbanking = net banking
mode-wallet = wallet
receipt = Raseed { $receipt }: { $amount }, { $date } ko mile ({ $mode }).
receipt-sms = K { $k } ke { $amount } mile, { $date } ko, raseed { $receipt }. Naya bhugtan dikhne me ek din lagta hai. Madad { $helpline } -{ $brand }
receipt-none = Is connection ka koi bhugtan abhi yahan darj nahi hai. Counter ya kisi aur app se bhara hua dikhne me ek din lag sakta hai.

payment-received = K number { $k } ke { $amount } mil gaye, { $date } ko. Raseed { $receipt }. Ab kuch baaki nahi. Dhanyavaad.
payment-received-sms = K { $k } ke { $amount } mil gaye, { $date } ko. Raseed { $receipt }. Ab kuch baaki nahi. -{ $brand }
payment-received-part = K number { $k } ke { $amount } mil gaye, { $date } ko. Raseed { $receipt }. { $left } baaki hain.
payment-received-part-sms = K { $k } ke { $amount } mil gaye, { $date } ko. Raseed { $receipt }. { $left } baaki hain. -{ $brand }
payment-duplicate = K number { $k } ke { $amount } mile, jabki bill pehle hi jama tha. Rakam surakshit hai: alag rakhi hai, aur karyalay ise dekhega. Madad: { $helpline }
payment-duplicate-sms = K { $k }: bill pehle hi jama tha, { $amount } aur mile. Rakam alag rakhi hai, karyalay dekhega. Madad { $helpline } -{ $brand }

pay-several = { $count } K number ke { $amount } yahan bharein: { $url }
pay-several-sms = Kul { $count } K number ({ $ends }) ke { $amount }, { $until } tak bharein: { $url } UPI, card, wallet, net banking. -{ $brand }
pay-several-part = K number { $k }, { $name }: { $amount }
pay-several-clear = K number { $k }, { $name }: kuch nahi dena hai
pay-one-part = Kuch hissa ek baar me ek hi K number ka bhar sakte hain. Kiska bharna hai?
pay-instead = Pehle wala link ab nahi chalega.
