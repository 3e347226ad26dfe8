# महीनेवार बिल, भुगतान और यूनिट; तथ्य en/history.ftl में लिखे हैं।
history-title = पिछले बिल:
history-open = { $month }: { $units } यूनिट, { $amount }, अभी बाकी (अंतिम तिथि { $due })
history-part = { $month }: { $units } यूनिट, { $amount }, जिसमें से { $paid } जमा
history-paid = { $month }: { $units } यूनिट, { $amount }, { $date } को जमा
history-carried = { $month }: { $units } यूनिट, { $amount }, अगले बिल में जुड़ा
history-zero = { $month }: { $units } यूनिट, कुछ नहीं देना था
history-credit = { $month }: { $units } यूनिट, आपके { $amount } जमा रहे
history-short = { $month } { $amount } { $state }
history-short-open = बाकी
history-short-part = कुछ जमा
history-short-paid = जमा
history-short-carried = अगले में
history-short-zero = शून्य
history-short-credit = अग्रिम
history-bills-sms = K { $k } के बिल: { $first }; { $second }; { $third }। -{ $brand }

payments-title = पिछले भुगतान:
payments-one = { $date }: { $amount } ({ $mode }), रसीद { $receipt }
payments-short = { $date } { $amount }
history-payments-sms = K { $k } के भुगतान: { $first }; { $second }; { $third }। -{ $brand }

consumption-average = औसतन हर महीने { $average } यूनिट।
consumption-highest = सबसे ज़्यादा { $highest } में: { $most } यूनिट।
consumption-newest = { $month }: { $units } यूनिट।
consumption-before = { $month }: { $units } यूनिट; एक साल पहले { $ago } में { $before }।
consumption-shared = दो महीने का एक बिल दोनों महीनों में दिनों के हिसाब से बांटा गया है।
consumption-sms = K { $k }: { $month } में { $units } यूनिट, औसतन { $average }, सबसे ज़्यादा { $highest } में { $most }। -{ $brand }
