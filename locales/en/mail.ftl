# E-mails, and the pages their links lead to. The sender, and where an e-mail has no subject of its own.
mail-sender = Bijli Saathi, { $company }
mail-subject = About your electricity connection
# At the end of every e-mail.
mail-footer = Nobody reads answers to this e-mail. Help: { $helpline }
mail-privacy = Privacy notice
mail-unsubscribe = Stop these e-mails

# The letter that confirms an address. $url (text)
mail-confirm-subject = Please confirm your e-mail address
mail-confirm = This e-mail address was given to Bijli Saathi of { $company }, for bills, receipts and notices.
mail-confirm-link = To confirm it, open this page and press the button: { $url }
mail-confirm-not-you = The link works for 7 days. If the address did not come from you, do nothing: no bill and no notice will come.

# A receipt by e-mail. $amount (money)
mail-receipt-subject = { $amount } received for your electricity bill
mail-receipt-why = You get this e-mail because the K-number is in your list, or because you asked for the payment link.

# The pages behind /e/… and /u/…
mail-page-title = E-mail – { $company }
mail-page-confirm = Do you want to confirm this e-mail address? Bills, receipts and notices about your connections will then come here too.
mail-page-confirm-button = Yes, confirm it
mail-page-confirmed = The e-mail address is confirmed. Bills, receipts and notices now come here too.
mail-page-stop = Do you want to stop all e-mails to this address? Messages on WhatsApp, SMS and Telegram come as before.
mail-page-stop-button = Yes, stop the e-mails
mail-page-stopped = No more e-mails will come to this address.
mail-page-again = To start again, write EMAIL and your address in the chat, for example: EMAIL name@example.in
mail-page-unknown = This link is not right, or its time is over.
mail-page-new = For a new link, write EMAIL and your address in the chat, for example: EMAIL name@example.in
