"""What a run is doing, in words."""

from typing import Final

from let_it_ride.simulation.progress import Phase

PHASE_WORDS: Final = {
    Phase.PLANNING: "Working out the play for the goal",
    Phase.COMPILING: "Compiling for this machine, once",
    Phase.CHECKING: "Reading what is there",
    Phase.SEEDING: "Drawing the seeds",
    Phase.PLAYING: "Playing",
    Phase.VERIFYING: "Verifying: playing again in sequence",
    Phase.SUMMARISING: "Adding up",
    Phase.COMPARING: "Comparing with the exact law",
    Phase.EXPORTING: "Writing the sessions",
    Phase.LOGGING: "Writing the hands",
}

SHORT_PHASE_WORDS: Final = PHASE_WORDS | {
    Phase.PLANNING: "Planning the play",
    Phase.COMPILING: "Compiling, once",
    Phase.CHECKING: "Reading",
    Phase.VERIFYING: "Verifying",
    Phase.COMPARING: "Comparing",
    Phase.EXPORTING: "Writing sessions",
    Phase.LOGGING: "Writing hands",
}
"""The same for a line that has to have room for numbers."""
