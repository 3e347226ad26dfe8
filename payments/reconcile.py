"""Learn what the gateway did not say, or what we could not listen to."""

from __future__ import annotations

from datetime import datetime

from payments.desk import PaymentDesk


async def reconcile(desk: PaymentDesk, now: datetime) -> int:
    """Answer stored rings, then ask about links that stayed silent; how many were answered.

    A bounded number at once; called every minute, from any number of workers.
    """
    return await desk.answer_rings(now) + await desk.check_silent(now)
