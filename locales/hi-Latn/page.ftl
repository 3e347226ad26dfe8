# Facts are named in en/page.ftl.
page-title = Bijli bill ka bhugtan – { $company }
page-whose = K number { $k }, { $name }
page-paid = Yeh bill jama hai: { $amount } mil gaye, { $date } ko. Raseed { $receipt }.
page-paid-next = Ab yahan kuch aur nahi karna hai.
page-expired = { $amount } ka yeh link khatam ho chuka hai, kyonki iski aakhri tareekh nikal gayi hai.
page-replaced = Is link ki jagah naya link ban chuka hai. Kripya sabse naye link se bhugtan karein.
page-cancelled = Yeh link ab nahi chalta, kyonki bill badal gaya hai ya kahin aur jama ho chuka hai.
page-new-link = Abhi jo baaki hai use bharne ke liye naya link banayein.
page-new-link-button = Naya link banayein
page-nothing-due = Is connection par abhi kuch baaki nahi hai.
page-pay-button = { $amount } bharein
page-methods = UPI, debit aur credit card, wallet, net banking
page-unknown = Aisa koi bhugtan link nahi hai. Kripya dekh lein ki poora pata likha gaya hai.
page-pending = Bhugtan ki pushti abhi nahi hui hai. Isme kuch minute lag sakte hain. Raseed aapko chat me milegi: kripya dobara na bharein.
page-failed = Bhugtan poora nahi hua. Isi link se phir koshish kar sakte hain.
page-trouble = Bhugtan seva abhi uttar nahi de rahi. Kripya thodi der me phir koshish karein.
page-help = Madad: { $helpline }
page-no-pin = PIN ya koi code kisi ko na batayein.
# Hissa jama hua, do baar aaya, ya lautaya gaya.
page-part-paid = { $amount } mil gaye, { $date } ko. Raseed { $receipt }. Abhi { $left } baaki hain.
page-duplicate = { $amount } mile, jabki bill pehle hi jama tha. Paisa surakshit hai: ise alag rakha gaya hai aur karyalay ise dekhega.
page-refunded = { $amount } lauta diye gaye hain. Paisa usi tarike se wapas milega jisse bhugtan hua tha.
page-of = K number { $k }: { $came }
