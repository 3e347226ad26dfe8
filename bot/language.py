"""In which language to answer."""

from __future__ import annotations

from models.conversation import Conversation
from models.message import HINDI, HINGLISH, TAGS, ChannelName, Tag


def heard(language: str, conversation: Conversation, fallback: Tag) -> Tag:
    """The language of a message; one without a language keeps the last one."""
    if language in TAGS:
        return Tag(language)
    return conversation.talk.tag or fallback


def answer_in(tag: Tag, conversation: Conversation) -> Tag:
    """The language of the reply: the one chosen for good, else the one heard.

    Romanised Hindi is answered in Devanagari where every phone shows it, and romanised on SMS.
    """
    chosen = conversation.person.tag
    if chosen is not None:
        return chosen
    if tag == HINGLISH and conversation.address.channel is not ChannelName.SMS:
        return HINDI
    return tag
