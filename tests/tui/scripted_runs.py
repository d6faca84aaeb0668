"""Runs that follow a script, so that each state of a run can be looked at at leisure."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from let_it_ride.analysis.agreement import (
    About,
    Agreement,
    ChiSquare,
    Compared,
    Comparison,
    FrequencyTest,
    Unit,
)
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.simulation.equality import Difference, Equivalence
from let_it_ride.simulation.errors import RunCancelledError
from let_it_ride.simulation.estimates import Check, Estimate
from let_it_ride.simulation.extremes import Extremes
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerProgress, WorkerState
from let_it_ride.simulation.provenance import Provenance
from let_it_ride.simulation.seat_summary import SeatCorrelation, SeatSummary
from let_it_ride.simulation.summary import Summary

if TYPE_CHECKING:
    from pathlib import Path

SESSIONS = 1_000_000
DIGEST = "74cefbcaa5a8882f06fd86e050fbb2599e77b37e791a20d27c1e7f0e1d4f5c6d"
OTHER_DIGEST = "7e30d1b85a24c6f993bb07d1e64a8f25c01d97e3f8a65b2c4de9017f36c8ba54"


@dataclass
class ScriptedResults:
    """Results that were written down."""

    summary: Summary
    equivalence: Equivalence | None
    digest: str
    provenance: Provenance
    is_closed: bool = False

    def close(self) -> None:
        self.is_closed = True


@dataclass
class Script:
    """What a run does: its reports, then its ending, when it is let go on.

    Attributes:
        reports: what it tells of its progress.
        ending: what it gives, or raises.
        goes_on: whether it ends by itself, or is held at its last report.
        files: what it writes, or what keeps it from writing.
        compared: what comparing it with the exact law gives.
        leaves: what it writes into its directory, by the names of the files.
    """

    reports: Sequence[RunProgress] = ()
    ending: Any = None
    goes_on: bool = True
    files: Any = ()
    compared: Compared = field(default_factory=lambda: COMPARED)
    leaves: dict[str, str] = field(default_factory=dict)
    runs: list["ScriptedRunner"] = field(default_factory=list)

    def __call__(
        self,
        config: FullConfig,
        directory: "Path | None",
        progress: Callable[[RunProgress], None],
    ) -> "ScriptedRunner":
        for name, text in self.leaves.items():
            assert directory is not None
            (directory / name).write_text(text)
        self.runs.append(ScriptedRunner(self, config, progress))
        return self.runs[-1]

    def again(self, directory: "Path", progress: Callable[[RunProgress], None]) -> "ScriptedRunner":
        """Go on with a run, or read it back."""
        return self(FullConfig(), directory, progress)


class ScriptedRunner:
    """A runner that follows a script."""

    def __init__(
        self, script: Script, config: FullConfig, progress: Callable[[RunProgress], None]
    ) -> None:
        self.config = config
        self.files: Sequence[Path] = ()
        self.compared = script.compared
        self._script = script
        self.tell = progress
        self._cancelled = threading.Event()
        self.reported = threading.Event()
        self.go_on = threading.Event()

    def run(self) -> ScriptedResults:
        for report in self._script.reports:
            self.tell(report)
        self.reported.set()
        while not self._script.goes_on and not self.go_on.wait(0.005):
            if self._cancelled.is_set():
                done = self._script.reports[-1].completed if self._script.reports else 0
                raise RunCancelledError(done, SESSIONS)
        ending = self._script.ending
        if isinstance(ending, BaseException):
            raise ending
        return ending or results()

    def export(self, _results: ScriptedResults) -> None:
        if isinstance(self._script.files, BaseException):
            raise self._script.files
        self.files = self._script.files

    def cancel(self) -> None:
        self._cancelled.set()


def held(*reports: RunProgress) -> Script:
    """A run that stays at its last report until it is cancelled."""
    return Script(reports, goes_on=False)


def ending(
    what: ScriptedResults | LetItRideError | Exception | None = None,
    compared: Compared | None = None,
) -> Script:
    """A run that is over at once."""
    return Script(ending=what, compared=compared or COMPARED)


def workers(
    *fractions: float, state: WorkerState = WorkerState.PLAYING
) -> tuple[WorkerProgress, ...]:
    """Workers that have come so far with their batches."""
    batch = SESSIONS // len(fractions)
    return tuple(
        WorkerProgress(
            worker,
            WorkerState.DONE if fraction == 1 else state if fraction else WorkerState.STARTING,
            round(batch * fraction),
            batch,
            1.5 if fraction else 0.0,
        )
        for worker, fraction in enumerate(fractions)
    )


def playing(*fractions: float) -> RunProgress:
    """A report of workers that have come so far."""
    those = workers(*fractions)
    completed = sum(each.completed for each in those)
    return RunProgress(Phase.PLAYING, completed, SESSIONS, 1.5, workers=those)


def phase(which: Phase, fraction: float) -> RunProgress:
    """A report of a phase without workers."""
    return RunProgress(which, round(SESSIONS * fraction), SESSIONS, 2.0)


def equal(compared: int = SESSIONS) -> Equivalence:
    """The verdict of runs that are equal."""
    return Equivalence(compared, SESSIONS, DIGEST, DIGEST, None, 2.25)


def different() -> Equivalence:
    """The verdict of runs that differ."""
    difference = Difference(session=271_828, column="profit", parallel=-12_500, sequential=2_500)
    return Equivalence(SESSIONS, SESSIONS, DIGEST, OTHER_DIGEST, difference, 2.25)


def results(
    equivalence: Equivalence | None = None, *, workers: int = 4, **summary: object
) -> ScriptedResults:
    """The results of a run of a million sessions, with what is to be otherwise in its summary."""
    origin = replace(PROVENANCE, workers=workers)
    return ScriptedResults(replace(SUMMARY, **summary), equivalence, DIGEST, origin)  # type: ignore[arg-type]


#: What the configuration of the scenes gives with its seed.
SUMMARY = Summary(
    bet_failures=0,
    bonus_failures=0,
    jackpots=0,
    sessions=SESSIONS,
    rounds=190_148_196,
    won=323_309,
    lost=666_837,
    even=9_854,
    win_rate=Estimate(0.323309, 0.322393, 0.324226),
    loss_rate=Estimate(0.666837, 0.665913, 0.667760),
    push_rate=Estimate(0.009854, 0.009662, 0.010050),
    mean_profit=Estimate(-3275.3, -3347.2, -3203.5),
    std_profit=36_655.9,
    percentiles={
        1: -40_000,
        5: -31_500,
        25: -18_000,
        50: -7_500,
        75: 4_500,
        95: 32_500,
        99: 77_000,
    },
    min_profit=-50_000,
    max_profit=1_524_000,
    extremes=Extremes(worst=4_711, best=628_318, deepest=271_828),
    mean_hands=190.148196,
    min_hands=1,
    max_hands=200,
    stop_reasons={
        "win_limit": 106_662,
        "loss_limit": 2,
        "max_hands": 891_824,
        "insufficient_funds": 1_512,
    },
    mean_main_wagered=116_348.8,
    mean_bonus_wagered=0.0,
    mean_bonus_profit=0.0,
    mean_drawdown=20_385.7,
    median_drawdown=19_500,
    max_drawdown=59_000,
    house_edge=Check(0.03445041, 0.03505679, -1.62),
    bonus_house_edge=None,
    seats=(),
    seat_correlation=None,
)
_BONUS_EDGE = Check(0.04498068, 0.04488688, 0.42)
BONUS: dict[str, Any] = {
    "mean_bonus_wagered": 18_865.6,
    "mean_bonus_profit": -848.6,
    "bonus_house_edge": _BONUS_EDGE,
}
AT_TABLES: dict[str, Any] = {
    "seats": tuple(
        SeatSummary(
            seat,
            250_000,
            Estimate(0.3231 + seat / 1e4, 0.3213, 0.3249),
            Estimate(-3255.7 - 13.1 * seat, -3399.4 - 13.1 * seat, -3112.0 - 13.1 * seat),
            36_655.9,
            190.15,
        )
        for seat in range(4)
    ),
    "seat_correlation": SeatCorrelation(
        tuple(tuple(1.0 if a == b else 0.0061 for a in range(4)) for b in range(4)), 0.0046, None
    ),
}
PROVENANCE = Provenance(
    version="0.1.0",
    python="3.11.0",
    numpy="2.0.0",
    numba="0.61.0",
    platform="Linux x86_64",
    seed=20_260_101,
    generator="xoshiro256++",
    workers=4,
    sessions=SESSIONS,
    tables=SESSIONS,
    block_tables=15_625,
    started="2026-01-01T00:00:00+00:00",
    seconds_playing=1.234,
)

_COMPARISONS = (
    Comparison(About.SESSION, "win_probability", Unit.SHARE, 0.323309, 0.3229501, 0.77),
    Comparison(About.SESSION, "mean_profit", Unit.CENTS, -3275.3, -3333.2, 1.61),
    Comparison(About.SESSION, "std_profit", Unit.CENTS, 36_655.9, 35_836.9, 1.55),
    Comparison(About.SESSION, "percentile_99", Unit.CENTS, 77_000, 76_500, 1.42),
    Comparison(About.SESSION, "stop_reason.win_limit", Unit.SHARE, 0.106662, 0.1066512, 0.03),
    Comparison(About.SESSION, "mean_hands", Unit.HANDS, 190.148196, 190.158576, -0.31),
    Comparison(About.SESSION, "mean_main_wagered", Unit.CENTS, 116_348.8, 116_352.1, -0.18, False),
    Comparison(About.ROUND, "house_edge", Unit.SHARE, 0.03445041, 0.03505679, -1.62),
    Comparison(About.ROUND, "bets_in_action.3", Unit.SHARE, 0.069541, 0.0695361, 0.27),
    Comparison(About.ROUND, "categories.royal_flush", Unit.SHARE, 1.52e-6, 1.539e-6, -0.21),
    Comparison(About.ROUND, "categories.pair_tens_or_better", Unit.SHARE, 0.16253, 0.16252, 0.08),
)
_FREQUENCIES = (
    FrequencyTest("profits", SESSIONS, 50, 0, ChiSquare(48.2, 49, 0.5067), 1.0),
    FrequencyTest("stop_reasons", SESSIONS, 4, 0, ChiSquare(3.2, 3, 0.3618), 1.0),
    FrequencyTest("hands", SESSIONS, 60, 0, ChiSquare(52.9, 59, 0.6992), 1.0),
    FrequencyTest("deals", 190_148_196, 3425, 0, ChiSquare(3343.8, 3424, 0.8348), 1.0),
)
COMPARED = Compared(Agreement(_COMPARISONS, _FREQUENCIES))
DISAGREEING = Compared(
    Agreement(
        _COMPARISONS,
        (
            FrequencyTest("profits", SESSIONS, 50, 3, ChiSquare(312.4, 49, 4.1e-40), 2.7e-33),
            *_FREQUENCIES[1:],
        ),
    )
)
ROUNDS_ALONE = Compared(
    Agreement(
        _COMPARISONS[-4:],
        _FREQUENCIES[-1:],
        refusal="These sessions are not solved exactly: the meter of the progressive bonus makes"
        " every session a story of its own. With another bonus pay table, or without a bonus bet,"
        " they are solved.",
    )
)
NOT_COMPARED = Compared(why_not="The comparison was stopped before its end.")
