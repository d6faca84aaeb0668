"""The base of every error this package raises on purpose.

A `LetItRideError` carries data, and its text is one that a user can act on: what is wrong,
where, and what to do. The command line prints it as it is; a traceback of one is never shown.
"""

from typing import ClassVar


class LetItRideError(Exception):
    """Something a user can understand and mend.

    Attributes:
        exit_code: what the command line exits with: 2 where what was asked for is wrong, 1 where
            it was right and failed.
    """

    exit_code: ClassVar[int] = 2
