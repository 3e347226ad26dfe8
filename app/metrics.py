"""What the process counts, for Prometheus. No number, name or text ever becomes a label."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()

TAKEN_IN = Counter(
    "bijli_messages_in_total",
    "Messages taken in, repeats left out.",
    ["channel"],
    registry=REGISTRY,
)
REFUSED = Counter(
    "bijli_webhooks_refused_total", "Webhooks refused.", ["route", "status"], registry=REGISTRY
)
TURNS = Histogram(
    "bijli_turn_seconds",
    "From a message taken up to its answer committed.",
    ["channel"],
    registry=REGISTRY,
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
SENT = Counter(
    "bijli_messages_out_total",
    "What became of messages handed to a provider.",
    ["outcome"],
    registry=REGISTRY,
)
RASA = Counter(
    "bijli_rasa_messages_total",
    "Messages that were Rasa's to understand: answered, failed, or resting (it was not asked).",
    ["outcome"],
    registry=REGISTRY,
)


def page() -> bytes:
    """The metrics in Prometheus' text form."""
    return generate_latest(REGISTRY)
