# The notice at /privacy, in romanised Hindi; see en/privacy.ftl.
privacy-title = Privacy soochna
privacy-page =
    <h1>{ privacy-title }</h1>
    <p>Bijli Saathi { $company } ki seva hai. Yahan likha hai ki aapki kaun si jaankari rakhi jaati hai aur kyon.</p>
    <h2>Kaun si jaankari</h2>
    <p>Aapka phone number ya chat id, aapke sandesh aur unke uttar, aapki bhasha, jin K numberon ke baare me poochha gaya ya jo saheje gaye aur unke naam, aapka e-mail pata, soochnaon ke liye aapki haan ya na, uske shabdon aur samay ke saath, aapki shikayatein aur maangein, aur hamare madhyam se hue bhugtan. Card number, PIN, code aur Aadhaar number sandesh sahejne se pehle hata diye jaate hain; jo code hum bhejte hain uska keval hash ek din rehta hai. Bhugtan payment company ke yahan hota hai; aapka card ya UPI PIN hamein nahi dikhta.</p>
    <h2>Kisliye</h2>
    <p>Keval aapko uttar dene ke liye: bill dikhane, bhugtan lene, raseed dene, kharabi ya shikayat aage pahunchane, aap hi hain yeh pakka karne aur maangi gayi soochnayein bhejne ke liye. Jaankari bechi nahi jaati aur vigyapan me kaam nahi aati.</p>
    <h2>Kab tak</h2>
    <p>Sandesh { $days } din baad mita diye jaate hain, aur jo vaakya samajh me nahi aaye ve bhi: seekhne ke liye unhein number, naam aur likhne wale ki pehchaan hatakar rakha jaata hai; aapke liye bani bill aur raseed ki copy 30 din baad, aur yeh baat ki connection aapka hai, 180 din baad. Saheje hue K number, e-mail pata aur sehmati tab tak rehte hain jab tak aap unhein na hatayein. Shikayatein kaam poora hone tak rehti hain; bill, bhugtan aur raseedein utne samay jitna kanoon kehta hai.</p>
    <h2>Aur kaun dekhta hai</h2>
    <p>Sandesh aur bhugtan pahunchane wali sevaayein vahi dekhti hain jo ve pahunchati hain. Jise K number pata ho, vah chhipaya hua naam, rakam aur tareekh dekh sakta hai aur bhugtan kar sakta hai; isse zyada kuch nahi.</p>
    <h2>Aapke adhikar</h2>
    <p>Aap apni jaankari dekh sakte hain, use theek ya mitva sakte hain, apni or se kisi ko namit kar sakte hain aur sahmati kabhi bhi wapas le sakte hain: STOP likhne se saari soochnayein band ho jaati hain. Iske liye apne karyalay me ya { $helpline } par bhi keh sakte hain.</p>
    <h2>Mera data mitayein</h2>
    <p>Bijli Saathi ko "mera data mita do" likhein. Code se pakka hone ke baad aapke baare me rakhi jaankari mita di jaati hai. Bill, bhugtan aur raseedein kanoon ke anusaar rehti hain, aur shikayat ka keval prakar aur sthiti. Koi baar-baar mitvakar doosron ke bill na dekhta rahe, isliye aapke pate ka hash aadhi raat tak rehta hai; aur kisi sandesh ka uttar do baar na jaye, isliye sandesh sankhyaon ke hash kuch din rehte hain.</p>
    <h2>Shikayat</h2>
    <p>Pehle hamein batayein: { $helpline } ya apna karyalay. Uttar se kaam na bane to Bharatiya Data Sanrakshan Board me shikayat kar sakte hain.</p>
