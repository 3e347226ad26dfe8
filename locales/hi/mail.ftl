# तथ्य en/mail.ftl में लिखे हैं।
mail-sender = बिजली साथी, { $company }
mail-subject = आपके बिजली कनेक्शन के बारे में
mail-footer = इस ई-मेल का जवाब कोई नहीं पढ़ता। मदद: { $helpline }
mail-privacy = निजता की सूचना
mail-unsubscribe = ये ई-मेल बंद करें

mail-confirm-subject = अपना ई-मेल पता पक्का करें
mail-confirm = यह ई-मेल पता { $company } के बिजली साथी को बिल, रसीद और सूचनाओं के लिए बताया गया है।
mail-confirm-link = इसे पक्का करने के लिए यह पन्ना खोलें और बटन दबाएं: { $url }
mail-confirm-not-you = यह लिंक 7 दिन चलेगा। अगर यह पता आपने नहीं बताया, तो कुछ न करें: कोई बिल या सूचना नहीं आएगी।

mail-receipt-subject = बिजली बिल के { $amount } मिल गए
mail-receipt-why = यह ई-मेल इसलिए आया है कि यह के नंबर आपकी सूची में है, या भुगतान का लिंक आपने मांगा था।

mail-page-title = ई-मेल – { $company }
mail-page-confirm = क्या यह ई-मेल पता पक्का करना है? फिर आपके कनेक्शन के बिल, रसीद और सूचनाएं यहां भी आएंगी।
mail-page-confirm-button = हां, पक्का करें
mail-page-confirmed = ई-मेल पता पक्का हो गया। अब बिल, रसीद और सूचनाएं यहां भी आएंगी।
mail-page-stop = क्या इस पते पर सारे ई-मेल बंद करने हैं? WhatsApp, SMS और Telegram पर संदेश पहले की तरह आते रहेंगे।
mail-page-stop-button = हां, ई-मेल बंद करें
mail-page-stopped = अब इस पते पर कोई ई-मेल नहीं आएगा।
mail-page-again = फिर शुरू करने के लिए चैट में EMAIL और अपना पता लिखें, जैसे: EMAIL naam@example.in
mail-page-unknown = यह लिंक सही नहीं है, या इसका समय निकल चुका है।
mail-page-new = नए लिंक के लिए चैट में EMAIL और अपना पता लिखें, जैसे: EMAIL naam@example.in
