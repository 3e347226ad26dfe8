"""Messages as people write them, none of them trained on, and what we take them for."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.nlu.evaluate import UnusableTable, evaluate
from bot.nlu.examples import read_examples
from bot.nlu.train import fit, train
from bot.nlu.understand import ModelMissing, ModelStale, Understander, as_json, load

UNSEEN_FLOOR = 0.90  # measured 0.916 on 862 messages of sixty wishes
UNSEEN = Path(__file__).parent / "unseen.tsv"

PAIRS = """
mera bill kitna hai|मेरा बिल कितना है
bill ki last date kya hai|बिल की लास्ट डेट क्या है
payment link bhejo|पेमेंट लिंक भेजो
paise kat gaye bill jama nahi hua|पैसे कट गए बिल जमा नहीं हुआ
rasid chahiye|रसीद चाहिए
kist me bharna hai|किस्त में भरना है
bill me fixed charge kitna hai|बिल में फिक्स चार्ज कितना है
k number kya hota hai|के नंबर क्या होता है
khambe me current aa raha hai|खंभे में करंट आ रहा है
namaste ji|नमस्ते जी
bahut dhanyavad|बहुत धन्यवाद
rehne do|रहने दो
peeche jao|पीछे जाओ
haan ji|हां जी
nahi chahiye|नहीं चाहिए
hindi me baat karo|हिंदी में बात करो
madad chahiye|मदद चाहिए
light kab aayegi|लाइट कब आएगी
light nahi aa rahi|लाइट नहीं आ रही
bill ki copy bhejo|बिल की कॉपी भेजो
pichle mahine ka bill dikhao|पिछले महीने का बिल दिखाओ
kitni unit jali|कितनी यूनिट जली
bill nahi mila|बिल नहीं मिला
paise wapas chahiye|पैसे वापस चाहिए
k number jodo|के नंबर जोड़ो
k number hatao|के नंबर हटाओ
mere k number dikhao|मेरे के नंबर दिखाओ
meter reading bhejni hai|मीटर रीडिंग भेजनी है
naya connection chahiye|नया कनेक्शन चाहिए
adhikari se baat karao|अधिकारी से बात कराओ
shikayat darj karo|शिकायत दर्ज करो
meri shikayat ka kya hua|मेरी शिकायत का क्या हुआ
mobile number badalna hai|मोबाइल नंबर बदलना है
suchna chalu karo|सूचना चालू करो
suchna band karo|सूचना बंद करो
mera data mitao|मेरा डाटा मिटाओ
haan bhejo|हां भेजो
"""
HEARD = """
bil daunlod karna hai|bill download karna hai
rifand chahiye|refund chahiye
k no dilit karo|k no delete karo
mobail nambar apdet karo|mobile number update karo
kamplent darj karo|complaint darj karo
naya kanekshan chahiye|naya connection chahiye
"""

ONE_WORD = """
bill bill_view|बिल bill_view|pay bill_pay|भुगतान bill_pay|jama bill_pay|due bill_due_date
तारीख bill_due_date|receipt payment_receipt|रसीद payment_receipt|rasid payment_receipt
kist bill_instalment|hello greet|नमस्ते greet|🙏 greet|thanks thanks|dhanyavad thanks|bye goodbye
help help|मदद help|hindi language_change|english language_change|yes affirm|haan affirm|हां affirm
ok affirm|👍 affirm|no deny|nahi deny|नहीं deny|cancel cancel|रद्द cancel|back back|पीछे back
fire safety_hazard|चिंगारी safety_hazard|901010000123 bill_view|OUT outage_report
शिकायत complaint_new|complaint complaint_new|CMP-7K2M4Z complaint_status|STOP unsubscribe
NEW connection_new|refund refund|units consumption|LIST account_list|agent talk_to_human
skip deny|सूचना subscribe|SUB subscribe
"""


@pytest.mark.parametrize("pair", PAIRS.strip().splitlines())
def test_both_scripts_mean_the_same(understander: Understander, now: datetime, pair: str) -> None:
    latin, hindi = (understander.understand(text, now) for text in pair.split("|"))

    assert latin.intent == hindi.intent


@pytest.mark.parametrize("pair", HEARD.strip().splitlines())
def test_english_spelt_as_it_is_heard_means_the_same(
    understander: Understander, now: datetime, pair: str
) -> None:
    heard, english = (understander.understand(text, now) for text in pair.split("|"))

    assert heard.intent == english.intent is not None


@pytest.mark.parametrize("row", ONE_WORD.replace("\n", "|").strip("|").split("|"))
def test_one_word_is_enough(understander: Understander, now: datetime, row: str) -> None:
    word, intent = row.split()

    result = understander.understand(word, now)

    assert result.intent == intent
    assert result.confidence >= understander.answer_at


def test_messages_nobody_trained_on(understander: Understander) -> None:
    found = evaluate(understander, UNSEEN)

    assert found.messages >= 150
    assert found.accuracy >= UNSEEN_FLOOR, str(found)


def test_no_unseen_message_was_trained_on(data: Path) -> None:
    trained = {e.text.casefold() for e in read_examples(data)}
    unseen = {line.split("\t")[0].casefold() for line in UNSEEN.read_text("utf-8").splitlines()}

    assert not trained & unseen


def voices_left_out(data: Path, now: datetime) -> Iterator[tuple[str, str, float]]:
    """Intent, first guess and its confidence, for people who were not in the training."""
    examples = read_examples(data)
    for batch in ("angry", "farmer", "pensioner", "tenant"):
        model = Understander(fit([e for e in examples if e.batch != batch]))
        for example in examples:
            if example.batch == batch:
                first = model.understand(example.text, now).ranking[0]
                yield example.intent, *first


def test_people_we_never_heard_are_understood(data: Path, now: datetime) -> None:
    answers = list(voices_left_out(data, now))
    ours = [(was, took) for was, took, _ in answers if was != "out_of_scope"]
    sure = [(was, took) for was, took, confidence in answers if confidence >= 0.6]

    # sixty wishes, measured 0.879 and 0.926 on 3,424 and 2,844 messages
    assert sum(was == took for was, took in ours) / len(ours) >= 0.85
    assert sum(was == took for was, took in sure) / len(sure) >= 0.91


def test_a_message_of_nothing_is_nothing(understander: Understander, now: datetime) -> None:
    result = understander.understand("", now)

    assert result.intent is None
    assert result.entities == ()
    assert result.language == ""
    assert len(result.ranking) >= 3


def test_a_ranking_falls_and_never_names_the_background(
    understander: Understander, now: datetime
) -> None:
    for text in ("bill", "mausam kaisa hai", "mera bill kitna hai", "taar gir gaya", "asdf"):
        ranking = understander.understand(text, now).ranking
        confidences = [confidence for _, confidence in ranking]

        assert confidences == sorted(confidences, reverse=True)
        assert "out_of_scope" not in [name for name, _ in ranking]
        assert len({name for name, _ in ranking}) == len(ranking) >= 3
        assert all(0 <= c <= 1 for c in confidences)


def test_parse_speaks_as_rasa_does(understander: Understander, now: datetime) -> None:
    text = "aaj mausam kaisa hai"
    said = as_json(text, understander.understand(text, now))

    assert list(said) == ["text", "intent", "intent_ranking", "entities", "language"]
    assert said["intent"] == {
        "name": "out_of_scope",
        "confidence": understander.understand(text, now).confidence,
    }
    assert said["entities"] == [{"entity": "date", "value": "2026-11-23", "start": 0, "end": 3}]
    assert said["language"] == "hi-Latn"


def test_the_same_messages_give_the_same_model(data: Path, tmp_path: Path) -> None:
    first = train(data, tmp_path / "a").path.read_bytes()
    second = train(data, tmp_path / "b").path.read_bytes()

    assert first == second


def test_a_model_is_small(model_dir: Path) -> None:
    assert (model_dir / "nlu.npz").stat().st_size <= 12_000_000


def test_training_twice_does_nothing_the_second_time(data: Path, model_dir: Path) -> None:
    before = (model_dir / "nlu.npz").stat().st_mtime_ns

    again = train(data, model_dir)

    assert again.skipped
    assert "up to date" in str(again)
    assert (model_dir / "nlu.npz").stat().st_mtime_ns == before


def test_a_missing_model_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="bijli nlu train --data data/intents"):
        load(tmp_path)


def test_a_model_of_other_messages_is_stale(model_dir: Path, tmp_path: Path) -> None:
    other = tmp_path / "intents.yml"
    other.write_text("nlu: []\n", encoding="utf-8")

    with pytest.raises(ModelStale, match="bijli nlu train"):
        load(model_dir, other)


def test_a_broken_model_is_stale(tmp_path: Path) -> None:
    (tmp_path / "nlu.npz").write_bytes(b"not a model")

    with pytest.raises(ModelStale):
        load(tmp_path)


OTHER_DOMAIN = """
version: "3.1"
nlu:
  - intent: order_pizza
    examples: |
      - I want a [large](size) pizza
      - bring me a margherita
      - pizza please
      - one pizza with olives
  - intent: table_book
    examples: |
      - book a table for [two]{"entity": "people"}
      - I need a table tonight
      - reserve a table by the window
      - table for four
  - intent: out_of_scope
    examples: |
      - where is the cinema
      - my wire is broken
  - synonym: large
    examples: |
      - big
"""


def test_another_domain_is_learnt_too(tmp_path: Path, now: datetime) -> None:
    data = tmp_path / "pizza.yml"
    data.write_text(OTHER_DOMAIN, encoding="utf-8")
    trained = train(data, tmp_path / "model")
    pizza = load(tmp_path / "model", data)

    assert trained.intents == 2
    assert pizza.understand("a big pizza with cheese", now).ranking[0][0] == "order_pizza"
    assert pizza.understand("please book a table", now).ranking[0][0] == "table_book"
    assert pizza.understand("the wire has fallen, it sparks", now).intent != "safety_hazard"


def test_a_table_without_a_line_is_refused(understander: Understander, tmp_path: Path) -> None:
    table = tmp_path / "empty.tsv"
    table.write_text("nothing here\n", encoding="utf-8")

    with pytest.raises(UnusableTable):
        evaluate(understander, table)
