# Small talk, help and language. Every sentence may use $brand, $company, $helpline, and on SMS $to.
greet = Namaste! This is Bijli Saathi of { $company }. Here you can see and pay the bill, report that the supply is off, and write a complaint. What do you need?
greet-sms = Namaste! { $brand }: for your bill SMS BILL and the 12-digit K-number from your bill{ $to }. To pay: PAY. No supply: OUT. All words: HELP
thanks = Glad to help. For the next bill, just write here.
goodbye = Namaste! Write here whenever you need your bill or a receipt.
help = Here you can see and pay the bill, get a copy and receipts, see your units, report that the supply is off, write a complaint and see how far it is, give a meter reading, save connections and have outage notices. Send the 12-digit K-number, write what you need, or choose below.
help-supply = Danger, or somebody to talk to: call { $helpline }.
help-sms = { $brand }: BILL K, PAY K, DUE K, RECEIPT K, COPY K, OUT (no supply), COMP (complaint), STATUS, READ K 4521, NEW, ADD K, DEL K, LIST, SUB K (notices), STOP, EMAIL, HINDI, HINGLISH, ENGLISH{ $to }. K = 12 digits on the bill. Danger: call { $helpline }
language-ask = Which language do you want?
language-ask-sms = For Hindi SMS HINDI, for Hindi in English letters HINGLISH, for English ENGLISH{ $to } -{ $brand }
language-hi = हिंदी
language-hi-Latn = Hinglish
language-en = English
language-set = From now on in English.
language-set-sms = From now on in English. -{ $brand }
out-of-scope = This cannot be answered here. Here you can see and pay the bill, report that the supply is off, and write a complaint.
out-of-scope-helpline = For anything else call { $helpline }.
abuse = Sorry for the trouble. For a bill or a payment, send the 12-digit K-number. To speak to someone, call { $helpline }.
fallback-again = Sorry, this is still not clear here. Please choose below, or write "bill" and your 12-digit K-number. To speak to someone, call { $helpline }.
fallback-again-sms = Sorry, that cannot be answered here. For the bill SMS BILL and the K-number{ $to }; no supply: OUT; all words: HELP. Anything else: call { $helpline } -{ $brand }
did-you-mean = What do you want to do?
did-you-mean-sms = What do you need? 1 { $first }, 2 { $second }, 3 { $third }: SMS the number{ $to } -{ $brand }
nothing-to-cancel = There is nothing to cancel. For your bill, write "bill".
cancelled = Stopped. Nothing was changed.
cancelled-sms = All right, nothing was changed. For your bill SMS BILL{ $to } -{ $brand }
old-button = This button no longer works. Please choose again.
# $reference (text)
trouble = Sorry, something went wrong here. Please try again in a while. If it stays, call { $helpline } and name { $reference }.
trouble-sms = Sorry, something went wrong here. Please try again in a while, or call { $helpline } and name { $reference } -{ $brand }
secrets-blanked = Please never send a PIN, CVV, card or Aadhaar number or a code here. It was removed from your message.
secrets-blanked-sms = Please never send a PIN, CVV, card or Aadhaar number or a code. It was removed from your message. -{ $brand }
# $url (text)
privacy-line = How your data is handled: { $url }
privacy-line-sms = How your data is handled: { $url } -{ $brand }
hindi-hint-sms = For Hindi SMS HINDI{ $to }

# What a message was that holds no words.
message-voice = Voice messages cannot be heard here yet. Please write, for example: bill 901010000123
message-picture = Pictures cannot be read here yet. Please write the 12-digit K-number from the bill.
message-document = Documents cannot be read here yet. Please write the 12-digit K-number from the bill.
message-location = The place has arrived. If the supply is off there, write OUT and send the place again when it is asked for.
message-sticker = Thank you! For a bill, write the 12-digit K-number.
message-contact = Thank you, the contact has arrived. For a bill, write the 12-digit K-number.
message-empty = The message came empty. For a bill, write the 12-digit K-number.
message-other = This kind of message cannot be read here. Please write, for example: bill 901010000123

# Labels: at most 20 characters.
intent-greet = Start
intent-thanks = Thanks
intent-goodbye = Goodbye
intent-help = Help
intent-language_change = Language
intent-bill_view = See bill
intent-bill_due_date = Last date
intent-bill_breakdown = Bill details
intent-bill_pay = Pay
intent-bill_instalment = Pay a part
intent-payment_status = Has it arrived?
intent-payment_receipt = Receipt
intent-bill_copy = Copy of the bill
intent-bill_history = Earlier bills
intent-payment_history = Earlier payments
intent-consumption = Units each month
intent-k_number_help = What is K-number?
intent-safety_hazard = Danger
intent-out_of_scope = Something else
intent-abuse = Something else
intent-outage_report = No supply
intent-complaint_new = Write a complaint
intent-complaint_status = Complaint status
intent-bill_not_received = Bill not received
intent-refund = Money back
intent-meter_reading_submit = Meter reading
intent-connection_new = New connection
intent-subscribe = Notices on
intent-unsubscribe = Notices off
intent-data_erase = Delete my data
intent-talk_to_human = Talk to someone
intent-account_add = Save K-number
intent-account_remove = Remove K-number
intent-account_list = My K-numbers
intent-contact_update = Change contact
