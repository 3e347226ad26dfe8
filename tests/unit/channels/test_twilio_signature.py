"""Twilio's signatures: its own vectors and ours, all checked with its SDK as well."""

from dataclasses import dataclass
from hashlib import sha256

import pytest
from multidict import CIMultiDict
from twilio.request_validator import RequestValidator

from channels.twilio_signature import SETTINGS, SIGNATURE, is_signed, signature

TOKEN = "12345"
SHOP = "https://mycompany.com/myapp.php?foo=1&bar=2"
HOOK = "https://bot.example.in/hooks/twilio"


@dataclass(frozen=True)
class Vector:
    """What was called, and how it was signed."""

    url: str
    fields: tuple[tuple[str, str], ...]
    sha1: str
    sha256: str = ""


CALL = (
    ("CallSid", "CA1234567890ABCDE"),
    ("Digits", "1234"),
    ("From", "+14158675309"),
    ("To", "+18005551212"),
    ("Caller", "+14158675309"),
)
INBOUND = (
    ("SmsMessageSid", "SM11111111111111111111111111111111"),
    ("NumMedia", "0"),
    ("ProfileName", "आशा"),
    ("MessageType", "text"),
    ("SmsSid", "SM11111111111111111111111111111111"),
    ("WaId", "919812345678"),
    ("SmsStatus", "received"),
    ("Body", "बिल ₹"),
    ("To", "whatsapp:+14155238886"),
    ("NumSegments", "1"),
    ("ReferralNumMedia", "0"),
    ("MessageSid", "SM11111111111111111111111111111111"),
    ("AccountSid", "AC00000000000000000000000000000000"),
    ("From", "whatsapp:+919812345678"),
    ("ApiVersion", "2010-04-01"),
)
STATUS = (
    ("SmsSid", "SM22222222222222222222222222222222"),
    ("SmsStatus", "undelivered"),
    ("MessageStatus", "undelivered"),
    ("To", "whatsapp:+919812345678"),
    ("MessageSid", "SM22222222222222222222222222222222"),
    ("AccountSid", "AC00000000000000000000000000000000"),
    ("From", "whatsapp:+14155238886"),
    ("ErrorCode", "63016"),
    ("ApiVersion", "2010-04-01"),
    ("ChannelPrefix", "whatsapp"),
)
TWICE = (
    ("Sid", "CA123"),
    ("SidAccount", "AC123"),
    ("Digits", "5678"),
    ("Digits", "1234"),
    ("Digits", "1234"),
)
BLANK = (("Body", ""), ("MessageSid", "SM33333333333333333333333333333333"))
JSON = '{"property": "value", "boolean": true}'
VECTORS = {
    "T1": Vector(
        SHOP,
        CALL,
        "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "033hgUJA9M/hXIZsYjwkerEP/DBm35nEri5FhCYjA5s=",
    ),
    "T2, values given twice": Vector(
        SHOP,
        TWICE,
        "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        "jco7II1lvHpqANwxYMpqhOGVonnkKyDh1cL2ZUBvMDs=",
    ),
    "T3, Hindi and the rupee sign": Vector(
        f"{HOOK}/whatsapp",
        INBOUND,
        "rY/nSbTYdX4ja9qQIAoJKhCz17I=",
        "Ixs6QE1zSCdseHluUavkXyRxGRGepFq9ckXlYQBQA2M=",
    ),
    "T4, a status with a query": Vector(
        f"{HOOK}/status?msg=42",
        STATUS,
        "PvM++gHM7eu+lg4G/H9IR9t1RGM=",
        "3KRUMd67GM13qhyzCK9vNekq7PEnXBCMCQRu2pkcOo4=",
    ),
    "T5, a blank value": Vector(
        f"{HOOK}/whatsapp",
        BLANK,
        "JfZk8DKaFpKlZ0KMCUpZh7TYTy8=",
        "35UFXVyl/GYe7i/1TTRDgVS013bbUUXKD4hSI7CguQA=",
    ),
    "T6, a JSON body": Vector(
        f"{SHOP}&bodySHA256={sha256(JSON.encode()).hexdigest()}",
        (),
        "a9nBmqA0ju/hNViExpshrM61xv4=",
    ),
}


def headers(given: str, algorithm: str = "") -> CIMultiDict[str]:
    made = CIMultiDict({SIGNATURE: given})
    if algorithm:
        made[SETTINGS] = f"key=webhooks_sharedkey_1,algorithm={algorithm}"
    return made


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_a_vector_is_signed(vector: Vector) -> None:
    assert is_signed([TOKEN], vector.url, vector.fields, headers(vector.sha1))
    assert signature(TOKEN, vector.url, vector.fields).decode() == vector.sha1


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_the_sdk_agrees(vector: Vector) -> None:
    form = JSON if not vector.fields else _Form(vector.fields)

    assert RequestValidator(TOKEN).validate(vector.url, form, vector.sha1)


@pytest.mark.parametrize("vector", [it for it in VECTORS.values() if it.sha256])
def test_a_shared_key_signs_with_sha256(vector: Vector) -> None:
    assert is_signed([TOKEN], vector.url, vector.fields, headers(vector.sha256, "HMAC_SHA256"))
    assert not is_signed([TOKEN], vector.url, vector.fields, headers(vector.sha256))
    assert not is_signed([TOKEN], vector.url, vector.fields, headers(vector.sha1, "HMAC_MD5"))


@pytest.mark.parametrize(
    ("url", "given"),
    [
        (SHOP, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        (SHOP.replace("https", "http"), "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        (SHOP.replace(".com", ".com:8443"), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_the_port_may_be_signed_or_not(url: str, given: str) -> None:
    assert is_signed([TOKEN], url, CALL, headers(given))


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_anything_altered_is_not_signed(vector: Vector) -> None:
    given = headers(vector.sha1)

    assert not is_signed([TOKEN], vector.url + "&x=1", vector.fields, given)
    assert not is_signed([TOKEN], vector.url.replace("https", "http"), vector.fields, given)
    assert not is_signed([TOKEN], vector.url, (*vector.fields, ("A", "b")), given)
    assert not is_signed(["54321"], vector.url, vector.fields, given)
    assert not is_signed([], vector.url, vector.fields, given)
    assert not is_signed([TOKEN], vector.url, vector.fields, headers(vector.sha1[:-2] + "é"))
    assert not is_signed([TOKEN], vector.url, vector.fields, headers(""))


def test_an_old_token_holds_while_it_is_being_replaced() -> None:
    assert is_signed(["new", TOKEN], SHOP, CALL, headers(VECTORS["T1"].sha1))


class _Form(dict[str, str]):
    """A form as the SDK likes it."""

    def __init__(self, fields: tuple[tuple[str, str], ...]) -> None:
        super().__init__(fields)
        self._fields = fields

    def getall(self, name: str) -> list[str]:
        return [value for key, value in self._fields if key == name]
