"""Danger to life is never missed, and seldom imagined."""

from datetime import datetime

import pytest

from bot.nlu.understand import Understander

DANGER = """
taar toot gaya hai road pe
bijli ka taar gir gya h
wire snapped near my house
a live wire is on the street
khambe mein current aa raha h
khamba jhuk gaya hai girne wala hai
pole tilted after the storm
mere bete ko current lag gaya
cow died of current near the transformer
transformer se chingari nikal rahi hai
sparks flying from the transformer
meter me aag lag gayi
meter box is on fire
ghar ke bahar taar latak raha hai bahut neeche
switch chhune se jhatka lag raha hai
board se dhua aa raha hai
smoke from the electric pole
transformer jal raha hai
burning smell near meter
तार टूट गया
बिजली का तार ज़मीन पर पड़ा है
खंभे में करंट उतर रहा है
खंभा झुक गया है
बच्चे को करंट लग गया
ट्रांसफार्मर में आग
मीटर से धुआं उठ रहा है
डीपी में चिंगारी
तार लटक रहे हैं
मीटर जल रहा है
गाय करंट से मर गई
CURRENT AA RAHA HAI KHAMBE ME
tar tut ke gir gya jaldi aao
thambo padgyo
karant lagyo bhains ne
sparking
aag
bijli ke pole me blast hua
nange taar latke hai
taar gir gaya aur mera bill bhi galat hai
light nahi hai aur khambe se taar toot kar gira pada hai
no power and there are sparks at the pole
bijli gul hai aur meter se dhua nikal raha
shikayat karni hai taar latak raha hai
complaint karni hai khambe me current aa raha hai
talk to officer wire is sparking
reading 4521 hai aur meter se chingari nikal rahi hai
pole se chipak gaya ladka
a cow is stuck to the electric pole and shaking
handpump me current utar raha hai
बच्चा करंट से चिपक गया
naya connection lena tha par yahan taar jal raha hai
high tension wire is touching the tree
"""
HARMLESS = """
bill dekh ke shock laga
bill dekhkar jhatka lag gaya
current bill kitna hai
current bill dikhao
my current month bill
show current status of payment
aag laga dunga tumhare office ko
बिल देखकर झटका लगा
करंट बिल कितना है
wire transfer se payment kiya
line me lagna padta hai bill bharne ke liye
free fire recharge
light nahi aa rahi
meter me current nahi aa raha
transformer jal gaya tha kab badloge
mera bill kitna hai
meter band hai
bijli gul hai
paise kat gaye
current account se payment kiya
meter ki photo bhej du kya
meter reading bhej dun
मीटर की रीडिंग दे दूं क्या
ghar me current nahi aa raha
khet ki motor me current nahi aa raha
transformer ke paas wale ghar ki light nahi hai
light gayi hui hai kya line me fault hai
meter me 4521 aa raha hai
line kaat di bill bharne ke baad bhi
bhaiya pole number bata du kya
"""


@pytest.mark.parametrize("text", DANGER.strip().splitlines())
def test_danger_wins(understander: Understander, now: datetime, text: str) -> None:
    result = understander.understand(text, now)

    assert result.intent == "safety_hazard"
    assert result.ranking[0][0] == "safety_hazard"
    assert result.confidence >= understander.answer_at


@pytest.mark.parametrize("text", HARMLESS.strip().splitlines())
def test_what_only_sounds_like_danger_is_none(
    understander: Understander, now: datetime, text: str
) -> None:
    assert understander.understand(text, now).intent != "safety_hazard"
