"""Words that pick: a place in a list (2, dusra, पहला, last one) and a language (hindi, अंग्रेजी)."""

from collections.abc import Sequence

from bot.nlu.found import Found, Ground
from bot.nlu.number_words import number_word
from bot.nlu.tokens import Token

_PLACES = {
    word: place
    for place, words in {
        1: "first 1st pehla pahla pehle pahle pehli pahli phla phli pelo pahlo पहला पहली पहले पेलो",
        2: """second 2nd dusra doosra dusri doosri dusre doosre dusara dujo
              दूसरा दूसरी दूसरे दुसरा दुसरी दुसरे दूजो""",
        3: "third 3rd teesra tisra teesri tisri teesre tisre तीसरा तीसरी तीसरे तिसरा",
        4: "fourth 4th chautha chotha chauthi chothi chauthe चौथा चौथी चौथे",
        5: "fifth 5th paanchva panchva paanchwa panchwa panchwi पांचवा पांचवां पांचवी पांचवीं",
        6: "sixth chhatha chhatwa chatha chhathi छठा छठी छठवां",
        7: "seventh saatva satva saatwa सातवां सातवा",
        8: "eighth aathva athva aathwa आठवां आठवा",
        9: "ninth nauva nauwa नौवां नौवा",
        10: "tenth dasva daswa दसवां दसवा",
        -1: "last aakhri akhri aakhiri akhiri antim aakhari chhello आखिरी आखरी अंतिम छेल्लो",
    }.items()
    for word in words.split()
}
# After these a word of place says when or how often, not which: "last date", "pehle bhi".
_NOT_PLACES = frozenset(
    """
    date dat tarikh tareekh tarik taarikh tithi month mahina mahine mah time baar bar bhi din day
    days year saal week bill payment pement receipt se hi night name phase reading kab call warning
    chance floor manzil manjil mala company digit digits phase class year
    मंजिल कंपनी तारीख तिथि महीना महीने माह बार भी दिन साल हफ्ते बिल पेमेंट भुगतान रसीद से ही कब रीडिंग फेज मौका
    """.split()
)
_EARLIER = frozenset(
    """
    pehle pahle pehli pahli last aakhri akhri aakhiri akhiri antim पहले पहली आखिरी आखरी अंतिम
    """.split()
)
_OTHERS = frozenset("dusre doosre dusro दूसरे दुसरे".split())  # "dusre ka mobile": another's
_OF = frozenset("ka ki ke ko ne se का की के को ने से".split())
_BEFORE_ALL = frozenset(("pehle", "pahle", "पहले"))  # mostly "earlier" or "first of all"
_ENDINGS = frozenset(("st", "nd", "rd", "th"))
# "ward no 7" is no choice.
_NUMBERED = frozenset(
    """
    ward gali house ghar makan shop dukan plot pole sector flat room page order fir bus train gadi
    gaadi block platform booth street phase section road khamba
    वार्ड गली मकान प्लॉट पोल खंभा फ्लैट सेक्टर बस ट्रेन गाडी रोड
    """.split()
)
_OPTION = frozenset("option choice vikalp ऑप्शन विकल्प".split())
_MARKS = frozenset("no number num nambar sr नंबर नम्बर".split())  # "number do": give it
_WHICH = frozenset(
    """
    wala wali wale vala vali vale one option number no nambar st nd rd th
    वाला वाली वाले नंबर नम्बर ऑप्शन
    """.split()
)
_MOST = 25  # nobody is offered more

_LANGUAGES = {
    word: language
    for language, words in {
        "hi": "hindi hindhi hindee hindii हिंदी हिन्दी हिंदि हिन्दि",
        "en": """english inglish angrezi angreji englis engish eng angrejee
                 अंग्रेजी अंगरेजी अंग्रेजि इंग्लिश इंगलिश""",
        "hi-Latn": "hinglish hinglis roman हिंग्लिश रोमन",
    }.items()
    for word in words.split()
}
_ONE_NAME = 20  # so close together "roman" and "hindi" are one language


def find_language(tokens: Sequence[Token], ground: Ground) -> None:
    """Claim the names of our languages; "roman hindi" is one language."""
    found = [(t, _LANGUAGES[t.text]) for t in tokens if t.text in _LANGUAGES]
    roman = [t for t, tag in found if tag == "hi-Latn"]
    if roman:
        found = [
            (t, tag) for t, tag in found if tag != "hi" or abs(t.start - roman[0].start) > _ONE_NAME
        ]
    for token, tag in found:
        ground.claim(Found("language", tag, token.start, token.end, replaces=False))


def find_ordinals(tokens: Sequence[Token], ground: Ground) -> None:
    """Claim places in a list: words anywhere, a number alone or beside a word that marks it."""
    if len(tokens) == 1:
        _claim_lone(tokens[0], ground)
        return
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        before = tokens[place - 1] if place else None
        value = _PLACES.get(token.text)
        if value is None:
            if _is_numbered(tokens, place, after):
                continue
            behind = tokens[place + 2].text if place + 2 < len(tokens) else ""
            value = _marked_number(token, before, after, behind)
        elif not _is_place(token.text, after):
            continue
        if value is None or not ground.is_free(token.start, token.end):
            continue
        ground.claim(Found("ordinal", value, token.start, token.end, replaces=False))


def _is_place(word: str, after: Token | None) -> bool:
    """Whether a word of place picks: "dusra bill" does, "last bill" and "pehle bharo" do not."""
    if word in _OTHERS and after is not None and after.text in _OF:
        return False
    if word in _BEFORE_ALL:
        return after is not None and after.text in _WHICH
    if word in _EARLIER and after is not None and after.text.isdecimal():
        return False  # "last 6 months": how many, not which
    return (
        after is None
        or after.text not in _NOT_PLACES
        or (word not in _EARLIER and after.text in ("bill", "बिल", "payment"))
    )


def _is_numbered(tokens: Sequence[Token], place: int, after: Token | None) -> bool:
    """Whether a number belongs to a thing (ward no 7) or to what follows it (2nd floor)."""
    if after is not None and after.text in _ENDINGS:
        return place + 2 < len(tokens) and tokens[place + 2].text not in _WHICH
    return place > 1 and tokens[place - 2].text in _NUMBERED


def _claim_lone(token: Token, ground: Ground) -> None:
    value = _PLACES.get(token.text) or _small_number(token.text)
    if value is not None and ground.is_free(token.start, token.end):
        ground.claim(Found("ordinal", value, token.start, token.end, replaces=True))


def _marked_number(
    token: Token, before: Token | None, after: Token | None, behind: str
) -> int | None:
    if before is not None and before.text in _OPTION:
        return _small_number(token.text)
    if not token.text.isdecimal() and not (after is not None and after.text in _WHICH):
        return None
    if after is not None and after.text in _MARKS and behind:
        return _small_number(token.text) if behind in _WHICH else None  # "do number hain"
    if (after is not None and after.text in _WHICH) or (
        before is not None and before.text in _MARKS
    ):
        return _small_number(token.text)
    return None


def _small_number(word: str) -> int | None:
    if word.isdecimal():
        value = int(word) if len(word) <= 2 else 0
    else:
        value = (number_word(word) or 0) // 100
    return value if 1 <= value <= _MOST else None
