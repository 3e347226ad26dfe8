"""Numbers in words: Hindi in both scripts up to 99, English, and the words that scale them.

Values are in hundredths, as डेढ़ is one and a half: so many paise if the number counts rupees.
"""

from functools import lru_cache

from bot.nlu.romanise import romanise
from bot.nlu.sound import sound_key

_HINDI = """
1 ek एक
2 do दो
3 teen tin तीन
4 char chaar चार
5 paanch panch paach पांच पाँच
6 chhah chhe chhai che छह छः छे
7 saat सात
8 aath ath आठ
9 nau नौ
10 das dus दस
11 gyarah gyara ग्यारह
12 barah bara बारह
13 terah tera तेरह
14 chaudah choda चौदह
15 pandrah pandra पंद्रह पन्द्रह
16 solah sola सोलह
17 satrah satra sattrah सत्रह सतरह
18 atharah athara attharah अठारह अट्ठारह
19 unnis उन्नीस
20 bees bis बीस
21 ikkis इक्कीस
22 bais baais बाईस
23 teis teyis तेईस
24 chaubis चौबीस
25 pachchis pachis पच्चीस
26 chhabbis छब्बीस
27 sattais सत्ताईस
28 atthais अट्ठाईस
29 untis उनतीस
30 tees tis तीस
31 ikattis इकतीस
32 battis बत्तीस
33 taintis तैंतीस
34 chauntis चौंतीस
35 paintis पैंतीस
36 chhattis छत्तीस
37 saintis सैंतीस
38 adtis अड़तीस
39 untalis उनतालीस
40 chalis chalees चालीस
41 iktalis इकतालीस
42 bayalis बयालीस
43 taintalis tetalis तैंतालीस तेतालीस
44 chauvalis chavalis चौवालीस चवालीस
45 paintalis पैंतालीस
46 chhiyalis chhayalis छियालीस छयालीस
47 saintalis सैंतालीस
48 adtalis अड़तालीस
49 unchas उनचास
50 pachas pachaas पचास
51 ikyavan इक्यावन
52 bavan बावन
53 tirpan तिरपन
54 chauvan चौवन
55 pachpan पचपन
56 chhappan छप्पन
57 sattavan सत्तावन
58 atthavan अट्ठावन
59 unsath उनसठ
60 saath साठ
61 iksath इकसठ
62 basath बासठ
63 tirsath तिरसठ
64 chaunsath चौंसठ
65 painsath पैंसठ
66 chhiyasath छियासठ
67 sarsath सड़सठ
68 adsath अड़सठ
69 unhattar उनहत्तर
70 sattar सत्तर
71 ikhattar इकहत्तर
72 bahattar बहत्तर
73 tihattar तिहत्तर
74 chauhattar चौहत्तर
75 pachhattar पचहत्तर
76 chhihattar छिहत्तर
77 satattar सतहत्तर
78 athattar अठहत्तर
79 unasi उन्यासी
80 assi अस्सी
81 ikyasi इक्यासी
82 bayasi बयासी
83 tirasi तिरासी
84 chaurasi चौरासी
85 pachasi पचासी
86 chhiyasi छियासी
87 sattasi सत्तासी
88 atthasi अट्ठासी
89 navasi नवासी
90 nabbe नब्बे
91 ikyanve ikyanbe इक्यानवे इक्यानबे
92 banve baanve bayanve बानवे बयानवे बानबे
93 tiranve tiranbe तिरानवे तिरानबे
94 chauranve chauranbe चौरानवे चौरानबे
95 pachanve panchanve panchanbe pichyanve पचानवे पंचानवे पंचानबे पिच्यानवे
96 chhiyanve chhiyanbe छियानवे छियानबे
97 sattanve sattanbe सत्तानवे सत्तानबे
98 atthanve atthanbe अट्ठानवे अट्ठानबे अठानवे
99 ninyanve ninyanbe निन्यानवे निन्यानबे
"""
_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SHORTEST_KEY = 4  # shorter keys name other words too: sat, so, no


def _read_table() -> dict[str, int]:
    table: dict[str, int] = {}
    for row in _HINDI.strip().splitlines():
        number, *spellings = row.split()
        for spelling in spellings:
            table.setdefault(spelling.replace("ँ", "ं").replace("़", ""), int(number) * 100)
    for place, word in enumerate(_ENGLISH.split(), 1):
        table[word] = place * 100
    for place, word in enumerate(_TENS.split(), 2):
        table[word] = place * 1000
    return table


_NUMBERS = _read_table()
_BY_SOUND = {
    key: value
    for word, value in _NUMBERS.items()
    if word.isascii() and len(key := sound_key(word)) >= _SHORTEST_KEY
}
TENS = frozenset(_NUMBERS[word] for word in _TENS.split())

# Whole and a half, two and a half.
HALVES = {
    **dict.fromkeys(("dedh", "dedhh", "ded", "derh", "dered", "deedh", "डेढ"), 150),
    **dict.fromkeys(("dhai", "dhaai", "adhai", "adai", "dhayi", "ढाई", "अढाई"), 250),
}
# A quarter more, a quarter less, a half more than the number that follows.
SHIFTS = {
    **dict.fromkeys(("sava", "sawa", "savaa", "swa", "सवा"), 25),
    **dict.fromkeys(("paune", "pone", "poune", "pauna", "पौने", "पौन"), -25),
    **dict.fromkeys(("saadhe", "sadhe", "sade", "saade", "sarhe", "saarhe", "साढे"), 50),
}
SCALES = {
    **dict.fromkeys(("sau", "soo", "sou", "saw", "सौ", "hundred", "hundreds", "sainkda"), 100),
    **dict.fromkeys(
        ("hazar", "hazaar", "hajar", "hajaar", "hzar", "hjar", "hajjar", "हजार", "हज़ार", "thousand",
         "thousands", "thousnd"),
        1_000,
    ),
    **dict.fromkeys(
        ("lakh", "lac", "lakhs", "lacs", "laakh", "lack", "lkh", "लाख", "लाक"), 100_000
    ),
    **dict.fromkeys(("crore", "karod", "cr", "karor", "krod", "करोड"), 10_000_000),
}  # fmt: skip


@lru_cache(maxsize=4096)
def number_word(word: str) -> int | None:
    """The value of a number from 1 to 99 in words, in hundredths."""
    exact = _NUMBERS.get(word)
    if exact is not None:
        return exact
    key = sound_key(romanise(word))
    return _BY_SOUND.get(key) if len(key) >= _SHORTEST_KEY else None
