"""What the benchmarks ask is what Twilio would send."""

import itertools
from datetime import UTC, datetime

from bench.questions import ACCOUNT, PATH, SENDERS, TOKEN, Question, questions
from channels.channel import WebhookRequest
from channels.twilio import TwilioAccount, TwilioSettings
from models.message import InboundMessage

PUBLIC = "http://127.0.0.1:4711"


def asked(count: int, consumers: int = 10_000) -> list[Question]:
    return list(itertools.islice(questions(PUBLIC, consumers, "t"), count))


def received(question: Question) -> InboundMessage:
    head, _, body = question.request.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")[1:]
    headers = dict(line.split(": ", 1) for line in lines)
    account = TwilioAccount(TwilioSettings(ACCOUNT, (TOKEN,), PUBLIC))
    (found,) = account.receive(WebhookRequest(PATH, headers, body), datetime.now(UTC))
    assert isinstance(found, InboundMessage)
    return found


def test_a_question_is_signed_and_carries_its_text() -> None:
    message = received(asked(1)[0])

    assert message.sender.id == "+918000000000"
    assert message.text == "mera bill kitna hai 901010000000"


def test_no_two_questions_are_the_same_message() -> None:
    ids = [received(it).id for it in asked(300)]

    assert len(set(ids)) == 300


def test_a_sender_always_asks_for_the_same_connection() -> None:
    first, *_, again = asked(SENDERS + 1)

    assert (first.sender, first.owed) == (again.sender, again.owed)
    assert len({it.sender for it in asked(SENDERS)}) == SENDERS
