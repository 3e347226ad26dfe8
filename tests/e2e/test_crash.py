"""What was accepted is answered, whatever dies; what was never delivered is found."""

import asyncio
import signal
from pathlib import Path

from tests.e2e.served import town, until

PEOPLE = 100


def number(n: int) -> str:
    return f"+9199990{n:05d}"


async def test_kill_9_in_the_middle_of_a_hundred_conversations(
    database_url: str, tmp_path: Path
) -> None:
    async with town(database_url, tmp_path) as place:
        twilio = place.twilio
        twilio.callbacks.statuses = ()
        process = await place.serve()
        people = [number(n) for n in range(PEOPLE)]

        async def write(person: str) -> None:
            await twilio.person_says("whatsapp", person, "mera bill kitna hai 901010000123")

        talking = [asyncio.create_task(write(person)) for person in people[: PEOPLE // 2]]
        await until(lambda: sum(len(place.said_to(it)) for it in people) >= PEOPLE // 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        await asyncio.gather(*talking)
        for person in people[PEOPLE // 2 :]:  # while nobody is there: Twilio gives up
            await write(person)

        await place.serve()
        await until(lambda: all(place.said_to(person) for person in people), 40)
        await asyncio.sleep(1.0)

        assert {len(place.said_to(person)) for person in people} == {1}


async def test_sigterm_ends_cleanly_and_soon(database_url: str, tmp_path: Path) -> None:
    async with town(database_url, tmp_path) as place:
        process = await place.serve()
        await place.twilio.person_says("whatsapp", number(1), "namaste")
        await until(lambda: len(place.said_to(number(1))) == 1)

        process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(asyncio.to_thread(process.wait), 20)

        assert code == 0, place.log.read_text()


async def test_a_worker_answers_what_another_process_took_in(
    database_url: str, tmp_path: Path
) -> None:
    async with town(database_url, tmp_path) as place:
        await place.serve("--no-worker")
        place.start("worker")
        await until(lambda: '"slot": "worker-1"' in place.log.read_text())

        await place.twilio.person_says("whatsapp", number(2), "namaste")

        await until(lambda: len(place.said_to(number(2))) == 1, 3)
