# Showing that a connection is theirs. $last: the last two digits of the registered mobile.
proof-offer = Yeh jaankari sirf connection ke maalik ke liye hai. Pakka karne ke liye registered mobile (aakhri ank { $last }) par SMS se code bheja ja sakta hai. Bhejein?
proof-offer-sms = K { $k }: yeh aapka hai, iske liye registered mobile ..{ $last } par code bheja jayega. Bhejein? YES{ $to } -{ $brand }
proof-offer-here = Aap hi hain, yeh pakka karne ke liye yahan 6 ank ka code bheja ja sakta hai. Bhejein?
proof-offer-here-sms = Pakka karne ke liye isi number par 6 ank ka code bheja jayega. Bhejein? YES{ $to } -{ $brand }
proof-share = Ya neeche ke button se apna number share karein: registered number hua to code ki zaroorat nahi.
proof-yes = Code bhejein
answer-yes = Haan
answer-no = Nahi
proof-sent = Code us mobile par bhej diya hai jiske aakhri ank { $last } hain. 10 minute me uske 6 ank yahan likhein.
proof-sent-here = Code agle message me hai. 10 minute me uske 6 ank yahan likhein.
proof-sent-sms = Code bhej diya hai. 10 minute me uske 6 ank{ $to } -{ $brand }
# $code: six digits, $what: what it is for
proof-code = { $code } aapka code hai ({ $what }). Yeh 10 minute tak chalega. Kisi ko na batayein, karmchari ko bhi nahi.
proof-code-sms = Aapka { $brand } code { $code } hai ({ $what }), 10 minute tak. Kisi ko na batayein, karmchari ko bhi nahi. -{ $brand }
proof-for = { $what }, K ..{ $k }
proof-wrong = Yeh sahi code nahi hai. Phir se dekhkar 6 ank likhein; baaki mauke: { $left }.
proof-wrong-sms = Yeh sahi code nahi hai (baaki mauke: { $left }). 6 ank phir se{ $to } -{ $brand }
proof-late = Yeh code ab nahi chalega. Naya bhejein?
proof-used-up = Paanch baar galat code aaya, isliye yeh code ab nahi chalega. Naya bhejein?
proof-late-sms = Yeh code ab nahi chalega. Naye code ke liye YES{ $to } -{ $brand }
# $until: date and time
proof-too-many = Abhi aur code nahi bheje ja sakte. Agla { $until } se bheja ja sakta hai.
proof-too-many-sms = Pichhle ek ghante me teen code bheje ja chuke hain. Ek ghante baad phir koshish karein. -{ $brand }
proof-no-mobile = K-number { $k } par koi mobile registered nahi hai, isliye yahan pakka nahi ho sakta ki yeh kiska hai. Mobile karyalay me register hota hai: bill aur pehchan patra saath le jayein.
proof-no-mobile-sms = K { $k }: koi mobile registered nahi hai. Karyalay me register karayein: bill aur pehchan patra le jayein. Madad { $helpline } -{ $brand }

# An answer that is none: what kind of answer is wanted.
hint-yes = Kripya haan ya nahi likhein.
hint-code = Code me 6 ank hote hain. Bas wahi likhein, jaise 482913.
hint-email = E-mail pata likhein, jaise name@example.com, ya SKIP likhein.
hint-nickname = Naam me 20 tak akshar hon, jaise "dukaan" ya "ghar". Kripya chhota naam likhein.
hint-mobile = 10 ank ka mobile number likhein, jaise 98290 12345.
hint-reading = Meter par likha ank likhein, jaise 4521.
hint-rest = Ye pehle { $count } hain. Baaki K-number naye message me bhejein.
hint-sms = Kripya { $want }{ $to }. Chhodne ke liye EXIT -{ $brand }
want-yes = YES ya NO
want-code = code ke 6 ank
want-email = e-mail pata ya SKIP
want-nickname = 20 akshar tak ka naam
want-mobile = 10 ank ka mobile number
want-reading = meter ka ank
want-rest = baaki K-number phir se
