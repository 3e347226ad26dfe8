# The notice at /privacy (Digital Personal Data Protection Act, 2023): a page, in simple HTML.
privacy-title = Privacy notice
privacy-page =
    <h1>{ privacy-title }</h1>
    <p>{ $company } runs Bijli Saathi. This notice says which data it keeps about you, and why.</p>
    <h2>Which data</h2>
    <p>Your phone number or chat id, the messages you send and the answers, your language, the K-numbers you ask about, and the payments made through us. Card numbers, PINs, codes and Aadhaar numbers are removed from messages before they are stored. Payments themselves are made at the payment company; we do not see your card or UPI PIN.</p>
    <h2>What for</h2>
    <p>Only to answer you: to show a bill, take a payment, give a receipt, and help when something went wrong. We do not sell data, and do not use it for advertising.</p>
    <h2>How long</h2>
    <p>Messages are deleted after { $days } days. Bills, payments and receipts are kept as long as the law asks.</p>
    <h2>Who else sees it</h2>
    <p>The services that carry messages and payments for us see what they carry. Anyone who knows a K-number can see a masked name, amounts and dates, and can pay; nothing more.</p>
    <h2>Your rights</h2>
    <p>You may see your data, have it corrected or deleted, name someone to act for you, and withdraw your consent at any time; what the law makes us keep, such as bills and payments, stays. Ask at your office or call { $helpline }.</p>
    <h2>Complaints</h2>
    <p>Please tell us first: { $helpline } or your office. If the answer does not help, you may complain to the Data Protection Board of India.</p>
