"""Whether a day that is named lies behind or ahead: "kal bhara tha", "kal bhar dunga"."""

import re
from collections.abc import Sequence

from bot.nlu.tokens import Token

_PAST = frozenset(
    "tha thi the kiya kia kiye gaya gya gayi gyi gai gaye gye kata kate kati hua hui "
    "hue diya diye di bhara bhare bhari "
    "aaya aya aayi aaye karaya karvaya karwaya bheja bheji chuka chuki chuke li liya "
    "karaye karwaye karvaye karae dala daala dali mila mili mile toota tuta tooti gira giri jala "
    "jali likha bola kaha paid did was had made done went gone "
    "se raat bharyo katyo katgyo gyo gayo karyo "
    "था थी थे किया किये किए गया गयी गई गए गये कटा कटे कटी हुआ हुई हुए दिया दिये दिए "
    "दी भरा भरे भरी आया आयी आई आए करवाया कराया "
    "कराये कराए करवाए डाला मिला मिली मिले टूटा टूटी गिरा गिरी जला जली लिखा बोला कहा "
    "भेजा भेजी चुका चुकी चुके ली लिया से".split()
)
_SINCE = frozenset(("se", "से"))
_UNTIL = frozenset(("tak", "तक"))  # ahead, unless something was so until then
_WAS = frozenset("tha thi the था थी थे".split())
_BEFORE = frozenset("pehle pahle phle pehla phele पहले पूर्व".split())  # "kal se pehle" is ahead
_FUTURE = re.compile(
    r"[a-z]*(?:ung[aio]|eng[aei]|[a-z]{2}eg[aie]|hog[aie]|oge|dung[aio]|lung[aio])|dega|degi|dege|will|shall|"
    r"going|bharna|denge|lenge|[ऀ-ॣ]*(?:ूंगा|ूंगी|ऊंगा|ऊंगी|ेंगे|एंगे|ेंगी|एंगी|ेगा|ेगी|एगा|एगी|ोगे|ोगी|होगा)"
)


def is_past(tokens: Sequence[Token], place: int) -> bool:
    """Whether the verb that goes with the day at `place` is in the past.

    The first verb after the day decides, else the last before it; without one it is ahead.
    """
    if place + 1 < len(tokens) and tokens[place + 1].text in _UNTIL:
        return any(token.text in _WAS for token in tokens[place + 2 :])
    for at in range(place + 1, len(tokens)):
        tense = _tense(tokens, at)
        if tense is not None:
            return tense
    for at in range(place - 1, -1, -1):
        tense = _tense(tokens, at)
        if tense is not None:
            return tense
    return False


def _tense(tokens: Sequence[Token], at: int) -> bool | None:
    """True for a word of the past, False for one of the future."""
    word = tokens[at].text
    if word in _PAST:
        since = word in _SINCE
        if since and at + 1 < len(tokens) and tokens[at + 1].text in _BEFORE:
            return None
        return True
    return False if _FUTURE.fullmatch(word) else None
