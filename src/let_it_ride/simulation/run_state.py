"""How far the run in a directory has come, seen from outside."""

from enum import Enum


class RunState(Enum):
    """Whether a run is played, can be gone on with, or is done; the value is a word for it."""

    RUNNING = "running"
    UNFINISHED = "unfinished"
    COMPLETE = "complete"
    DAMAGED = "damaged"
