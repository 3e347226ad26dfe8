# तारीख, समय और राशि कैसे लिखें। महीने जनवरी से; दिन के भाग: 4, 12, 16, 20, 24 बजे तक।
money = ₹
money-sms = ₹
date-months = जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
date-parts = रात सुबह दोपहर शाम रात
date-noon = दोपहर 12
date-midnight = रात 12
date-hour = { $part } { $digits }
date-clock = { $hour } बजे
date-span = { $start } बजे से { $end } बजे तक

# SMS से भेजे जाने वाले शब्द के बाद।
sms-to = {" "}भेजें
sms-to-number = , { $number } पर
