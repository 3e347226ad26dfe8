"""The outbox is sent in order to each person, and nobody waits for somebody else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from channels import delivery
from channels.delivery import ATTEMPTS, DOUBT, backoff
from channels.sender import Letter, Sender
from models.errors import (
    Misconfigured,
    OutsideWindow,
    Permanent,
    PersonUnreachable,
    Temporary,
    Trouble,
    Unknown,
)
from models.message import Address, ChannelName, DeliveryState, OutboundMessage
from tests.fakes.channel import FakeChannel
from tests.unit.channels.fake_outbox import FakeOutbox, Row

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ASHA = Address(ChannelName.WHATSAPP, "+919829000001")
RAVI = Address(ChannelName.WHATSAPP, "+919829000002")


def letter(number: int, to: Address = ASHA, **more: object) -> Letter:
    message = OutboundMessage(number, to, f"message {number}")
    return Letter(message, since=NOW, **more)  # type: ignore[arg-type]  # fields by their names


async def soon(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    async with asyncio.timeout(5):
        while not happened():  # noqa: ASYNC110 -- the sender tells nobody when it is done
            await asyncio.sleep(0.001)


class Post:
    """A sender at work, with its channel and its outbox."""

    def __init__(self, channel: FakeChannel, rate: float = 0.0) -> None:
        self.channel = channel
        self.outbox = FakeOutbox()
        name = ChannelName.WHATSAPP
        self.sender = Sender({name: channel}, self.outbox, lambda: NOW, {name: rate})

    @asynccontextmanager
    async def working(self) -> AsyncIterator["Post"]:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.sender.run())
            yield self
            await self.sender.close(1)

    async def settle(self, *letters: Letter) -> None:
        for it in letters:
            assert self.sender.post(it)
        await soon(lambda: not self.sender.waiting)


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    async with Post(FakeChannel()).working() as made:
        yield made


class SlowChannel(FakeChannel):
    """A provider that takes its time with some people."""

    def __init__(self, *slow: Address) -> None:
        super().__init__()
        self.slow = slow
        self.go_on = asyncio.Event()
        self.at_once = self.most_at_once = 0

    async def send(self, message: OutboundMessage) -> str:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        if message.to in self.slow:
            await self.go_on.wait()
        self.at_once -= 1
        return await super().send(message)


async def test_what_the_provider_takes_is_accepted(post: Post) -> None:
    await post.settle(letter(1))

    assert post.outbox.rows == {1: Row(DeliveryState.ACCEPTED, "fake-1-1")}


async def test_one_person_reads_in_the_order_written(post: Post) -> None:
    await post.settle(*(letter(number) for number in range(1, 50)))

    assert post.outbox.order == list(range(1, 50))


async def test_nobody_waits_for_somebody_elses_reply() -> None:
    async with Post(SlowChannel(RAVI)).working() as post:
        post.sender.post(letter(1, RAVI))
        post.sender.post(letter(2, RAVI))
        post.sender.post(letter(3, ASHA))

        await soon(lambda: 3 in post.outbox.rows)
        assert post.outbox.order == [3]
        assert isinstance(post.channel, SlowChannel)
        post.channel.go_on.set()

    assert post.outbox.order == [3, 1, 2]


async def test_many_are_sent_at_once_but_not_too_many() -> None:
    channel = SlowChannel()
    async with Post(channel).working() as post:
        people = [Address(ChannelName.WHATSAPP, f"+9198290{n:05}") for n in range(200)]
        await post.settle(*(letter(n, it) for n, it in enumerate(people)))

    assert len(post.outbox.order) == 200
    assert channel.most_at_once == 32


async def test_a_letter_that_is_here_is_not_taken_twice(post: Post) -> None:
    await post.settle(letter(1), letter(1), letter(2), letter(1))

    assert post.outbox.order == [1, 2]


async def test_a_short_trouble_is_over_before_the_next_message(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FIRST_WAIT", 0.01)
    post.channel.troubles.extend([Temporary(), Temporary()])

    await post.settle(letter(1), letter(2), letter(3, RAVI))

    assert post.outbox.order.index(1) < post.outbox.order.index(2)
    assert sorted(post.outbox.order) == [1, 2, 3]


async def test_a_long_trouble_is_written_down_and_holds_nobody_back(post: Post) -> None:
    post.channel.troubles.append(Temporary("twilio 30001", wait=300))

    await post.settle(letter(1), letter(2))

    row = post.outbox.rows[1]
    assert row.state is DeliveryState.RETRY
    assert (row.attempt, row.doubtful, row.reason) == (2, False, "temporary: twilio 30001")
    assert row.due_at is not None
    assert row.due_at >= NOW + timedelta(seconds=300)
    assert post.outbox.order == [2]


async def test_after_the_last_attempt_it_is_given_up(post: Post) -> None:
    post.channel.troubles.append(Temporary("twilio 30003"))

    await post.settle(letter(1, attempt=ATTEMPTS))

    assert post.outbox.rows[1] == Row(DeliveryState.FAILED, reason="gave-up: twilio 30003")


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (PersonUnreachable("twilio 21610"), "unreachable: twilio 21610"),
        (OutsideWindow("twilio 63016"), "outside-window: twilio 63016"),
        (Misconfigured("twilio 20003"), "misconfigured: twilio 20003"),
        (Permanent("twilio 21617"), "refused: twilio 21617"),
    ],
)
async def test_what_will_never_work_is_not_tried_again(
    post: Post, trouble: Trouble, reason: str
) -> None:
    post.channel.troubles.append(trouble)

    await post.settle(letter(1), letter(2))

    assert post.outbox.rows[1] == Row(DeliveryState.FAILED, reason=reason)
    assert post.outbox.order == [2]


async def test_doubt_waits_for_a_receipt(post: Post) -> None:
    post.channel.troubles.append(Unknown("twilio silent"))

    await post.settle(letter(1))

    assert post.outbox.rows[1] == Row(
        DeliveryState.RETRY, "", 2, NOW + DOUBT, "unknown: twilio silent", doubtful=True
    )


async def test_a_doubtful_letter_that_was_taken_is_not_sent_again(post: Post) -> None:
    post.channel.sent.append(letter(1).message)

    await post.settle(letter(1, attempt=2, doubtful=True))

    assert post.outbox.rows[1] == Row(DeliveryState.ACCEPTED, "fake-1")
    assert len(post.channel.sent) == 1


async def test_a_doubtful_letter_that_is_not_found_is_sent_once_more(post: Post) -> None:
    await post.settle(letter(1, attempt=2, doubtful=True))

    assert post.outbox.order == [1]
    assert len(post.channel.sent) == 1


async def test_a_second_doubt_is_the_end(post: Post) -> None:
    post.channel.troubles.append(Unknown("twilio silent"))

    await post.settle(letter(1, attempt=2, doubtful=True))

    assert post.outbox.rows[1] == Row(DeliveryState.UNKNOWN, reason="unknown: twilio silent")


async def test_a_look_up_that_fails_is_made_again_and_nothing_is_sent() -> None:
    class Silent(FakeChannel):
        async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
            raise Unknown("twilio silent")

    async with Post(Silent()).working() as post:
        await post.settle(letter(1, attempt=ATTEMPTS - 1, doubtful=True))

    assert post.outbox.rows[1].state is DeliveryState.RETRY
    assert not post.channel.sent


async def test_a_surprise_ends_one_letter_and_no_other(post: Post) -> None:
    class Surprising(FakeChannel):
        async def send(self, message: OutboundMessage) -> str:
            if message.id == 1:
                raise KeyError("+919829000001")
            return await super().send(message)

    with capture_logs() as logs:
        async with Post(Surprising()).working() as surprised:
            await surprised.settle(letter(1), letter(2), letter(3, RAVI))

    assert surprised.outbox.rows[1] == Row(DeliveryState.FAILED, reason="unexpected: KeyError")
    assert sorted(surprised.outbox.order) == [2, 3]
    assert [it["message"] for it in logs if it["event"] == "reply_failed"] == [1]


async def test_a_store_that_does_not_answer_stops_nobody(post: Post) -> None:
    post.outbox.trouble = Temporary("The database did not answer.")

    await post.settle(letter(1))
    post.outbox.trouble = None
    await post.settle(letter(2))

    assert post.outbox.order == [2]


async def test_closing_sends_what_is_here(post: Post) -> None:
    for number in range(100):
        post.sender.post(letter(number))

    await post.sender.close(5)

    assert post.outbox.order == list(range(100))
    assert not post.sender.post(letter(101))


async def test_closing_hands_back_what_it_cannot_finish() -> None:
    async with Post(SlowChannel(RAVI)).working() as post:
        for number in (1, 2, 3):
            post.sender.post(letter(number, RAVI))
        post.sender.post(letter(4, RAVI, attempt=3, doubtful=True))
        await asyncio.sleep(0.01)

        await post.sender.close(0.05)

    back = Row(DeliveryState.RETRY, "", 1, NOW, "stopping")
    # The first is on its way: nobody knows.
    assert post.outbox.rows == {
        2: back,
        3: back,
        4: Row(DeliveryState.RETRY, "", 3, NOW, "stopping", doubtful=True),
    }


async def test_closing_does_not_wait_for_a_letter_that_waits(post: Post) -> None:
    post.channel.troubles.append(Temporary(wait=15))
    post.sender.post(letter(1))
    await asyncio.sleep(0.01)

    await post.sender.close(5)

    assert post.outbox.rows == {1: Row(DeliveryState.RETRY, "", 2, NOW, "stopping")}


async def test_a_channel_that_is_off_takes_nothing(post: Post) -> None:
    assert not post.sender.post(letter(1, Address(ChannelName.SMS, "+919829000001")))


async def test_the_pace_is_kept() -> None:
    async with Post(FakeChannel(), rate=100).working() as post:
        people = [Address(ChannelName.WHATSAPP, f"+9198290{n:05}") for n in range(30)]
        began = asyncio.get_running_loop().time()
        await post.settle(*(letter(n, it) for n, it in enumerate(people)))
        took = asyncio.get_running_loop().time() - began

    assert sum(count for _, count in post.outbox.reserved) >= 30
    assert len(post.outbox.reserved) < 10
    assert took >= 0.2


def test_waits_grow_to_about_an_hour_and_keep_to_what_was_asked() -> None:
    waits = [backoff(attempt, None) for attempt in range(1, ATTEMPTS)]

    assert 1 < waits[0] <= 2
    assert waits == sorted(waits)
    assert 2000 < sum(waits) < 3600
    assert backoff(1, 30.0) >= 30


async def test_no_log_line_holds_a_number_or_a_text(post: Post) -> None:
    post.channel.troubles.extend([Unknown("twilio silent"), Permanent("twilio 21211")])
    with capture_logs() as logs:
        await post.settle(letter(1), letter(2), letter(3))

    assert logs
    assert not [it for it in logs if "98290" in str(it) or "message 1" in str(it)]
