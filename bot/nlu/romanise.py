"""Devanagari in the letters people type it with: बिजली कितनी -> bijli kitni."""

from functools import lru_cache

_CONSONANTS = {
    "क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n",
    "च": "ch", "छ": "chh", "ज": "j", "झ": "jh", "ञ": "n",
    "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n",
    "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n",
    "प": "p", "फ": "f", "ब": "b", "भ": "bh", "म": "m",
    "य": "y", "र": "r", "ल": "l", "ळ": "l", "व": "v",
    "श": "sh", "ष": "sh", "स": "s", "ह": "h",
}  # fmt: skip
_VOWELS = {
    "अ": "a", "आ": "aa", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri",
    "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au", "ऑ": "o", "ऍ": "e", "ऎ": "e", "ऒ": "o",
}  # fmt: skip
_SIGNS = {
    "ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri",
    "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ॉ": "o", "ॅ": "e", "ॆ": "e", "ॊ": "o",
}  # fmt: skip
_VIRAMA = "्"
_ANUSVARA = "ं"
_LABIAL = frozenset("पफबभम")

# English heard in Hindi: its spelling is a matter of custom, not of rules.
_ENGLISH = {
    "बिल": "bill", "बील": "bill", "बिल्स": "bills", "लाइट": "light", "लाईट": "light",
    "लाइठ": "light",
    "मीटर": "meter", "मिटर": "meter", "पेमेंट": "payment", "पेमेन्ट": "payment", "पैमेंट": "payment",
    "ऑनलाइन": "online", "ऑनलाईन": "online", "आनलाइन": "online", "लिंक": "link", "टाइम": "time",
    "टाईम": "time", "डेट": "date", "ड्यू": "due", "लास्ट": "last", "पे": "pay", "नंबर": "number",
    "नम्बर": "number", "कनेक्शन": "connection", "कनेक्सन": "connection", "कनैक्शन": "connection",
    "यूनिट": "unit", "युनिट": "unit", "चार्ज": "charge", "चार्जेस": "charges", "चार्जेज": "charges",
    "फिक्स": "fixed", "फिक्स्ड": "fixed", "सरचार्ज": "surcharge", "फ्यूल": "fuel", "ड्यूटी": "duty",
    "टैक्स": "tax", "सेस": "cess", "रेट": "rate", "लोड": "load", "लेट": "late", "फीस": "fees",
    "फी": "fee", "पेनल्टी": "penalty", "अमाउंट": "amount", "टोटल": "total", "स्टेटस": "status",
    "रिसीट": "receipt", "रसिप्ट": "receipt", "रिसिप्ट": "receipt", "पीडीएफ": "pdf", "प्रूफ": "proof",
    "प्रिंट": "print", "डाउनलोड": "download", "मैसेज": "message", "मेसेज": "message", "ऐप": "app",
    "एप": "app", "वेबसाइट": "website", "मोबाइल": "mobile", "फोन": "phone", "फोनपे": "phonepe",
    "पेटीएम": "paytm", "गूगल": "google", "जीपे": "gpay", "यूपीआई": "upi", "यूपीआइ": "upi",
    "कार्ड": "card", "डेबिट": "debit", "क्रेडिट": "credit", "बैंक": "bank", "अकाउंट": "account",
    "खाता": "khata", "कैश": "cash", "काउंटर": "counter", "इंस्टॉलमेंट": "instalment",
    "ईएमआई": "emi", "पार्ट": "part", "हाफ": "half", "फुल": "full", "डिटेल": "detail",
    "डिटेल्स": "details", "ट्रांजेक्शन": "transaction", "ट्रांजैक्शन": "transaction", "फेल": "fail",
    "फेल्ड": "failed", "पेंडिंग": "pending", "सक्सेस": "success", "कन्फर्म": "confirm",
    "कंफर्म": "confirm", "अपडेट": "update", "चेक": "check", "हेल्प": "help", "मेनू": "menu",
    "मेन्यू": "menu", "ऑप्शन": "option", "हेलो": "hello", "हैलो": "hello", "हाय": "hi", "थैंक": "thank",
    "थैंक्स": "thanks", "थैंक्यू": "thankyou", "सॉरी": "sorry", "प्लीज": "please", "ओके": "ok",
    "यस": "yes", "नो": "no", "बाय": "bye", "गुड": "good", "मॉर्निंग": "morning", "नाइट": "night",
    "सर": "sir", "मैडम": "madam", "मैम": "maam", "कैंसिल": "cancel", "कैंसल": "cancel", "बैक": "back",
    "स्टॉप": "stop", "लैंग्वेज": "language", "चेंज": "change", "करंट": "current", "करेंट": "current",
    "शॉक": "shock", "स्पार्क": "spark", "स्पार्किंग": "sparking", "शॉर्ट": "short", "सर्किट": "circuit",
    "वायर": "wire", "केबल": "cable", "लाइन": "line", "पोल": "pole", "ट्रांसफार्मर": "transformer",
    "ट्रांसफॉर्मर": "transformer", "ट्रांसफारमर": "transformer", "ट्रासफार्मर": "transformer",
    "टिराफारमर": "transformer", "टरांसफारमर": "transformer", "डीपी": "dp", "फ्यूज": "fuse",
    "सप्लाई": "supply", "वोल्टेज": "voltage", "स्मार्ट": "smart", "रीडिंग": "reading",
    "रिडिंग": "reading", "ऑफिस": "office", "रिचार्ज": "recharge", "बैलेंस": "balance",
    "कंप्लेंट": "complaint", "कम्प्लेंट": "complaint", "कस्टमर": "customer", "केयर": "care",
    "के": "ke", "एप्लीकेशन": "application", "डिस्काउंट": "discount", "सब्सिडी": "subsidy",
    "सबसिडी": "subsidy", "फ्री": "free", "इंग्लिश": "english", "इंगलिश": "english", "क्यूआर": "qr",
    "कोड": "code", "स्क्रीनशॉट": "screenshot", "ई": "e", "मित्र": "mitra", "ईमित्र": "emitra",
    "व्हाट्सएप": "whatsapp", "व्हाट्सऐप": "whatsapp", "एसएमएस": "sms", "यूटीआर": "utr",
    "रिटर्न": "return", "रिफंड": "refund", "बॉस": "boss", "ब्रो": "bro", "रोबोट": "robot",
    "अलर्ट": "alert", "नोटिफिकेशन": "notification", "कंप्लेन": "complain", "कम्प्लेन": "complain",
    "कंपलेंट": "complaint", "एजेंट": "agent", "मैनेजर": "manager", "ऑफिसर": "officer",
    "अफसर": "afsar", "डिलीट": "delete", "डीलीट": "delete", "सेव": "save", "ऐड": "add", "एड": "add",
    "लिस्ट": "list", "हिस्ट्री": "history", "रजिस्टर": "register", "रजिस्टर्ड": "registered",
    "एड्रेस": "address", "ईमेल": "email", "मेल": "mail", "आईडी": "id", "डाटा": "data",
    "डेटा": "data", "पावर": "power", "शटडाउन": "shutdown", "मेंटेनेंस": "maintenance",
    "ट्यूबवेल": "tubewell", "फॉर्म": "form", "फार्म": "form", "डुप्लीकेट": "duplicate",
    "डुप्लिकेट": "duplicate", "सॉफ्ट": "soft", "कॉपी": "copy", "कापी": "copy", "ग्राफ": "graph",
    "सबस्क्राइब": "subscribe", "कॉल": "call", "स्टाफ": "staff", "मशीन": "machine", "सिम": "sim",
    "स्किप": "skip", "प्लॉट": "plot", "फैक्ट्री": "factory", "कमर्शियल": "commercial",
    "डॉक्यूमेंट": "document", "फीडर": "feeder", "रिकॉर्ड": "record", "पेपर": "paper",
    "फोटो": "photo", "सबमिट": "submit", "नोट": "note", "रीडर": "reader", "बॉट": "bot",
    "चैट": "chat", "सिक्योरिटी": "security", "डबल": "double", "एक्स्ट्रा": "extra", "फेज": "phase",
    "नेट": "net", "वाईफाई": "wifi", "अप्लाई": "apply", "रिपोर्ट": "report", "लाइनमैन": "lineman",
    "जेईएन": "jen", "एईएन": "aen", "सिस्टम": "system", "मार्केट": "market", "इंजीनियर": "engineer",
}  # fmt: skip


@lru_cache(maxsize=8192)
def romanise(word: str) -> str:
    """A Devanagari word (normalised, without nukta) in Latin letters.

    Any other word as it is, unless it is English written as Hindi hears it: daunlod, rifand.
    """
    english = _ENGLISH.get(word)
    if english is not None:
        return english
    if not ("ऀ" <= word[:1] <= "ॿ"):
        return _HEARD.get(word, word)
    return _without_schwas(_syllables(word)) or word  # a vowel sign alone has no sound


def _syllables(word: str) -> list[tuple[str, str, bool]]:
    """(onset, vowel, whether the vowel is the unwritten a) for each written syllable."""
    parts: list[tuple[str, str, bool]] = []
    for place, sign in enumerate(word):
        if sign in _CONSONANTS:
            parts.append((_CONSONANTS[sign], "a", True))
        elif sign in _SIGNS and parts:
            onset = parts[-1][0]
            parts[-1] = (onset, _SIGNS[sign], False)
        elif sign == _VIRAMA and parts:
            parts[-1] = (parts[-1][0], "", False)
        elif sign in _VOWELS:
            # गए is typed gaye, गई gayi: a glide is heard between two vowels
            glide = "y" if parts and parts[-1][1] and sign in "एई" else ""
            parts.append((glide, _VOWELS[sign], False))
        elif sign == _ANUSVARA and parts:
            follows = word[place + 1 : place + 2]
            nasal = "m" if follows and follows in _LABIAL else "n"
            onset, vowel, _ = parts[-1]
            parts[-1] = (onset, vowel + nasal, False)
    return parts


def _without_schwas(parts: list[tuple[str, str, bool]]) -> str:
    """The word as spoken: no unwritten a at its end, nor between two syllables that carry it."""
    last = len(parts) - 1
    written: list[str] = []
    silent_before = False
    for place, (onset, vowel, unwritten) in enumerate(parts):
        silent = (
            unwritten
            and place > 0
            and (
                place == last
                # V-C-a-C-V: bijalii is said bijlii; never two in a row
                or (
                    not silent_before
                    and parts[place - 1][1] != ""
                    and place + 1 <= last
                    and parts[place + 1][1] != ""
                    and not (place + 1 == last and parts[place + 1][2])
                )
            )
        )
        written.append(onset if silent else onset + vowel)
        silent_before = silent
    return "".join(written)


_LONG_ENOUGH = 4  # shorter sounds are Hindi words as well: पे, के, लेट
_WORDS_OF_THEIR_OWN = frozenset(("deta", "farm"))  # "nahi deta" is not data
_HEARD = {
    sound: english
    for sound, english in ((_without_schwas(_syllables(w)), e) for w, e in _ENGLISH.items())
    if len(sound) >= _LONG_ENOUGH and sound not in _WORDS_OF_THEIR_OWN
}
