# हर वाक्य में $brand, $company, $helpline और SMS में $to भी मिल सकते हैं; तथ्य en/bill.ftl में लिखे हैं।

whose = के नंबर { $k }, { $name }
as-on = यह { $date } तक की जानकारी है।
who-as-on = { $date } को
who-moved = (पहले { $old })

bill-due = { $month } का बिल { $amount } है। अंतिम तिथि: { $due }।
bill-after = उसके बाद { $after } देने होंगे।
bill-due-sms = K { $k } { $who }: बिल { $amount }, { $due } तक; बाद में { $after }। भुगतान: PAY{ $to }। -{ $brand }

bill-overdue = अब { $amount } देने हैं। अंतिम तिथि { $due } निकल चुकी है।
bill-before = उस तिथि तक यह { $before } था।
bill-overdue-sms = K { $k } { $who }: अब देय { $amount }; तिथि { $due } बीत गई (बिल { $before })। PAY{ $to }। -{ $brand }

bill-part-paid = { $paid } जमा हो चुके हैं। { $amount } बाकी हैं, अंतिम तिथि: { $due }।
bill-part-paid-sms = K { $k } { $who }: { $paid } जमा, { $amount } बाकी, { $due } तक। भुगतान: PAY{ $to }। -{ $brand }
bill-part-paid-overdue = { $paid } जमा हो चुके हैं। अब { $amount } बाकी हैं: अंतिम तिथि { $due } निकल चुकी है।
bill-part-paid-overdue-sms = K { $k } { $who }: { $paid } जमा, अब { $amount } बाकी; तिथि { $due } बीत गई। PAY{ $to }। -{ $brand }

bill-paid = { $month } का बिल जमा है: { $paid }, { $date } को, रसीद { $receipt }। अब कुछ बाकी नहीं।
bill-paid-sms = K { $k } { $who }: { $paid } जमा, { $date } को, रसीद { $receipt }। अब कुछ बाकी नहीं। -{ $brand }
bill-paid-plain = { $month } का बिल जमा है: { $paid }। अब कुछ बाकी नहीं।

bill-zero = { $month } का पूरा बिल राजकीय अनुदान से चुका दिया गया है। कुछ नहीं देना है।
bill-zero-sms = K { $k } { $who }: { $month } का पूरा बिल राजकीय अनुदान से चुक गया। कुछ नहीं देना है। -{ $brand }
bill-nothing-due = { $month } के बिल में कुछ नहीं देना है।
bill-nothing-due-sms = K { $k } { $who }: { $month } के बिल में कुछ नहीं देना है। -{ $brand }
bill-credit = आपके { $amount } जमा हैं। अभी कुछ नहीं देना है: यह राशि अगले बिल में घटा दी जाएगी।
bill-credit-sms = K { $k } { $who }: आपके { $amount } जमा हैं, अगले बिल में घटेंगे। अभी कुछ नहीं देना है। -{ $brand }
bill-none = इस कनेक्शन का बिल अभी नहीं बना है। बनने पर यहीं देख सकते हैं।
bill-none-sms = K { $k } { $who }: बिल अभी नहीं बना है। कुछ दिन बाद फिर पूछें। -{ $brand }

due-date = अंतिम तिथि { $due } है: तब तक { $amount } देने हैं।
due-date-overdue = अंतिम तिथि { $due } थी, जो निकल चुकी है। अब { $amount } देने हैं।

connection-disconnected = इस कनेक्शन की बिजली कटी हुई है।
connection-disconnected-due = { $amount } बाकी हैं। यह राशि और दोबारा जोड़ने का शुल्क जमा होने पर कार्यालय बिजली जोड़ देगा।
connection-disconnected-clear = बिल में कुछ बाकी नहीं। दोबारा जोड़ने का शुल्क जमा होने पर कार्यालय बिजली जोड़ देगा।
connection-disconnected-due-sms = K { $k } { $who }: बिजली कटी है। { $amount } व जोड़ने का शुल्क भरें। PAY{ $to }। मदद { $phone } -{ $brand }
connection-disconnected-clear-sms = K { $k } { $who }: बिजली कटी है, बिल बाकी नहीं। जोड़ने का शुल्क कार्यालय में भरें। मदद { $phone } -{ $brand }
connection-office = कार्यालय: { $office }। मदद: { $phone }
connection-office-unnamed = मदद: { $phone }
connection-closed = यह कनेक्शन बंद हो चुका है। कुछ बाकी नहीं।
connection-closed-sms = K { $k } { $who }: यह कनेक्शन बंद हो चुका है। कुछ बाकी नहीं। मदद { $phone } -{ $brand }
connection-closed-due = यह कनेक्शन बंद हो चुका है। अंतिम बिल के { $amount } बाकी हैं।
connection-closed-due-sms = K { $k } { $who }: कनेक्शन बंद हो चुका है, अंतिम बिल के { $amount } बाकी हैं। PAY{ $to }। -{ $brand }

breakdown-title = { $month } का बिल
breakdown-reading = मीटर रीडिंग: { $previous } से { $current }, { $units } यूनिट
charge-fixed = स्थायी शुल्क: { $amount }
charge-fixed-sms = स्थायी शुल्क { $amount }
charge-energy = ऊर्जा शुल्क: { $amount }
charge-energy-sms = ऊर्जा शुल्क { $amount }
charge-duty = विद्युत शुल्क: { $amount }
charge-duty-sms = विद्युत शुल्क { $amount }
charge-cess = उपकर: { $amount }
charge-cess-sms = उपकर { $amount }
charge-water_cess = जल संरक्षण उपकर: { $amount }
charge-water_cess-sms = जल उपकर { $amount }
charge-urban_cess = नगरीय उपकर: { $amount }
charge-urban_cess-sms = नगरीय उपकर { $amount }
charge-fuel_surcharge = फ्यूल सरचार्ज: { $amount }
charge-fuel_surcharge-sms = फ्यूल सरचार्ज { $amount }
charge-regulatory_surcharge = रेगुलेटरी सरचार्ज: { $amount }
charge-regulatory_surcharge-sms = सरचार्ज { $amount }
charge-other = अन्य देय: { $amount }
charge-other-sms = अन्य { $amount }
charge-tcs = टीसीएस: { $amount }
charge-tcs-sms = टीसीएस { $amount }
charge-subsidy = राजकीय अनुदान: { $amount }
charge-subsidy-sms = अनुदान { $amount }
charge-rebate = छूट: { $amount }
charge-rebate-sms = छूट { $amount }
charge-arrears = पिछला बकाया: { $amount }
charge-arrears-sms = बकाया { $amount }
charge-credit = पहले से जमा: { $amount }
charge-credit-sms = पहले जमा { $amount }
breakdown-total = कुल: { $amount }
breakdown-sms = K { $k }: { $first }, { $second }, बाकी { $rest }। कुल { $amount }। -{ $brand }
