"""How a new connection is got."""

from bot.handlers.human import at_home, office_line
from bot.turn import Handler, Turn
from models.message import Reply
from models.words import Say


async def explain_new_connection(turn: Turn) -> Reply:
    """Which papers, what it costs and where to go: staff take the application there."""
    return Reply(
        (
            Say("connection-new"),
            Say("connection-new-papers"),
            Say("connection-new-more"),
            Say("connection-new-cost"),
            Say("connection-new-time"),
            office_line(await at_home(turn)),
        ),
        sms=Say("connection-new"),
    )


NEW_CONNECTION = Handler("connection_new", explain_new_connection)
