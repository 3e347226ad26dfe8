"""Whatever is told, an SMS is its template with the variables filled."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.message import TAGS
from models.money import Money
from models.words import Masked, Month, Name, Say, Word
from voice.templates import Template, templates
from voice.voice import Company, Voice
from voice.worst import worst

VOICE = Voice(Company("AVVNL", Name("Ajmer Discom", "अजमेर डिस्कॉम"), "1912", "92205 12345"))
EVERY = [made for tag in TAGS for made in templates(VOICE, tag)]
LETTERS = "ABCdefRaKuरमकुिा् "


def like(word: Word) -> st.SearchStrategy[Word]:
    """Other values of the same kind, none longer than the worst."""
    match word:
        case Money():
            return st.integers(0, word.paise).map(Money)
        case date():
            return st.dates(date(2026, 1, 1), date(2027, 12, 31))
        case Month():
            return st.builds(Month, st.integers(2026, 2027), st.integers(1, 12))
        case Masked():
            names = st.text(LETTERS, min_size=1, max_size=30).filter(str.strip)
            return st.builds(Masked, names, names)
        case int():
            return st.integers(0, word)
        case str() if word.isdigit():
            return st.from_regex(rf"[0-9]{{{len(word)}}}", fullmatch=True)
        case Say():
            facts = {name: like(it) for name, it in word.facts.items()}
            return st.fixed_dictionaries(facts).map(lambda told: Say(word.name, told))
    return st.just(word)


def told(made: Template) -> Iterator[tuple[str, st.SearchStrategy[Word]]]:
    """Every fact of a sentence with the values it may have."""
    for variable in made.variables:
        candidates = worst(made.name, variable.fact, VOICE.sentences(made.tag))
        yield variable.fact, st.one_of([like(it) for it in candidates])


@pytest.mark.parametrize("made", EVERY, ids=[f"{it.tag}-{it.name}" for it in EVERY])
@settings(max_examples=10)
@given(data=st.data())
def test_an_sms_is_its_template_filled(made: Template, data: st.DataObject) -> None:
    facts = data.draw(st.fixed_dictionaries(dict(told(made))))

    said = VOICE.say(Say(made.name, facts), made.tag, sms=True)

    assert made.holds(said)
