# What the office does: new connections, readings, money back, people.
connection-new = For a new connection, the office takes the application; it cannot be made here yet. What is needed:
connection-new-papers = Papers: an identity paper (Aadhaar, voter card, driving licence or PAN), proof of ownership (registry, patta or allotment letter, for a farm the jamabandi) and a photo. Tenants: the rent agreement and the owner's consent.
connection-new-more = Firms also bring their registration, and for a large load the test report of a licensed contractor is asked for.
connection-new-cost = Cost: application fee, security deposit by load, line charge and meter. The office writes the sum in the demand note.
connection-new-time = By the central rules, where no line must be built, it takes up to 7 days in towns and 15 in villages.
connection-new-sms = New connection: at the office, with an identity paper, proof of ownership (tenants: agreement, owner's consent) and a photo. It tells the charges. Help { $helpline } -{ $brand }

reading-ask = Which number does the meter show? Please write it, for example 4521.
# $reading (text), $last (whole number)
reading-low = { $reading } is less than the reading of the last bill, { $last }. Please look at the meter again and write the number.
reading-sure = If it is right all the same, call { $helpline }.
reading-low-sms = The reading { $reading } is less than that of the last bill, { $last }. Please look again and SMS the number{ $to }. Is it right? Call { $helpline } -{ $brand }
reading-noted = Reading: { $reading }

refund-ask = Which payment is it? Please write the sum, the day and the UTR or transaction number.

bill-paper-here = Here is the bill.
bill-paper-button = Send paper bill

human-call = To speak to someone, call { $helpline }.
human-hours = Offices are open on working days. Please call before you go.
human-write = Or write a complaint here: staff see it, and it gets a reference.
# $phone (text)
human-sms = To speak to someone call { $phone }. Offices are open on working days. For a complaint SMS COMP and what is wrong{ $to } -{ $brand }
