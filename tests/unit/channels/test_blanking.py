"""What is a secret in a message, and what only looks like one."""

import pytest

from channels.blanking import Blanked, blank_message

SECRETS = [
    ("4111 1111 1111 1111", "••••"),
    ("my card 4111111111111111 exp 12/28", "my card •••• exp 12/28"),
    ("card 4111-1111-1111-1111 se pay karo", "card •••• se pay karo"),
    ("amex 3782 822463 10005", "amex ••••"),
    ("मेरा कार्ड ४१११ ११११ ११११ ११११ है", "मेरा कार्ड •••• है"),
    ("cvv 123", "cvv ••••"),
    ("CVV: 123 hai", "CVV: •••• hai"),
    ("my pin is 4521", "my pin is ••••"),
    ("cvv" + " " * 40 + "123", "cvv" + " " * 40 + "••••"),
    ("मेरा पिन ४५२१ है", "मेरा पिन •••• है"),
    ("mera atm pin 4521 hai", "mera atm pin •••• hai"),
    ("upi pin 302145", "upi pin ••••"),
    ("MPIN-1234", "MPIN-••••"),
    ("4521 mera pin hai", "•••• mera pin hai"),
    ("OTP 123456", "OTP ••••"),
    ("otp hai 4821", "otp hai ••••"),
    ("ओटीपी 482190", "ओटीपी ••••"),
    ("ओटीपी है ४८२१९०", "ओटीपी है ••••"),
    ("Your OTP for transaction of Rs 500 is 123456", "Your OTP for transaction of Rs 500 is ••••"),
    ("482190 is your OTP", "•••• is your OTP"),
    ("O.T.P. 123-456", "O.T.P. ••••"),
    ("verification code: 99123", "verification code: ••••"),
    ("my password is 12345678", "my password is ••••"),
    ("aadhaar 2345 6789 0123", "aadhaar ••••"),
    ("Aadhar number 234567890123", "Aadhar number ••••"),
    ("मेरा आधार नंबर २३४५ ६७८९ ०१२३ है", "मेरा आधार नंबर •••• है"),
    ("adhar card no. 234567890123", "adhar card no. ••••"),
    ("2345 6789 0123 mera aadhaar", "•••• mera aadhaar"),
    ("otp 1234 k 901010000123", "otp •••• k 901010000123"),
    ("card 4111111111111111 cvv 123 otp 4455", "card •••• cvv •••• otp ••••"),
]
HARMLESS = [
    "901010000123",
    "9010 1000 0123",
    "९०१० १००० ०१२३",
    "bill 901010000123",
    "901010000123 901010000124",
    "READ 901010000123 4521",
    "READ 4111 1111 1111 1111",
    "+919829012345",
    "call me on 98290 12345",
    "UTR 412345678901",
    "utr 4111111111111111",
    "RRN: 4111111111111111",
    "PAY 901010000123 500",
    "Rs. 1,23,456 jama kiya",
    "₹4521",
    "pincode 305001",
    "pin code 305001",
    "पिनकोड 305001",
    "पिन कोड 305001",
    "pin 305001",
    "पिन ३०५००१",
    "305001 is my pin",
    "OTP nahi aaya, bill Rs 4521",
    "bill 4521 otp nahi aaya",
    "aadhaar se juda k number 901010000123",
    "इस आधार पर बिल 901010000123 गलत है",
    "4111 1111 1111 1112",
    "spin 1234",
    "123456",
    "opinion 1234",
    "no digits at all",
    "",
]


@pytest.mark.parametrize(("text", "blanked"), SECRETS)
def test_a_secret_is_blanked(text: str, blanked: str) -> None:
    found = blank_message(text)

    assert (found.text, found.blanked) == (blanked, True)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    assert blank_message(text) == Blanked(text)


def test_a_long_hostile_text_takes_no_time() -> None:
    cards = "4111 1111 1111 1112 " * 20_000
    found = blank_message(cards + "otp " * 20_000 + "pin" + " " * 100_000 + "9" * 100_000)

    assert not found.blanked
    assert found.text.endswith("9")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("my otp is 482913", "482913"),
        ("OTP ४८२ ९१३", "482913"),
        ("482-913 is your otp", "482913"),
        ("otp 4829", "4829"),
        ("pin 482913", ""),
        ("otp 482913 cvv 123", ""),
        ("otp 482913, otp 482914", ""),
        ("card 4111111111111111", ""),
        ("482913", ""),
    ],
)
def test_only_a_code_that_stands_alone_is_handed_on(text: str, digits: str) -> None:
    assert blank_message(text).secret == digits


def test_the_digits_of_a_code_are_in_no_log() -> None:
    assert "482913" not in repr(blank_message("otp 482913"))
