# The facts stand in en/mail.ftl.
mail-sender = Bijli Saathi, { $company }
mail-subject = Aapke bijli connection ke baare me
mail-footer = Is e-mail ka jawab koi nahi padhta. Madad: { $helpline }
mail-privacy = Nijta ki soochna
mail-unsubscribe = Ye e-mail band karein

mail-confirm-subject = Apna e-mail pata pakka karein
mail-confirm = Yeh e-mail pata { $company } ke Bijli Saathi ko bill, raseed aur soochnaon ke liye bataya gaya hai.
mail-confirm-link = Ise pakka karne ke liye yeh panna kholein aur button dabaein: { $url }
mail-confirm-not-you = Yeh link 7 din chalega. Agar yeh pata aapne nahi bataya, to kuch na karein: koi bill ya soochna nahi aayegi.

mail-receipt-subject = Bijli bill ke { $amount } mil gaye
mail-receipt-why = Yeh e-mail isliye aaya hai ki yeh K number aapki list me hai, ya bhugtan ka link aapne maanga tha.

mail-page-title = E-mail – { $company }
mail-page-confirm = Kya yeh e-mail pata pakka karna hai? Phir aapke connection ke bill, raseed aur soochnaein yahan bhi aayengi.
mail-page-confirm-button = Haan, pakka karein
mail-page-confirmed = E-mail pata pakka ho gaya. Ab bill, raseed aur soochnaein yahan bhi aayengi.
mail-page-stop = Kya is pate par saare e-mail band karne hain? WhatsApp, SMS aur Telegram par sandesh pehle ki tarah aate rahenge.
mail-page-stop-button = Haan, e-mail band karein
mail-page-stopped = Ab is pate par koi e-mail nahi aayega.
mail-page-again = Phir shuru karne ke liye chat me EMAIL aur apna pata likhein, jaise: EMAIL naam@example.in
mail-page-unknown = Yeh link sahi nahi hai, ya iska samay nikal chuka hai.
mail-page-new = Naye link ke liye chat me EMAIL aur apna pata likhein, jaise: EMAIL naam@example.in
