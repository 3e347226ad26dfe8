"""What a command cannot be run with: exit code 2."""

from models.errors import Permanent


class Unusable(Permanent):
    """The command cannot be run as it was written."""
