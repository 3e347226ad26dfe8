"""The person's own K-numbers: add, name, remove, and say that one is not theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.handlers.account_list import entries_of, list_on_sms
from bot.handlers.case import bring_up
from bot.handlers.contact import ask_email
from bot.identify import called
from bot.options import key
from bot.slots import NO, YES
from bot.turn import Handler, Need, Turn
from models.case import CaseKind
from models.consumer import Account
from models.deeds import Consent, Deed, DisownKNumber, RemoveKNumber, SaveKNumber, StartNotices
from models.k_number import KNumber
from models.message import ChannelName, Option, Reply
from models.words import Say, Word

MOST = 25  # saved K-numbers of one person
_LIST = Option(key("account_list"), Say("intent-account_list"))


async def add(turn: Turn) -> Reply:
    """Keep the K-number: active with notices for whoever is verified, for paying for others."""
    return await add_several(turn, (turn.settled,))


async def add_several(turn: Turn, accounts: tuple[Account, ...]) -> Reply:
    """The same for several at once, with one question about notices for all of them."""
    facts = turn.facts
    if facts.get("prove") == "asked" and facts.get("sure") == NO:
        return Reply((Say("cancelled"),))
    if "sure" in facts and not _proves(turn):
        return _decided(turn, accounts, given=facts["sure"] == YES)
    if "rename" in facts and "nickname" not in facts:
        return _ask_name(turn)
    saved = turn.person.saved
    new = [it for it in accounts if _k(it) not in saved]
    left_out = without_room(turn, accounts)
    kept = [it for it in accounts if it not in left_out]
    said = _kept(turn, kept, new)
    return full(said, left_out) if left_out else said


def without_room(turn: Turn, accounts: Sequence[Account]) -> list[Account]:
    """Those of these connections that the person's list has no room for."""
    saved = turn.person.saved
    return [it for it in accounts if _k(it) not in saved][max(0, MOST - len(saved)) :]


def _kept(turn: Turn, accounts: Sequence[Account], new: Sequence[Account]) -> Reply:
    """What is in the list now, and the question that follows."""
    name, person = turn.facts.get("nickname", ""), turn.person
    if name and not new:
        return _renamed(turn, name)
    deeds = tuple(SaveKNumber(_k(it), name) for it in accounts if it in new)
    lines = [_line(turn, it, name, known=it not in new) for it in accounts]
    asked = [it for it in accounts if person.is_verified(_k(it)) and not _notified(turn, it)]
    plain = [it for it in accounts if not person.is_verified(_k(it))]
    if asked:
        return _ask_consent(turn, lines, asked, plain, deeds)
    if plain:
        return _offer_proof(turn, lines, plain, deeds)
    what = _what(accounts)
    return Reply(tuple(lines), (_LIST,), sms=Say("notices-on", {"what": what}), deeds=deeds)


def _renamed(turn: Turn, name: str) -> Reply:
    k = turn.k_number
    return Reply(
        (Say("account-named", {"k": k, "name": name}),),
        (_LIST,),
        sms=Say("account-saved", {"what": k}),
        deeds=(SaveKNumber(k, name),),
    )


def _line(turn: Turn, account: Account, name: str, *, known: bool) -> Say:
    k = _k(account)
    facts = {"k": k, "name": name or called(account, turn.person)}
    if turn.person.is_verified(k) and not (known and _notified(turn, account)):
        return Say("account-active", facts)
    return Say("account-known" if known else "account-saved", facts)


def _ask_consent(
    turn: Turn,
    lines: Sequence[Say],
    asked: Sequence[Account],
    plain: Sequence[Account],
    deeds: tuple[Deed, ...],
) -> Reply:
    question = Say("account-consent", {"what": _what(asked)})
    k = _k(asked[0]) if len(asked) == 1 else None
    return Reply(
        (*lines, question),
        (
            Option(key("account_add", k, sure=YES), Say("answer-yes")),
            Option(key("account_add", k, sure=NO), Say("answer-no")),
        ),
        sms=question,
        more_sms=tuple(list_on_sms(turn, entries_of(turn, plain))) if plain else (),
        then="account_add",
        slot="sure",
        kept={"k": ",".join(map(_k, asked))},
        deeds=deeds,
    )


def _offer_proof(
    turn: Turn, lines: Sequence[Say], plain: Sequence[Account], deeds: tuple[Deed, ...]
) -> Reply:
    """Say what proof would bring; on SMS, where nothing can be tapped, a YES leads to it."""
    k = _k(plain[0])
    options = (
        Option(key("account_add", k, prove="yes"), Say("account-prove-button")),
        Option(key("account_add", k, rename="yes"), Say("account-name-button")),
    )
    told = Reply(
        (*lines, Say("account-prove")),
        options if len(plain) == 1 else (_LIST,),
        sms=Say("account-saved", {"what": _what(plain)}),
        deeds=deeds,
    )
    if turn.channel is not ChannelName.SMS:
        return told
    return replace(told, then="account_add", slot="sure", kept={"k": k, "prove": "asked"})


def _decided(turn: Turn, accounts: Sequence[Account], *, given: bool) -> Reply:
    """Keep what they said to notices, and ask for an e-mail address once."""
    asked = Say("account-consent", {"what": _what(accounts)})
    deeds: list[Deed] = [Consent(_k(it), given=given, asked=asked) for it in accounts]
    if given and turn.person.stopped:
        deeds.insert(0, StartNotices())
    if not given:
        said = Reply((Say("account-no-notices"),), sms=Say("cancelled"), deeds=tuple(deeds))
        return ask_email(turn, said)
    on = Say("notices-on", {"what": _what(accounts)})
    return ask_email(turn, Reply((on, Say("notices-off-how")), sms=on, deeds=tuple(deeds)))


def _ask_name(turn: Turn) -> Reply:
    return Reply(
        (Say("account-name-ask", {"k": turn.k_number}),),
        sms=Say("hint", {"want": Say("want-nickname")}),
        then="account_add",
        slot="nickname",
    )


def full(said: Reply, left_out: Sequence[Account]) -> Reply:
    """What did not fit, beside what did."""
    told = Say("account-full", {"most": MOST, "what": _what(left_out)})
    if not said.deeds and not said.then:
        return Reply((told,), (_LIST,), sms=told)
    return replace(said, lines=(told, *said.lines), more_sms=(*said.more_sms, told))


def _proves(turn: Turn) -> bool:
    """Whether they want to show that the connection is theirs."""
    prove = turn.facts.get("prove")
    return prove == "yes" or (prove == "asked" and turn.facts.get("sure") == YES)


def _what_it_needs(turn: Turn) -> Need:
    return Need.VERIFIED if _proves(turn) else Need.K_NUMBER


async def remove(turn: Turn) -> Reply:
    """Keep the K-number no longer, without asking back; say how to add it again."""
    return await remove_several(turn, (turn.settled,))


async def remove_several(turn: Turn, accounts: tuple[Account, ...]) -> Reply:
    """The same for several at once."""
    if "wrong" in turn.facts:
        said = [await _disown(turn.of(it)) for it in accounts]
        return Reply(
            tuple(line for it in said for line in it.lines),
            said[0].options if len(said) == 1 else (),
            sms=said[0].sms,
            more_sms=tuple(it.sms for it in said[1:] if it.sms is not None),
            deeds=tuple(deed for it in said for deed in it.deeds),
        )
    return await _removed(turn, accounts)


async def _removed(turn: Turn, accounts: Sequence[Account]) -> Reply:
    person = turn.person
    lines: list[Say] = []
    options: list[Option] = []
    saved = await _saved_as(turn)
    for it in accounts:
        k = _k(it)
        facts = {"k": k, "name": called(it, person)}
        if k in person.registered:
            lines.append(Say("account-stays", facts))
            options.append(Option(key("account_remove", k, wrong="yes"), Say("account-wrong")))
        elif k in saved:
            lines.append(Say("account-removed", facts))
        else:
            lines.append(Say("account-not-listed", facts))
    gone = [_k(it) for it in accounts if _k(it) in saved]
    if gone:
        lines.append(Say("account-add-again", {"k": gone[0]}))
    return Reply(
        tuple(lines),
        tuple(options) if len(accounts) == 1 else (),
        sms=Say("account-removed", {"what": _what(accounts)}),
        deeds=tuple(RemoveKNumber(number) for k in gone for number in saved[k]),
    )


async def _saved_as(turn: Turn) -> Mapping[KNumber, Sequence[KNumber]]:
    """The numbers under which each connection of the list is saved: its old one, its new one."""
    names: dict[KNumber, list[KNumber]] = {k: [k] for k in turn.person.saved}
    for it in await turn.services.accounts.masked(turn.person.saved):
        if it.moved_from is not None:
            names.setdefault(_k(it), []).append(it.moved_from)
    return names


async def _disown(turn: Turn) -> Reply:
    """Take their word that a connection registered on their mobile is not theirs."""
    k = turn.k_number
    if k not in (*turn.person.registered, *turn.person.closed):
        said = await _removed(turn, (turn.settled,))
        return replace(said, lines=(Say("account-not-registered", {"k": k}), *said.lines))
    told = await bring_up(turn, CaseKind.WRONG_NUMBER, lines=(Say("account-disowned"),))
    return replace(told, deeds=(*told.deeds, DisownKNumber(k)))


def _k(account: Account) -> KNumber:
    return account.consumer.k_number


def _notified(turn: Turn, account: Account) -> bool:
    return _k(account) in turn.person.notified and not turn.person.stopped


def _what(accounts: Sequence[Account]) -> Word:
    """The K-number, or how many connections there are."""
    if len(accounts) == 1:
        return _k(accounts[0])
    return Say("notices-several", {"count": len(accounts)})


ADD = Handler(
    "account_add", add, needs=Need.K_NUMBER, answer_all=add_several, needs_for=_what_it_needs
)
REMOVE = Handler("account_remove", remove, needs=Need.K_NUMBER, answer_all=remove_several)
