"""What a connection is for: gharelu, dukan ka connection, कृषि, factory ke liye."""

from collections.abc import Sequence

from bot.nlu.found import Found, Ground
from bot.nlu.tokens import Token

# Words that say it by themselves.
_KINDS = {
    word: kind
    for kind, words in {
        "domestic": "domestic residential gharelu gharelo ghareloo gharailu घरेलू घरेलु आवासीय",
        "non_domestic": """commercial comercial nondomestic vyavsayik vyavasayik vyavasaayik
                           vyaparik nds कमर्शियल व्यावसायिक व्यवसायिक व्यापारिक वाणिज्यिक अघरेलू""",
        "agriculture": "agriculture agricultural krishi kheti एग्रीकल्चर कृषि खेती",
        "industrial": "industrial audyogik audhyogik odyogik औद्योगिक इंडस्ट्रियल इंडस्ट्रीयल",
    }.items()
    for word in words.split()
}
# Places that say it only of a connection, as lights go out in houses too.
_PLACES = {
    word: kind
    for kind, words in {
        "domestic": "ghar makan makaan house home flat घर मकान फ्लैट",
        "non_domestic": """dukan dukaan dukhan shop showroom office godown hotel school hospital
                           restaurant दुकान शॉप ऑफिस गोदाम होटल स्कूल अस्पताल""",
        "agriculture": """khet tubewell tubwell borewell borwell kua kuan kuwa kuaan nalkoop
                          खेत ट्यूबवेल बोरवेल कुआं कुएं नलकूप""",
        "industrial": """factory factri karkhana udyog industry mill plant फैक्ट्री फैक्टरी
                         कारखाना कारखाने उद्योग इंडस्ट्री""",
        "other": "other anya अन्य",
    }.items()
    for word in words.split()
}
_CONNECTION = frozenset(
    """
    connection connections conection connecshan conn category catagory shreni tariff tarif rate
    rates dar कनेक्शन कनेक्सन कनैक्शन श्रेणी केटेगरी कैटेगरी टैरिफ रेट दर दरें
    """.split()
)
_NOT = frozenset(("non", "gair", "गैर", "नॉन", "ग़ैर"))
# "Industrial area" is a place, "krishi mandi" an office.
_OF_OTHERS = frozenset(
    """
    area estate park kshetra feeder mandi vibhag department violence gas line
    क्षेत्र फीडर मंडी विभाग एरिया
    """.split()
)
_FOR = frozenset("ka ki ke liye wala wali wale hai h for का की के लिए लिये वाला वाली है".split())
_REACH = 4  # words between a place and its connection


def find_categories(tokens: Sequence[Token], ground: Ground) -> None:
    """Claim the categories of connection that a message names."""
    for place, token in enumerate(tokens):
        kind = _KINDS.get(token.text)
        start = token.start
        if kind is not None:
            if place + 1 < len(tokens) and tokens[place + 1].text in _OF_OTHERS:
                continue
            if kind == "domestic" and place and tokens[place - 1].text in _NOT:
                kind, start = "non_domestic", tokens[place - 1].start
        else:
            kind = _PLACES.get(token.text)
            if kind is None or not (_is_all(tokens, place) or _has_connection(tokens, place)):
                continue
        if ground.is_free(start, token.end):
            ground.claim(Found("tariff_category", kind, start, token.end, replaces=False))


def _is_all(tokens: Sequence[Token], place: int) -> bool:
    """Whether the place is the whole message: an answer to what was asked."""
    return all(at == place or token.text in _FOR for at, token in enumerate(tokens))


def _has_connection(tokens: Sequence[Token], place: int) -> bool:
    """Whether a connection is spoken of close by; an office is also where one asks for it."""
    after = tokens[place + 1 : place + 1 + _REACH]
    if any(token.text in _CONNECTION for token in after):
        return True
    before = tokens[max(0, place - _REACH) : place]
    return (
        bool(after)
        and after[0].text in _FOR
        and after[0].text not in {"hai", "h", "है"}
        and any(token.text in _CONNECTION for token in before)
    )
