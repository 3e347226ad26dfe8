# Small talk, help and language. Every sentence may use $brand, $company, $helpline, and on SMS $to.
greet = Namaste! This is Bijli Saathi of { $company }. You can see a bill, pay it and get the receipt here. What do you need?
greet-sms = Namaste! { $brand }: for your bill SMS BILL and the 12-digit K-number from your bill{ $to }. To pay: PAY. All words: HELP
thanks = Glad to help. For the next bill, just write here.
thanks-sms = Glad to help. For the next bill, just SMS BILL{ $to } -{ $brand }
goodbye = Namaste! Write here whenever you need your bill or a receipt.
goodbye-sms = Namaste! SMS BILL whenever you need your bill{ $to } -{ $brand }
help = Here you can see a bill and what it is made of, pay all or part of it, see whether a payment arrived, and get the receipt. Send your 12-digit K-number or choose below.
help-supply = No supply, or anything else: call { $helpline }.
help-sms = { $brand }: BILL K, PAY K, PAY K 500, DUE K, RECEIPT K, HINDI, HINGLISH, ENGLISH{ $to }. K = 12 digits on the bill. No supply or danger: call { $helpline }
language-ask = Which language do you want?
language-ask-sms = { $brand } language:
language-hi = हिंदी
language-hi-sms = HINDI
language-hi-Latn = Hinglish
language-hi-Latn-sms = HINGLISH
language-en = English
language-en-sms = ENGLISH
language-set = From now on in English.
language-set-sms = From now on in English. -{ $brand }
out-of-scope = This cannot be answered here. Here you can see a bill, pay it and get the receipt.
out-of-scope-helpline = No supply, a fault or anything else: call { $helpline }.
out-of-scope-sms = This cannot be answered here. For the bill SMS BILL and the K-number{ $to }. No supply or anything else: call { $helpline } -{ $brand }
abuse = Sorry for the trouble. For a bill or a payment, send the 12-digit K-number. To speak to someone, call { $helpline }.
abuse-sms = Sorry for the trouble. For the bill SMS BILL and the K-number{ $to }. To speak to someone, call { $helpline } -{ $brand }
fallback-again = Sorry, this is still not clear here. Please choose below, or write "bill" and your 12-digit K-number. To speak to someone, call { $helpline }.
fallback-again-sms = Sorry, this is not clear here. SMS BILL and your 12-digit K-number{ $to }, or HELP for all words. To speak to someone, call { $helpline } -{ $brand }
did-you-mean = What do you want to do?
did-you-mean-sms = { $brand }: what do you need?
nothing-to-cancel = There is nothing to cancel. For your bill, write "bill".
nothing-to-cancel-sms = There is nothing to cancel. For your bill SMS BILL{ $to } -{ $brand }
cancelled = Stopped. Nothing was changed.
cancelled-sms = Stopped. Nothing was changed. -{ $brand }
old-button = This button no longer works. Please choose again.
old-button-sms = This choice no longer works. SMS HELP for all words{ $to } -{ $brand }
# $reference (text)
trouble = Sorry, something went wrong here. Please try again in a while. If it stays, call { $helpline } and name { $reference }.
trouble-sms = Sorry, something went wrong here. Please try again in a while, or call { $helpline } and name { $reference } -{ $brand }
secrets-blanked = Please never send a PIN, CVV, card or Aadhaar number or a code here. It was removed from your message.
secrets-blanked-sms = Please never send a PIN, CVV, card or Aadhaar number or a code. It was removed from your message. -{ $brand }
# $url (text)
privacy-line = How your data is handled: { $url }
privacy-line-sms = { $brand }: how your data is handled: { $url }
hindi-hint-sms = For Hindi SMS HINDI{ $to }

# What a message was that holds no words.
message-voice = Voice messages cannot be heard here yet. Please write, for example: bill 901010000123
message-voice-sms = Voice messages cannot be heard here. Please write, e.g. BILL 901010000123 -{ $brand }
message-picture = Pictures cannot be read here yet. Please write the 12-digit K-number from the bill.
message-picture-sms = Pictures cannot be read here. Please SMS BILL and the 12-digit K-number{ $to } -{ $brand }
message-document = Documents cannot be read here yet. Please write the 12-digit K-number from the bill.
message-document-sms = Documents cannot be read here. Please SMS BILL and the 12-digit K-number{ $to } -{ $brand }
message-location = The place has arrived, but it is not used here yet. For a bill, write the 12-digit K-number; for a fault, call { $helpline }.
message-location-sms = Places cannot be used here. For the bill SMS BILL and the K-number{ $to }; for a fault call { $helpline } -{ $brand }
message-sticker = Thank you! For a bill, write the 12-digit K-number.
message-sticker-sms = For the bill SMS BILL and the 12-digit K-number{ $to } -{ $brand }
message-contact = Thank you, the contact has arrived. For a bill, write the 12-digit K-number.
message-contact-sms = Contacts cannot be used here. For the bill SMS BILL and the 12-digit K-number{ $to } -{ $brand }
message-empty = The message came empty. For a bill, write the 12-digit K-number.
message-empty-sms = The message came empty. For the bill SMS BILL and the 12-digit K-number{ $to } -{ $brand }
message-other = This kind of message cannot be read here. Please write, for example: bill 901010000123
message-other-sms = This kind of message cannot be read here. Please write, e.g. BILL 901010000123 -{ $brand }

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
intent-k_number_help = What is K-number?
intent-safety_hazard = Danger
intent-out_of_scope = Something else
intent-abuse = Something else
