"""What every payment gateway promises, whoever the provider is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from models.errors import Permanent, Temporary
from models.gateway import GatewayState
from models.money import NOTHING, Money
from payments.gateway import Forged, GatewayEvent, LinkRequest
from tests.contracts.gateway_worlds import WORLDS, GatewayWorld

SUM = Money(124_000)


@pytest.fixture(params=WORLDS)
async def world(request: pytest.FixtureRequest) -> AsyncIterator[GatewayWorld]:
    """A gateway with its payer."""
    async with WORLDS[request.param]() as made:
        yield made


def wanted(reference: str = "B1-00000001", amount: Money = SUM, **life: float) -> LinkRequest:
    return LinkRequest(
        reference=reference,
        amount=amount,
        description="Electricity bill, K 901010000123",
        expires_at=datetime.now(UTC) + timedelta(**(life or {"days": 3})),
        return_url="https://b.example/pay/return",
        notes={"k_number": "901010000123"},
    )


async def events(world: GatewayWorld) -> list[GatewayEvent]:
    read = [world.gateway.receive(*it) for it in await world.webhooks()]
    return [event for event in read if event is not None]


async def test_a_link_asks_for_exactly_the_sum(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())

    assert link.amount == SUM
    assert link.reference == "B1-00000001"
    assert link.state is GatewayState.CREATED
    assert link.payments == ()
    assert link.url.startswith("http")
    assert await world.gateway.look_up(link.id) == link


async def test_a_reference_used_before_gives_the_link_it_made(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())

    assert await world.gateway.create_link(wanted()) == link


async def test_a_reference_never_stands_for_another_sum(world: GatewayWorld) -> None:
    await world.gateway.create_link(wanted())

    with pytest.raises(Permanent):
        await world.gateway.create_link(wanted(amount=Money(50_000)))


async def test_a_link_whose_answer_was_lost_is_there_all_the_same(world: GatewayWorld) -> None:
    world.lose_the_answer()
    try:
        first = await world.gateway.create_link(wanted())
    except Temporary:
        first = await world.gateway.create_link(wanted())

    assert await world.gateway.create_link(wanted()) == first


async def test_a_gateway_in_trouble_is_asked_again_later(world: GatewayWorld) -> None:
    world.fall_silent()

    with pytest.raises(Temporary):
        await world.gateway.create_link(wanted())

    assert (await world.gateway.create_link(wanted())).amount == SUM


async def test_a_link_that_would_end_too_soon_is_refused(world: GatewayWorld) -> None:
    with pytest.raises(Permanent):
        await world.gateway.create_link(wanted(minutes=5))


async def test_an_unknown_link_or_payment_is_refused(world: GatewayWorld) -> None:
    with pytest.raises(Permanent):
        await world.gateway.look_up("plink_nobody")
    with pytest.raises(Permanent):
        await world.gateway.payment("pay_nobody")


async def test_a_paid_link_names_its_payment(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    paid = world.pay(link.id)

    found = await world.gateway.look_up(link.id)
    payment, its_link = await world.gateway.payment(paid)

    assert found.state is GatewayState.PAID
    assert found.payments == (payment,)
    assert its_link == link.id
    assert (payment.id, payment.amount, payment.method) == (paid, SUM, "upi")
    assert payment.arrived
    assert payment.refunded == NOTHING
    assert abs(datetime.now(UTC) - payment.at) < timedelta(minutes=1)


async def test_two_payments_on_one_link_are_both_named(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    both = world.pay_twice(link.id)

    found = await world.gateway.look_up(link.id)

    assert {it.id for it in found.payments if it.arrived} == set(both)


async def test_money_after_the_end_is_named_though_the_link_is_over(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    late = world.pay_late(link.id)

    found = await world.gateway.look_up(link.id)

    assert found.state is GatewayState.EXPIRED
    assert [(it.id, it.arrived) for it in found.payments] == [(late, True)]


async def test_a_declined_payment_has_not_arrived(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    declined = world.fail(link.id)

    payment, its_link = await world.gateway.payment(declined)

    assert (payment.status, its_link) == ("failed", link.id)
    assert not payment.arrived
    assert (await world.gateway.look_up(link.id)).state is GatewayState.CREATED


async def test_what_goes_back_is_named(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    paid = world.pay(link.id)

    await world.refund(paid, Money(40_000))
    some, _ = await world.gateway.payment(paid)
    await world.refund(paid, Money(84_000))
    whole, _ = await world.gateway.payment(paid)

    assert (some.status, some.refunded) == ("captured", Money(40_000))
    assert (whole.status, whole.refunded) == ("refunded", SUM)


async def test_a_cancelled_link_is_over(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())

    for _ in range(2):
        assert (await world.gateway.cancel(link.id)).state is GatewayState.CANCELLED


async def test_a_paid_or_expired_link_cannot_be_cancelled_and_says_so(world: GatewayWorld) -> None:
    paid = await world.gateway.create_link(wanted())
    over = await world.gateway.create_link(wanted("B2-00000002"))
    world.pay(paid.id)
    world.expire(over.id)

    told = await world.gateway.cancel(paid.id)

    assert told.state is GatewayState.PAID
    assert len(told.payments) == 1
    assert (await world.gateway.cancel(over.id)).state is GatewayState.EXPIRED


async def test_the_bell_names_what_to_ask_about(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    paid = world.pay(link.id)

    heard = await events(world)

    assert {(it.kind, it.link_id, it.payment_id) for it in heard} == {
        ("payment.captured", "", paid),
        ("payment_link.paid", link.id, ""),
    }
    assert len({it.id for it in heard}) == len(heard)


async def test_the_bell_rings_for_refunds_and_ends(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    other = await world.gateway.create_link(wanted("B2-00000002"))
    paid = world.pay(link.id)
    await world.refund(paid, SUM)
    await world.gateway.cancel(other.id)

    heard = {(it.kind, it.link_id, it.payment_id) for it in await events(world)}

    assert ("refund.processed", "", paid) in heard
    assert ("payment_link.cancelled", other.id, "") in heard


async def test_a_repeated_event_keeps_its_id(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    world.pay(link.id)
    [*_, (headers, body)] = await world.webhooks()

    assert world.gateway.receive(headers, body) == world.gateway.receive(headers, body)


async def test_an_altered_or_unsigned_event_is_forged(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    world.pay(link.id)
    [*_, (headers, body)] = await world.webhooks()

    with pytest.raises(Forged):
        world.gateway.receive(headers, body + b" ")
    with pytest.raises(Forged):
        world.gateway.receive({}, body)


async def test_a_browser_comes_back_with_the_link_and_a_signature(world: GatewayWorld) -> None:
    link = await world.gateway.create_link(wanted())
    paid = world.pay(link.id)
    brought = world.way_back(link.id, paid)

    assert world.gateway.returned(brought) == link.id
    for name in brought:
        assert world.gateway.returned(brought | {name: "x"}) is None
        assert world.gateway.returned({k: v for k, v in brought.items() if k != name}) is None
    assert world.gateway.returned({}) is None
