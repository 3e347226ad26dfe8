# Said before the code is asked for, and after it was entered.
erase-warning = This deletes what is kept about you: messages, language, saved K-numbers, notices, e-mail and codes. Bills, payments and receipts stay, as the law asks; of complaints only kind and state stay. It cannot be undone.
erase-warning-sms = All that is kept about you will be deleted: messages, saved K, notices, e-mail. By law bills and payments stay. To go on SMS YES{ $to }: then a code comes -{ $brand }
erased = Done: what was kept about you is deleted.
erased-kept = Bills, payments and receipts stay in the records of { $company }, as the law asks. If you write again, it begins anew.
erased-sms = Done: what was kept about you is deleted. Bills, payments and receipts stay, as the law asks. -{ $brand }
privacy-erase = To have all of it deleted, write "delete my data".
