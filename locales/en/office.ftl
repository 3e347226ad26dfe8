# What the office does with papers, and which office.
# $what (a label), $first, $second (short-… or tariff-short-…), $office (name), $phone (text)
service-sms = About { $what }: { $first }, { $second }. Office { $office }, help { $phone } -{ $brand }
short-office = of your area
short-municipality = of the municipality
short-identity = bring an identity paper
short-last-bill = the last bill, paid
short-ownership = proof of ownership
short-at-office = known at the office
short-number = name your number there
short-working-days = open on working days
short-call = call before you go
short-town = the municipality's work
short-village = in villages the panchayat's
short-approvals-small = to Rs.10 crore DIC
short-approvals-large = above that BIP
short-solar-scheme = PM Surya Ghar for homes
short-solar-size = ask about net metering
short-smart-meter-bill = for the bill SMS BILL
short-smart-meter-balance = no balance seen here

load-where = The load is raised or lowered at the office, on the form for new connections; so is a change from one phase to three.
load-form = The form asks for the load in kW, the phase and what the supply is for. Where motors exceed 3 BHP, one phase is not given.
name-where = The name is changed at the office, on the form for new connections.
name-papers = Usually asked for: an identity paper and proof of ownership, like the registry or patta.
category-where = The category (home, shop, farm, industry) is changed at the office, on the form for new connections.
category-form = The form asks what the supply is for, and the load in kW.
work-dues = The form also asks for unpaid dues: please take along the last bill, paid.
work-call = Further papers and charges depend on the connection. Please call before you go.
closing-where = A connection is closed at the office. Please take along the last bill, paid, and an identity paper.
# $k (K-number), $amount (money)
closing-due = K-number { $k } has { $amount } to pay now.
approvals-what = Industry with an investment of ₹1 crore and more gets its approvals through the state's single window: 98 services of 14 departments, one login.
approvals-where = Up to ₹10 crore ask the District Industries Centre, above it the Bureau of Investment Promotion (state note of July 2020).
approvals-supply = The connection itself is asked for at the electricity office.
solar-scheme = PM Surya Ghar is the central scheme for solar panels on homes; it bears a part of the cost.
solar-state = Homes in the state's free-units scheme that have a usable roof can get 150 units a month free with panels. The first phase began in October 2025.
solar-size = By the central rules, panels up to 10 kW need no feasibility study.
solar-ask = How net metering works for your connection, and what is paid, the office tells.
smart-meter-bill = The bills of a connection can be seen here, and by its owner the units of each month.
smart-meter-balance = The balance of a prepaid meter cannot be seen here, nor can it be recharged.
smart-meter-ask = Whether and when a meter is changed, the office tells.

# $office (name), $phone (text)
office-name = Office: { $office }. Phone: { $phone }
# $officer, $hours, $url (text, as the company's list has them)
office-officer = Officer: { $officer }
office-hours = Open: { $hours }
office-map = Map: { $url }
office-none = The office of this connection is not in our list.
office-unknown = No single office is found under this name.
office-ask = Which office? Send the 12-digit K-number, the name of the town or locality, or the pincode.
