# Facts are named in en/service.ftl.
connection-new = Naye connection ka aavedan karyalay me hota hai; yahan abhi nahi ho sakta. Saath me yeh chahiye:
connection-new-papers = Kagaz: pehchan patra (Aadhaar, voter card, driving licence ya PAN), maalikana haq ka kagaz (registry, patta ya allotment letter; khet ke liye jamabandi) aur ek photo. Kirayedar: kirayanama aur maalik ki sehmati.
connection-new-more = Firm ho to uska registration bhi; bade load ke liye licence wale contractor ki test report maangi jaati hai.
connection-new-cost = Kharch: aavedan shulk, load ke hisaab se jamanat rashi, line shulk aur meter. Kul rakam karyalay demand note me likhkar deta hai.
connection-new-time = Kendra ke niyamon se, nayi line na daalni ho to shahar me 7 aur gaon me 15 din tak lagte hain.
connection-new-sms = Naya connection: karyalay me pehchan patra, maalikana kagaz (kirayedar: kirayanama, maalik ki sehmati) aur photo dein. Kharch vahin batayenge. Madad { $helpline } -{ $brand }

reading-ask = Meter par kaun sa ank hai? Likhkar bhejein, jaise 4521.
reading-low = { $reading } pichhle bill ki reading { $last } se kam hai. Kripya meter phir se dekhkar ank likhein.
reading-sure = Ank yahi ho to { $helpline } par phone karein.
reading-low-sms = Reading { $reading } pichhle bill ki reading { $last } se kam hai. Meter dekhkar ank phir{ $to }. Yahi ho to phone: { $helpline } -{ $brand }
reading-noted = Reading: { $reading }

refund-ask = Kaun sa bhugtan hai? Rakam, din aur UTR ya transaction number likhein.

bill-paper-here = Bill yeh hai.
bill-paper-button = Chhapa bill chahiye

human-call = Kisi se baat karne ke liye { $helpline } par phone karein.
human-hours = Karyalay kaam ke dinon me khulte hain. Jaane se pehle phone kar lein.
human-write = Ya yahin shikayat likhein: karmchari use dekhte hain aur uska sandarbh number milta hai.
human-sms = Baat karne ke liye { $phone } par phone karein. Karyalay kaam ke dinon me khulte hain. Shikayat: COMP aur pareshani{ $to } -{ $brand }
