"""The base of every error this package raises on purpose.

A `LetItRideError` carries data, and its text is one that a user can act on: what is wrong,
where, and what to do. The command line prints it as it is; a traceback of one is never shown.
"""


class LetItRideError(Exception):
    """Something a user can understand and mend."""
