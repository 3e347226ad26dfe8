"""Names behind stars."""

import pytest

from voice.masking import graphemes, masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ramesh Kumar", "R***** K****"),
        ("RAMESH KUMAR SHARMA", "R***** K****"),
        ("Krishnamurthy", "K*****"),
        ("  Sita   Devi ", "S*** D***"),
        ("A B", "A B"),
        ("रमेश कुमार", "र** कु**"),
        ("श्याम लाल", "श्या* ला*"),
        ("लक्ष्मी", "ल*"),
        ("कृष्णगोपालसिंहराठौड़", "कृ*****"),
        ("", ""),
    ],
)
def test_first_letters_and_stars(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_vowel_signs_and_joined_consonants_belong_to_their_letter() -> None:
    assert graphemes("कुमार") == ["कु", "मा", "र"]
    assert graphemes("क्षत्रिय") == ["क्ष", "त्रि", "य"]
    assert graphemes("राठौड़") == ["रा", "ठौ", "ड़"]
