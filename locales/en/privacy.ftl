# The notice at /privacy (Digital Personal Data Protection Act, 2023): a page, in simple HTML.
privacy-title = Privacy notice
privacy-page =
    <h1>{ privacy-title }</h1>
    <p>{ $company } runs Bijli Saathi. This notice says which data it keeps about you, and why.</p>
    <h2>Which data</h2>
    <p>Your phone number or chat id, the messages you send and the answers, your language, the K-numbers you ask about or save and what you call them, your e-mail address, your yes or no to notices with its words and time, your complaints and requests, and the payments made through us. Card numbers, PINs, codes and Aadhaar numbers are removed from messages before they are stored; of a code that we sent you only a keyed hash is kept, for a day. Payments themselves are made at the payment company; we do not see your card or UPI PIN.</p>
    <h2>What for</h2>
    <p>Only to answer you: to show a bill, take a payment, give a receipt, have a fault or complaint seen to, make sure that it is you, and send the notices you want. We do not sell data, and do not use it for advertising.</p>
    <h2>How long</h2>
    <p>Messages are deleted after { $days } days, and so are sentences that were not understood: to learn from them they are kept without numbers, names and any sign of who wrote them; copies of bills and receipts that were made for you after 30, and that a connection was shown to be yours after 180. What you saved, your e-mail address and your agreement stay until you remove them. Complaints stay until they are finished with; bills, payments and receipts as long as the law asks.</p>
    <h2>Who else sees it</h2>
    <p>The services that carry messages and payments for us see what they carry. Anyone who knows a K-number can see a masked name, amounts and dates, and can pay; nothing more.</p>
    <h2>Your rights</h2>
    <p>You may see your data, have it corrected or deleted, name someone to act for you, and withdraw your consent at any time: STOP ends all notices. Ask at your office or call { $helpline }.</p>
    <h2>Delete my data</h2>
    <p>Write “delete my data” to Bijli Saathi. After a code that makes sure it is you, what is kept about you is deleted. Bills, payments and receipts stay, as the law asks, and of complaints only kind and state. So that nobody looks up strangers' bills without end by having themselves forgotten, a keyed hash of your address stays until midnight; and so that no message is answered twice, hashes of message numbers stay for a few days.</p>
    <h2>Complaints</h2>
    <p>Please tell us first: { $helpline } or your office. If the answer does not help, you may complain to the Data Protection Board of India.</p>
