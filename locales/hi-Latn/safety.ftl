# Facts and tone as in en/safety.ftl.
safety = KHATRA! Door rahein. Bachchon aur pashuon ko door rakhein. Kisi cheez ko na chhuein, aur jise current laga ho use bhi nahi.
safety-call = Abhi { $helpline } par phone karke jagah batayein. Kisi ko chot lagi ho ya aag lagi ho to 112 par bhi phone karein.
safety-sms = KHATRA! Door rahein, bachchon aur pashuon ko door rakhein, kuch na chhuein. Abhi { $helpline } par phone karke jagah batayein. Chot ya aag: 112 -{ $brand }
