# The notice at /privacy, in romanised Hindi; see en/privacy.ftl.
privacy-title = Privacy soochna
privacy-page =
    <h1>{ privacy-title }</h1>
    <p>Bijli Saathi { $company } ki seva hai. Yahan likha hai ki aapki kaun si jaankari rakhi jaati hai aur kyon.</p>
    <h2>Kaun si jaankari</h2>
    <p>Aapka phone number ya chat id, aapke sandesh aur unke uttar, aapki bhasha, jin K numberon ke baare me poochha gaya, aur hamare madhyam se hue bhugtan. Card number, PIN, code aur Aadhaar number sandesh sahejne se pehle hata diye jaate hain. Bhugtan payment company ke yahan hota hai; aapka card ya UPI PIN hamein nahi dikhta.</p>
    <h2>Kisliye</h2>
    <p>Keval aapko uttar dene ke liye: bill dikhane, bhugtan lene, raseed dene aur kuch gadbad hone par madad karne ke liye. Jaankari bechi nahi jaati aur vigyapan me kaam nahi aati.</p>
    <h2>Kab tak</h2>
    <p>Sandesh { $days } din baad mita diye jaate hain. Bill, bhugtan aur raseedein utne samay rakhi jaati hain jitna kanoon kehta hai.</p>
    <h2>Aur kaun dekhta hai</h2>
    <p>Sandesh aur bhugtan pahunchane wali sevaayein vahi dekhti hain jo ve pahunchati hain. Jise K number pata ho, vah chhipaya hua naam, rakam aur tareekh dekh sakta hai aur bhugtan kar sakta hai; isse zyada kuch nahi.</p>
    <h2>Aapke adhikar</h2>
    <p>Aap apni jaankari dekh sakte hain, use theek ya mitva sakte hain, apni or se kisi ko namit kar sakte hain aur sahmati kabhi bhi wapas le sakte hain; jo kanoon se rakhna hota hai, jaise bill aur bhugtan, vah rehta hai. Iske liye apne karyalay me ya { $helpline } par kahein.</p>
    <h2>Shikayat</h2>
    <p>Pehle hamein batayein: { $helpline } ya apna karyalay. Uttar se kaam na bane to Bharatiya Data Sanrakshan Board me shikayat kar sakte hain.</p>
