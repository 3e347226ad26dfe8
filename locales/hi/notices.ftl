# तथ्य en/notices.ftl में लिखे हैं।
notices-on = बिजली बंद होने की सूचनाएं चालू हैं: { $what }।
notices-on-sms = बिजली बंद होने की सूचनाएं चालू: { $what }। सब बंद करने के लिए STOP{ $to }। -{ $brand }
notices-several = { $count } कनेक्शन
notices-as-before = पहले की तरह
notices-about = के नंबर { $k }
notices-off-how = सब बंद करने के लिए STOP लिखें।
notices-again = बिजली बंद होने की सूचनाएं फिर चालू हैं।
notices-how = किसी कनेक्शन की सूचनाओं के लिए SUB और उसका के नंबर लिखें।
notices-off = सारी सूचनाएं बंद कर दी गई हैं।
notices-off-replies = आपके संदेशों के उत्तर और भुगतान की रसीदें आती रहेंगी।
notices-off-start = फिर चालू करने के लिए START लिखें।
notices-off-sms = सारी सूचनाएं बंद कर दी गई हैं। उत्तर और रसीदें आती रहेंगी। फिर चालू: START{ $to }। -{ $brand }
notices-which = बात किसकी है?
