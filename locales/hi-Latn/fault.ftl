# Facts are named in en/fault.ftl.
street-light-whose = Road light nagarpalika ka kaam hai, gaon me panchayat ka. Kripya vahin batayein; yahan darj nahi ho sakti.
street-light-danger = Khambhe me current ho ya chingari nikle to door rahein aur turant { $helpline } par phone karein.

theft-ask = Bijli chori kahan ho rahi hai? Jagah aur jo dikha, vah likhein.
theft-unnamed = Soochna me aapka naam ya number nahi rehta.

outage-no-time = Bijli kab aayegi, yeh yahan pata nahi hai.
outage-not-noted = Yahan bijli band ki koi shikayat darj nahi hai.
outage-report = Bijli band hai? Neeche "Bijli band hai" chunein: turant darj hogi.
planned-unknown = Bijli kab band rakhi jayegi, yeh yahan pata nahi hai. Karyalay ko pata hota hai.
planned-notices = Kisi connection ki soochna chalu karne ke liye SUB aur uska K number likhein.
reconnection-active = Record me yeh connection kata hua nahi hai.

dispute-bill = { $month }: { $units } unit, { $amount }
dispute-bill-days = { $month }: { $days } din me { $units } unit, { $amount }
dispute-credit = { $month }: { $units } unit, { $amount } aapke paksh me
dispute-arrears = Naye bill me { $amount } pichhla bakaya hai.
dispute-first = Milane ke liye yahan isse pehle ka bill nahi hai.
dispute-ask = Kya is bill ki shikayat darj karni hai?
dispute-note-button = Shikayat darj karein

application-where = Connection, load ya naam ka aavedan kahan tak pahuncha, yeh karyalay ko pata hota hai. Yahan nahi dikhta.
application-number = Vahan aavedan ka number batayein.
application-noted = Yahan se pichhli baar darj:
reopen-none = Yahan se darj aisi koi baat nahi hai jo poori ho chuki ho.
reopen-open = Yeh abhi khuli hai; phir se darj karne ki zaroorat nahi.
reopen-again = { $ref } ke baad bhi hal nahi hui.
reopen-others = Hal nahi hui, yeh vahi bata sakte hain jinhone darj karayi thi. Apni shikayat yahan likh sakte hain.
