"""Danger to life, by its words: it wins over every intent and every threshold.

Words are compared by sound, so one list serves three scripts. The care is for what only sounds like
danger: "current bill", "bill dekh ke shock laga", "aag laga dunga".
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.nlu.features import key_of

SAFETY = "safety_hazard"


def _sounds(words: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in words.split())


_WIRE = _sounds(
    "taar tar taer taare taaron tarr wire wires vire wayer waire cable cabel kable conductor jumper"
)
_LINE = _sounds("line lines lain laain")
_POLE = _sounds(
    "khamba khambha khmba kamba khumbha khambe khambhe khambo khambon pole poles poll "
    "thambo thambho khambu khamb"
)
_BOX = _sounds(
    "transformer tirafarmar transfarmer transformar tranformer trasformer tansformer "
    "tarafarmar transfomer dp deepee meter  "
    "metar miter mitar board bord mcb panel switch plug socket wiring dibba box "
    "pillar gss substation fuse"
)
_TOUCHED = _sounds(
    "fridge cooler kooler motor moter pump gate geyser deewar diwar wall fence jali "
    "ped tree pani paani water tanki nal body  "
    "chhat makan darwaza gaay gay bhains bhais bachcha bachche bachha aadmi child kid "
    "animal cow buffalo dog goat bakri  "
    "haath hath machine almari"
)
_BROKEN = _sounds(
    "toot tut toota tuta tooti tuti toote tute tootgaya tootgya tutgyo tutgaya tutgya "
    "tootkar tutkar tootke gir gira giri gire girgaya  "
    "girgya girgyo gira girkar padgyo padyo fallen fell fall falling snapped snap "
    "broken broke break latak latka latki latke latak  "
    "lataka latakraha hanging hangs jhul jhool jhula jhulta jhulte jhool jhulra "
    "dheela dheele dhila dhile dhili sagging loose  "
    "zameen jameen jamin zamin ground neeche niche"
)
_BARE = _sounds("live khula khule khuli exposed naked nanga nange nangi open")
_LEANING = _sounds(
    "jhuk jhuka jhuki jhukgaya jhukgya tedha teda tedhi tircha leaning lean leans "
    "tilted tilt bent lam hil rusted"
)
_CURRENT = _sounds("current currant karant curent karent currunt karrant karunt curant")
_FLOWS = _sounds(
    "aa aaraha aarha aari aarahi aata aati aaya aarya aave aawe aavey utar utra daud "
    "daudta faila phail fail coming passing flowing flow hai ho mar  "
    "maar marta maarta leak leaking leakage in inside"
)
_STRIKES = _sounds(
    "lag laga lagi lagta lagti lagyo laggaya laggya lagne lg lga lgi lagra jhatka got "
    "gets getting hit"
)
_NOT_CURRENT_OF = _sounds(
    "bill month reading status amount due balance load payment rate date mahine "
    "mahina year address account"
)
_SHOCK = _sounds(
    "shock shok shak jhatka jhatke jatka jhatko electrocuted electrocution electrocute"
)
_SPARK = _sounds(
    "spark sparks sparking sparkng sparkling isparking isparkig sparkig chingari "
    "chingaari chingariyan chingariya chinagari chingariyaan  "
    "chingaria chngari patakhe"
)
_FIRE = _sounds("aag aagg aaag fire flame flames lapte lapten")
_THREAT = _sounds("dunga dungi denge dega lagadunga doonga lage lago lagaunga lagayenge lagwa")
_SMOKE = _sounds("dhua dhuan dhuwa dhuaan dhunvo dhuaa dhuwan dhunwa smoke smoking")
_RISES = _sounds("nikal nikla nikalra uth utha aa aaraha coming rising bahut se")
_BURN = _sounds("jal jl bal sulag")
_NOW = _sounds("raha rahi rahe rha rhi rhe ri ra riyo riya")
_BURNING = _sounds("burning")
_SMELL = _sounds("badbu badboo smell boo bu bas gandh mahak")
_BURNT = _sounds("jalne jalni jale burning burnt")
_DEATH = _sounds("maut mar mari mara margaya margya margyi margayi died dead death mautein")
_BURST = _sounds("blast blasted explode exploded explosion dhamaka fat phat phata fata")
_BILL = _sounds("bill bills bil amount price recharge paise rupaye rs balance units") | {"_amount_"}
_NOT = _sounds("nahi no not na mat koni kona nhi nahin without bina")
_GAME = _sounds("free")
_GIVING = frozenset(("du", "dun", "doon"))  # sounds like smoke: "reading bhej du"

_STRUCTURE = _POLE | _BOX
_NETWORK = _WIRE | _LINE | _STRUCTURE
_TRIGGERS = (
    _WIRE
    | _LINE
    | _POLE
    | _CURRENT
    | _SHOCK
    | _SPARK
    | _FIRE
    | _SMOKE
    | _BURN
    | _BURNING
    | _BURNT
    | _BURST
)


def is_dangerous(words: Sequence[str]) -> bool:
    """Whether Latin words (see `features.words_of`) tell of danger to life."""
    keys = [key_of(word) for word in words if word not in _GIVING]
    said = frozenset(keys)
    if not said & _TRIGGERS:
        return False
    about_bill = bool(said & _BILL) and not said & _NETWORK
    return (
        _broken(said)
        or _current(keys, said)
        or _burning(keys, said)
        or bool(said & _SPARK and not about_bill)
        or bool(said & _SHOCK and not said & _BILL and not said & _NOT)
        or _fire(said, about_bill=about_bill)
    )


def _broken(said: frozenset[str]) -> bool:
    """A wire, line or pole that is down, loose, bare or burst."""
    return bool(
        (said & (_WIRE | _LINE) and said & _BROKEN)
        or (said & _WIRE and said & _BARE)
        or (said & _POLE and said & (_LEANING | _BROKEN))
        or (said & (_STRUCTURE | _WIRE) and said & _BURST)
    )


def _current(keys: Sequence[str], said: frozenset[str]) -> bool:
    """Current where it should not be, or in somebody: not "current bill"."""
    places = [n for n, key in enumerate(keys) if key in _CURRENT]
    real = [n for n in places if n + 1 == len(keys) or keys[n + 1] not in _NOT_CURRENT_OF]
    if not real:
        return False
    if said & _DEATH and said & (_TOUCHED | _NETWORK | _STRIKES):
        return True
    if said & _NOT:
        return False
    if any(keys[n + 1] in _STRIKES for n in real if n + 1 < len(keys)):
        return True
    return bool(said & (_STRUCTURE | _WIRE | _TOUCHED) and said & (_FLOWS | _STRIKES))


def _burning(keys: Sequence[str], said: frozenset[str]) -> bool:
    """Burning or smoking now; what has burnt out is a fault, not a danger."""
    if said & _NOT:
        return False
    if said & _BURNT and said & _SMELL:
        return True
    if not said & (_WIRE | _STRUCTURE):
        return bool(said & _SMOKE and said & _RISES and not said & _BILL)
    if said & (_SMOKE | _BURNING):
        return True
    return any(a in _BURN and b in _NOW for a, b in pairwise(keys))


def _fire(said: frozenset[str], *, about_bill: bool) -> bool:
    return bool(
        said & _FIRE
        and not said & _THREAT
        and not said & _GAME
        and not said & _NOT
        and not about_bill
    )
