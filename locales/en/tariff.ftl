# Rates and subsidy.
tariff-domestic = Home
tariff-non_domestic = Shop, office
tariff-agriculture = Farm
tariff-industry = Industry
# $category (name), $year (text)
tariff-title = { $category }, tariff of { $year }, a unit:
# $from, $units (whole numbers): units of a month; $amount (money)
tariff-slab = { $from } to { $units } units a month: { $amount }
tariff-above = from { $from } units a month: { $amount }
tariff-flat = { $category }, tariff of { $year }: { $amount } a unit
tariff-rest = The rate above { $units } units is not confirmed here.
# $group (tariff-domestic, …)
tariff-none = { $group }: the rates are not confirmed here. The bill shows what is charged.
tariff-unknown = The rates are not known here. The bill shows what is charged.
# $date
tariff-as-of = As of the order of { $date }; a newer one may have changed it.
tariff-on-top = Fixed charge, duty and surcharges come on top. The bill shows them.
tariff-short = { $group } { $year } per unit
tariff-short-both = { $first }, { $second }
tariff-short-to = to { $units } { $amount }
tariff-short-above = from { $units } { $amount }
tariff-short-flat = { $category } { $amount }
short-rate-none = rates not confirmed here
short-rate-bill = the bill shows them all

subsidy-scheme = In the Mukhyamantri Nishulk Bijli Yojana, 100 units a month are free for homes that are registered in it.
subsidy-registered = Homes that are not registered pay in full, small bills too.
# $k (K-number), $month, $amount (money)
subsidy-on-bill = The bill for { $month } of K-number { $k } has a subsidy of { $amount }.
subsidy-not-on-bill = The bill for { $month } of K-number { $k } has no subsidy.
subsidy-ask = What holds today, and how a home is registered, the office tells.
short-subsidy-units = 100 units a month free
short-subsidy-who = for registered homes
