"""What went wrong, answered as one question: again, or never?"""


class Trouble(Exception):
    """Something went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip().splitlines()[0])


class Temporary(Trouble):
    """It may work if we try again later."""

    def __init__(self, message: str | None = None, *, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait  # seconds the provider asked us to wait, where it did


class Permanent(Trouble):
    """It will never work as it stands."""


class PersonUnreachable(Permanent):
    """This person has blocked us or opted out; stop writing to them."""


class OutsideWindow(Permanent):
    """WhatsApp's 24 hours since the person's last message are over; only a template passes."""


class Unknown(Trouble):
    """The provider did not say whether it accepted; a second attempt may double it."""


class Misconfigured(Permanent):
    """The provider refuses our account or our sender; staff must look."""


class Conflict(Trouble):
    """Things have changed since they were read: read again and decide anew."""
