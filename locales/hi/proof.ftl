# Showing that a connection is theirs. $last: the last two digits of the registered mobile.
proof-offer = यह जानकारी केवल कनेक्शन के मालिक के लिए है। पक्का करने के लिए रजिस्टर्ड मोबाइल (आखिरी अंक { $last }) पर SMS से कोड भेजा जा सकता है। भेजें?
proof-offer-sms = K { $k }: यह आपका है, इसके लिए रजिस्टर्ड मोबाइल ..{ $last } पर कोड भेजा जाएगा। भेजें? YES{ $to }। -{ $brand }
proof-offer-here = आप ही हैं, यह पक्का करने के लिए यहां 6 अंकों का कोड भेजा जा सकता है। भेजें?
proof-offer-here-sms = पक्का करने के लिए इसी नंबर पर 6 अंकों का कोड भेजा जाएगा। भेजें? YES{ $to }। -{ $brand }
proof-share = या नीचे के बटन से अपना नंबर साझा करें: रजिस्टर्ड नंबर हुआ तो कोड की जरूरत नहीं।
proof-yes = कोड भेजें
answer-yes = हां
answer-no = नहीं
proof-sent = कोड उस मोबाइल पर भेज दिया है जिसके आखिरी अंक { $last } हैं। 10 मिनट में उसके 6 अंक यहां लिखें।
proof-sent-here = कोड अगले संदेश में है। 10 मिनट में उसके 6 अंक यहां लिखें।
proof-sent-sms = कोड भेज दिया है। 10 मिनट में उसके 6 अंक{ $to }। -{ $brand }
# $code: six digits, $what: what it is for
proof-code = { $code } आपका कोड है ({ $what })। यह 10 मिनट तक चलेगा। किसी को न बताएं, कर्मचारी को भी नहीं।
proof-code-sms = आपका { $brand } कोड { $code } है ({ $what }), 10 मिनट तक मान्य। किसी को न बताएं, कर्मचारी को भी नहीं। -{ $brand }
proof-for = { $what }, K ..{ $k }
proof-wrong = यह सही कोड नहीं है। फिर से देखकर 6 अंक लिखें; बाकी मौके: { $left }।
proof-wrong-sms = यह सही कोड नहीं है (बाकी मौके: { $left })। 6 अंक फिर से{ $to }। -{ $brand }
proof-late = यह कोड अब नहीं चलेगा। नया भेजें?
proof-used-up = पांच बार गलत कोड आया, इसलिए यह कोड अब नहीं चलेगा। नया भेजें?
proof-late-sms = यह कोड अब नहीं चलेगा। नए कोड के लिए YES{ $to }। -{ $brand }
# $until: date and time
proof-too-many = अभी और कोड नहीं भेजे जा सकते। अगला { $until } से भेजा जा सकता है।
proof-too-many-sms = पिछले एक घंटे में तीन कोड भेजे जा चुके हैं। एक घंटे बाद फिर कोशिश करें। -{ $brand }
proof-no-mobile = के नंबर { $k } पर कोई मोबाइल रजिस्टर्ड नहीं है, इसलिए यहां पक्का नहीं हो सकता कि यह किसका है। मोबाइल कार्यालय में रजिस्टर होता है: बिल और पहचान पत्र साथ ले जाएं।
proof-no-mobile-sms = K { $k }: कोई मोबाइल रजिस्टर्ड नहीं है। कार्यालय में रजिस्टर कराएं: बिल और पहचान पत्र ले जाएं। मदद { $helpline } -{ $brand }

# An answer that is none: what kind of answer is wanted.
hint-yes = कृपया हां या नहीं लिखें।
hint-code = कोड में 6 अंक होते हैं। बस वही लिखें, जैसे 482913।
hint-email = ई-मेल पता लिखें, जैसे name@example.com, या SKIP लिखें।
hint-nickname = नाम में 20 तक अक्षर हों, जैसे "दुकान" या "घर"। कृपया छोटा नाम लिखें।
hint-mobile = 10 अंकों का मोबाइल नंबर लिखें, जैसे 98290 12345।
hint-reading = मीटर पर लिखा अंक लिखें, जैसे 4521।
hint-rest = ये पहले { $count } हैं। बाकी के नंबर नए संदेश में भेजें।
hint-sms = कृपया { $want }{ $to }। छोड़ने के लिए EXIT -{ $brand }
want-yes = YES या NO
want-code = कोड के 6 अंक
want-email = ई-मेल पता या SKIP
want-nickname = 20 अक्षर तक का नाम
want-mobile = 10 अंकों का मोबाइल नंबर
want-reading = मीटर का अंक
want-rest = बाकी के नंबर फिर से
