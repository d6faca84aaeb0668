"""[simulation]: how many sessions, how long, and how the work is done."""

from typing import Annotated, Final, Literal

from let_it_ride.config.quantities import Whole
from let_it_ride.config.section import Section, setting

#: More processes than this share no run.
MOST_WORKERS: Final = 256


class SimulationConfig(Section, title="Simulation"):
    """How many sessions are played, how long they are, and how the work is shared and checked."""

    num_sessions: Annotated[int, Whole(1, 1_000_000_000)] = setting(
        1_000_000,
        "Sessions",
        "How many sessions to play. With several seats this is the number of tables, and each "
        "seat gives a session; with total rounds, as many as come.",
        unit="sessions",
    )
    hands_per_session: Annotated[int, Whole(1, 10_000)] = setting(
        200,
        "Hands per session",
        "The most hands a session lasts. A stop condition can end it sooner.",
        unit="hands",
    )
    random_seed: Annotated[int, Whole(0, 2**63 - 1)] | None = setting(
        None,
        "Random seed",
        "The same seed deals the same cards again, on any machine. Without one, the system gives "
        "a seed that is shown and recorded with the run.",
        absent="a fresh seed for every run",
    )
    workers: Annotated[int | Literal["auto"], Whole(1, MOST_WORKERS, words=("auto",))] = setting(
        "auto",
        "Workers",
        "How many processes share the work; 1 plays every session in turn. The results are the "
        "same for any number.",
        unit="processes",
        choices={"auto": "As many as there are processors this program may use."},
    )
    progress_interval: Annotated[int, Whole(1, 1_000_000_000)] = setting(
        10_000,
        "Progress interval",
        "A worker reports its progress after at least this many sessions, and at most ten times a "
        "second.",
        unit="sessions",
    )
    verify: Literal["auto", "full", "sample", "off"] = setting(
        "auto",
        "Verify",
        "After a parallel run, play sessions again in turn and compare the results bit for bit.",
        choices={
            "auto": "Every session up to ten million, a sample above.",
            "full": "Every session, however many.",
            "sample": "Some blocks spread over every worker's share.",
            "off": "None.",
        },
    )
    generator: Literal["xoshiro256++", "chacha20"] = setting(
        "xoshiro256++",
        "Random numbers",
        "Which generator deals. Two runs that differ in nothing else show that no result depends "
        "on it.",
        choices={
            "xoshiro256++": "The fast one.",
            "chacha20": "A cipher: slower, and of another family altogether.",
        },
    )
    record_hands: Annotated[int, Whole(0, 100_000)] = setting(
        0,
        "Sessions to log",
        "Write a hand-by-hand log of this many first sessions: PREFIX-hands.csv, with the run's "
        "other files or, if it writes none, in the output directory.",
        unit="sessions",
    )
