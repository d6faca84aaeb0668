"""How far the run in a directory has come, seen from outside."""

from enum import Enum


class RunState(Enum):
    """Whether a run is played, can be gone on with, or is done; the value is a word for it."""

    RUNNING = "running"
    UNFINISHED = "unfinished"
    COMPLETE = "complete"
    DAMAGED = "damaged"


class RunCheck(Enum):
    """What is known of a run's equivalence to sequential play."""

    NONE = ""
    """Nothing: it is not complete, or was played in sequence."""
    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_CHECKED = "not checked"
    """It was played in parallel, and the check was stopped or not wanted."""
