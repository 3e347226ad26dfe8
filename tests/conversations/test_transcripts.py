"""The bot's acceptance tests: talks that staff can read and correct."""

from collections.abc import Iterator

import pytest

from bot.nlu.result import Understanding
from models.message import ChannelName
from tests.conversations.script import Scene, scenes
from tests.conversations.stage import VOICE, play
from voice.templates import template


def cases() -> Iterator[object]:
    """Every talk on every channel it names."""
    for scene in scenes():
        for channel in scene.channels:
            yield pytest.param(scene, channel, id=f"{scene.place}-{channel}")


@pytest.mark.parametrize(("scene", "channel"), list(cases()))
async def test_the_bot_answers_as_the_transcript_says(
    scene: Scene, channel: ChannelName, understanding: Understanding
) -> None:
    played = await play(scene, channel, understanding).run()

    assert [(it.said, *it.answered) for it in played] == [
        (it.said, *it.answered) for it in scene.exchanges
    ], f"{scene.place}: {scene.title}"


@pytest.mark.parametrize(
    "scene",
    [pytest.param(it, id=it.place) for it in scenes() if ChannelName.SMS in it.channels],
)
async def test_every_sms_leaves_as_the_registered_template_it_names(
    scene: Scene, understanding: Understanding
) -> None:
    played = await play(scene, ChannelName.SMS, understanding, registered=True).run()

    other = [
        speech.text
        for it in played
        for speech in it.step.speeches
        if not speech.template
        or not template(VOICE, speech.template, it.step.tag).holds(speech.text)
    ]
    assert not other, "These are no registered SMS; let the sentence name its choices itself."
