# तथ्य en/payment.ftl में लिखे हैं।

pay-link = { $amount } यहां भरें: { $url }
pay-until = यह लिंक { $until } तक चलेगा। UPI, डेबिट या क्रेडिट कार्ड, वॉलेट या नेट बैंकिंग से भर सकते हैं।
pay-overdue = अंतिम तिथि { $due } निकल चुकी है; यह उसके बाद की राशि है।
pay-link-sms = K { $k } { $who }: { $amount }, { $until } तक यहां भरें: { $url } -{ $brand }
pay-link-overdue-sms = K { $k } { $who }: तिथि { $due } निकल गई। { $amount } भरें: { $url } -{ $brand }
pay-part-left = इसके बाद { $left } बाकी रहेंगे।
pay-part-too-small = कम से कम { $least } भर सकते हैं। कुल { $payable } बाकी हैं।
pay-part-too-much = कुल { $payable } ही बाकी हैं, इसलिए इससे अधिक का लिंक नहीं बन सकता।
pay-part-off = यहां बिल पूरा ही भरा जा सकता है: { $payable }।
pay-part-refused-sms = K { $k }: कुल { $payable } ही बाकी, कम से कम { $least } भरें। PAY{ $to }। किस्तें: कार्यालय { $phone } -{ $brand }
pay-this = ..{ $k } भरें
pay-sum = { $amount } भरें
pay-not-now = भुगतान का लिंक अभी नहीं बन पा रहा। कृपया थोड़ी देर में फिर कोशिश करें।
pay-not-now-counter = या किसी भी ई-मित्र या बिल काउंटर पर के नंबर { $k } बताकर { $amount } भरें।
pay-offline = बिना इंटरनेट: किसी भी ई-मित्र या बिल काउंटर पर के नंबर { $k } बताएं और { $due } तक { $amount } भरें।
pay-offline-sms = ई-मित्र या बिल काउंटर पर K { $k } बताएं: { $amount }, अंतिम तिथि { $due }। लिंक बाद में: PAY{ $to }। -{ $brand }
pay-offline-now = बिना इंटरनेट: किसी भी ई-मित्र या बिल काउंटर पर के नंबर { $k } बताएं और { $amount } भरें।
pay-offline-receipt = रसीद संभालकर रखें। काउंटर से सूचना आने पर भुगतान यहां दिखेगा।

instalment-ask = { $payable } बाकी हैं। अभी कितना भरना है? राशि लिखें, जैसे 500; कम से कम { $least }।
instalment-office = कई महीनों की किस्तें कार्यालय तय करता है: { $office }, { $phone }।
instalment-office-unnamed = कई महीनों की किस्तें कार्यालय तय करता है: { $phone }।
instalment-ask-sms = K { $k }: { $payable } बाकी। कुछ हिस्सा (कम से कम { $least }): जैसे PAY 500{ $to }। किस्तें: कार्यालय { $phone } -{ $brand }

status-paid = हां, के नंबर { $k } के { $amount } मिल गए, { $date } को। रसीद { $receipt }।
status-left = { $left } बाकी हैं।
status-asked = के नंबर { $k } के { $amount } अभी नहीं मिले हैं।
status-wait = अगर अभी-अभी भुगतान हुआ है तो दस मिनट बाद फिर पूछें।
status-retry = अगर नहीं हुआ है तो लिंक अब भी चालू है: { $url }
status-asked-sms = K { $k }: { $amount } अभी नहीं मिले। अभी भरा है तो 10 मिनट रुकें, वरना भरें: { $url } -{ $brand }
status-failed = के नंबर { $k } के { $amount } का भुगतान पूरा नहीं हुआ।
status-failed-retry = फिर कोशिश कर सकते हैं: { $url }
status-lapsed = के नंबर { $k } के { $amount } का लिंक समाप्त हो चुका है। उससे कोई राशि नहीं मिली।
status-duplicate = के नंबर { $k } के { $amount } दूसरी बार मिले हैं, { $date } को। यह राशि अलग रखी है और कार्यालय इसे देखेगा।
status-refunded = के नंबर { $k } के { $amount } लौटा दिए गए, { $date } को। राशि वहीं लौटेगी जहां से भरी गई थी।
status-refunded-sms = K { $k }: { $amount } लौटा दिए गए, { $date } को, जहां से भरे गए थे। मदद { $helpline } -{ $brand }
status-last = के नंबर { $k } का पिछला भुगतान जो यहां दर्ज है: { $amount }, { $date } को, रसीद { $receipt }।
status-none = के नंबर { $k } का कोई भुगतान यहां दर्ज नहीं है।
status-none-sms = K { $k }: कोई भुगतान यहां दर्ज नहीं। काउंटर का भुगतान एक दिन में दिखेगा। लिंक: PAY{ $to }। मदद { $helpline } -{ $brand }
status-elsewhere = काउंटर या किसी और ऐप से भरा हुआ यहां दिखने में एक दिन लग सकता है।
status-money-cut = खाते से पैसे कट गए हों और कल तक यहां न दिखें, तो UTR या लेनदेन संख्या साथ रखकर { $helpline } पर फोन करें।
status-no-pin = PIN या कोई कोड किसी को न बताएं।

# How money came, as the gateway names it.
mode-upi = UPI
mode-card = कार्ड
mode-netbanking = नेट बैंकिंग
mode-wallet = वॉलेट
receipt = रसीद { $receipt }: { $amount }, { $date } को मिले ({ $mode })।
receipt-sms = K { $k }: { $amount } मिले, { $date } को, रसीद { $receipt }। नया भुगतान दिखने में एक दिन लगता है। मदद { $helpline } -{ $brand }
receipt-none = इस कनेक्शन का कोई भुगतान अभी यहां दर्ज नहीं है। काउंटर या किसी और ऐप से भरा हुआ दिखने में एक दिन लग सकता है।

payment-received = के नंबर { $k } के { $amount } मिल गए, { $date } को। रसीद { $receipt }। अब कुछ बाकी नहीं। धन्यवाद।
payment-received-sms = K { $k }: { $amount } मिल गए, { $date }। रसीद { $receipt }। अब कुछ बाकी नहीं। धन्यवाद। -{ $brand }
payment-received-part = के नंबर { $k } के { $amount } मिल गए, { $date } को। रसीद { $receipt }। { $left } बाकी हैं।
payment-received-part-sms = K { $k }: { $amount } मिल गए, { $date }। रसीद { $receipt }। { $left } बाकी हैं। -{ $brand }
payment-duplicate = के नंबर { $k } के { $amount } मिले, जबकि बिल पहले ही जमा था। राशि सुरक्षित है: अलग रखी है, और कार्यालय इसे देखेगा। मदद: { $helpline }
payment-duplicate-sms = K { $k }: बिल पहले ही जमा था, { $amount } और मिले। राशि अलग रखी है, कार्यालय देखेगा। मदद { $helpline } -{ $brand }

pay-several = { $count } के नंबरों के { $amount } यहां भरें: { $url }
pay-several-sms = कुल { $count } K ({ $ends }): { $amount }, { $until } तक भरें: { $url } -{ $brand }
pay-several-part = के नंबर { $k }, { $name }: { $amount }
pay-several-clear = के नंबर { $k }, { $name }: कुछ नहीं देना है
pay-one-part = कुछ हिस्सा एक बार में एक ही के नंबर का भर सकते हैं। किसका भरना है?
pay-instead = पहले वाला लिंक अब नहीं चलेगा।
