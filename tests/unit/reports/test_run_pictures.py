"""What pictures of a run show, against counting its sessions one by one."""

from collections import Counter
from collections.abc import Callable
from math import ceil
from threading import Event

import numpy as np
import pytest

from let_it_ride.analysis.agreement import Agreement
from let_it_ride.analysis.comparing_sessions import SeenSessions, compare_sessions
from let_it_ride.analysis.solving import solve
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig, parse_config
from let_it_ride.planning import compile_plan
from let_it_ride.reports.pictures import paths as paths_module
from let_it_ride.reports.pictures.drawdowns import Drawdowns
from let_it_ride.reports.pictures.paths import BANDS, Fan, fan_of
from let_it_ride.reports.pictures.profits import RunProfits
from let_it_ride.reports.pictures.ruin import alone, axes_of, bankrolls, ruin_words
from let_it_ride.reports.pictures.seats import reach_of_means
from let_it_ride.reports.pictures.shares import (
    Share,
    bonus_shares,
    hand_shares,
    reason_shares,
    reasons_of,
)
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.estimates import Estimate
from let_it_ride.simulation.frequencies import FrequencyTable
from let_it_ride.simulation.places import find_place
from let_it_ride.simulation.replay import Replay, Replayer
from let_it_ride.simulation.results import SimulationResults

SESSIONS = 120

CONFIG = parse_config(
    """\
[simulation]
num_sessions = 120
hands_per_session = 40
random_seed = 7
workers = 1

[bankroll.stop_conditions]
win_limit = 60.00
loss_limit = 100.00

[bonus_strategy]
type = "always"
amount = 5.00
"""
)
TABLES = CONFIG.model_copy(
    update={
        "table": CONFIG.table.model_copy(update={"num_seats": 3}),
        "simulation": CONFIG.simulation.model_copy(update={"num_sessions": 12}),
    }
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Callable[[FullConfig], SimulationResults]:
    """Plays a configuration, once."""
    there: dict[int, SimulationResults] = {}

    def play(config: FullConfig) -> SimulationResults:
        key = config.table.num_seats
        if key not in there:
            directory = tmp_path_factory.mktemp("run") / "run"
            there[key] = SimulationController(config, directory=directory).run()
        return there[key]

    return play


@pytest.fixture
def results(kept: Callable[[FullConfig], SimulationResults]) -> SimulationResults:
    return kept(CONFIG)


def _replayed(config: FullConfig, sessions: int) -> list[Replay]:
    """The first sessions of a run, hand by hand."""
    replayer = Replayer(config)
    places = (find_place(replayer.plan, 7, session) for session in range(sessions))
    return [replayer.replay(place) for place in places]


def test_reasons_are_those_of_the_sessions_over_those_of_the_law(
    results: SimulationResults,
) -> None:
    law = solve(compile_plan(CONFIG))
    shares = reason_shares(results, law, None)
    counted = Counter(session.stop_reason for session in results)
    assert [(each.name, each.seen, each.of) for each in shares] == [
        ("Win limit reached", counted[StopReason.WIN_LIMIT], SESSIONS),
        ("Loss limit reached", counted[StopReason.LOSS_LIMIT], SESSIONS),
        ("All hands played", counted[StopReason.MAX_HANDS], SESSIONS),
    ]
    assert sum(each.exact or 0 for each in shares) == pytest.approx(1)
    assert all(each.exact is None for each in reason_shares(results, None, None))


def test_shares_of_reasons_at_tables_are_of_the_seat_that_their_z_is_of(
    kept: Callable[[FullConfig], SimulationResults],
) -> None:
    results = kept(TABLES)
    law = solve(compile_plan(CONFIG))
    seen = SeenSessions({})
    for records in results.columns():
        seen.add(records, results.plan)
    comparisons, tests = compare_sessions(law, seen)
    first, of = "the first seat of every table", TABLES.simulation.num_sessions
    agreement = Agreement(tuple(comparisons), tuple(tests), numbers_of=first, numbers_from=of)
    shares = reason_shares(results, law, agreement)
    counted = Counter(session.stop_reason for session in results if session.seat == 1)
    assert [each.seen for each in shares] == [
        counted[StopReason.WIN_LIMIT],
        counted[StopReason.LOSS_LIMIT],
        counted[StopReason.MAX_HANDS],
    ]
    for each in shares:
        assert each.of == of
        assert each.exact is not None
        assert each.z is not None
        assert each.z * (each.share - each.exact) > 0
    assert first in reasons_of(law, agreement)
    assert reasons_of(law, None) == "this run"


def test_hands_are_those_that_were_dealt_over_those_of_all_hands(
    results: SimulationResults,
) -> None:
    made = Counter[str]()
    bonus = Counter[str]()
    for session in _replayed(CONFIG, SESSIONS):
        for hand in session.hands:
            made[hand.category.key] += 1
            bonus[hand.bonus_category.key] += 1
    shares = hand_shares(results, None)
    assert {each.name: each.seen for each in shares if each.seen} == {
        key.replace("_", " ").capitalize(): times for key, times in made.items()
    }
    assert {each.of for each in shares} == {sum(made.values())}
    # Of the 2,598,960 hands of five cards, the rarest first.
    ways = [4, 36, 624, 3744, 5108, 10200, 54912, 123552, 422400, 1978380]
    exact = [each.exact or 0 for each in sorted(shares, key=lambda each: each.exact or 0)]
    assert exact == pytest.approx([each / 2598960 for each in ways])
    three = {each.name: each.seen for each in bonus_shares(results, None)}
    assert three["Pair"] == bonus["pair"]
    assert three["Flush"] == bonus["flush"]


def test_no_bonus_has_no_hands(results: SimulationResults) -> None:
    class WithoutBonus:
        dealt = results.dealt

        class aggregates:  # noqa: N801  stands for an attribute
            sums = {"bonus_wagered": 0}  # noqa: RUF012

    assert bonus_shares(WithoutBonus(), None) == []  # type: ignore[arg-type]


def test_falls_are_in_the_bins_of_their_depth(results: SimulationResults) -> None:
    deepest = sorted(session.max_drawdown for session in results)
    for most in (5, 12, 40):
        falls = Drawdowns.of(results.aggregates.drawdowns, most)
        assert len(falls.shares) <= most
        counted = Counter(fall // falls.width for fall in deepest)
        assert [round(SESSIONS * share) for share in falls.shares] == [
            counted[place] for place in range(len(falls.shares))
        ]
        beyond = sum(fall >= falls.end for fall in deepest)
        assert falls.beyond * SESSIONS == pytest.approx(beyond)
        assert beyond <= SESSIONS / 100
        assert falls.width % 500 == 0  # as all of them are


def test_falls_of_nothing_are_in_one_bin() -> None:
    falls = Drawdowns.of(FrequencyTable.of(np.zeros(10, dtype=np.int64)), 30)
    assert falls.shares == [1.0]
    assert falls.beyond == 0


def test_profits_are_in_the_bins_of_the_law(results: SimulationResults) -> None:
    law = solve(compile_plan(CONFIG))
    profits = RunProfits(results, law, CONFIG.bankroll.stop_conditions)
    bins, seen = profits.bins(20)
    counted = Counter((session.profit - bins.start) // bins.width for session in results)
    assert [round(SESSIONS * share) for share in seen.chances] == [
        counted[k] for k in range(len(bins))
    ]
    exact = dict(zip(law.profits.tolist(), law.by_profit.tolist(), strict=True))
    for place in range(len(bins)):
        least, most = bins.bounds(place)
        chance = sum(exact.get(profit, 0) for profit in range(least, most + 1))
        assert bins.chances[place] == pytest.approx(chance)
    assert profits.limits == [("Loss limit", -10_000), ("Win limit", 6_000)]
    assert profits.highest(bins, seen) >= seen.chances[bins.chances <= bins.top].max()


@pytest.mark.parametrize("config", [CONFIG, TABLES], ids=["alone", "at a table"])
def test_a_fan_is_laid_over_the_money_of_replayed_sessions(
    kept: Callable[[FullConfig], SimulationResults], config: FullConfig
) -> None:
    results = kept(config)
    shares: list[float] = []
    fan = fan_of(config, results, Event(), shares.append)
    assert fan is not None
    sessions = len(results)
    assert fan.sessions == sessions
    assert len(shares) == sessions
    assert shares[-1] == 1
    paths = [session.bankrolls for session in _replayed(config, sessions)]
    samples = [paths[sessions * quarter // 4] for quarter in range(4)]
    assert [tuple(path.tolist()) for path in fan.samples] == samples
    assert fan.hands == max(map(len, paths)) - 1
    for hands in range(fan.hands + 1):
        stood = sorted(path[min(hands, len(path) - 1)] for path in paths)
        for share in BANDS:
            assert fan.bands[share][hands] == stood[ceil(share * sessions / 100) - 1]
        playing = sum(len(path) - 1 > hands for path in paths)
        assert fan.playing[hands] == pytest.approx(playing / sessions)


def test_a_fan_of_some_sessions_is_of_those_spread_over_the_run(
    results: SimulationResults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths_module, "_MOST_SESSIONS", 4)
    monkeypatch.setattr(paths_module, "_LEAST_SESSIONS", 4)
    fan = fan_of(CONFIG, results, Event())
    assert fan is not None
    paths = [session.bankrolls for session in _replayed(CONFIG, SESSIONS)]
    assert fan.sessions == 4
    assert [tuple(path.tolist()) for path in fan.samples] == paths[::30]


def test_a_fan_of_long_sessions_looks_at_fewer_moments() -> None:
    rng = np.random.default_rng(5)
    paths = [np.cumsum(rng.integers(-5, 6, hands + 1)) for hands in (7, 90, 0, 33, 64)]
    fan = Fan.of(iter(paths), most=12)
    assert (fan.hands, fan.stride, len(fan.playing)) == (90, 8, 13)
    for moment in range(13):
        hands = moment * 8
        stood = sorted(int(path[min(hands, len(path) - 1)]) for path in paths)
        assert [int(fan.bands[share][moment]) for share in BANDS] == [
            stood[ceil(share * 5 / 100) - 1] for share in BANDS
        ]
        assert fan.playing[moment] == sum(len(path) - 1 > hands for path in paths) / 5
    assert [len(sample) for sample in fan.samples] == [2, 13, 1, 6]
    assert [int(sample[-1]) for sample in fan.samples] == [int(path[-1]) for path in paths[:4]]
    assert [fan.hands_at(moment) for moment in (0, 5, 12)] == [0, 40, 90]


def test_a_fan_of_one_session_is_its_line() -> None:
    path = np.array([500, 450, 600])
    fan = Fan.of([path])
    assert all((band == path).all() for band in fan.bands.values())
    assert fan.playing.tolist() == [1, 1, 0]


def test_nobody_plays_again_for_nothing(results: SimulationResults) -> None:
    stopped = Event()
    told: list[float] = []

    def tell(share: float) -> None:
        told.append(share)
        stopped.set()

    assert fan_of(CONFIG, results, stopped, tell) is None
    assert len(told) == 1


def test_the_means_of_all_seats_are_in_sight(
    kept: Callable[[FullConfig], SimulationResults],
) -> None:
    results = kept(TABLES)
    low, high = reach_of_means(results.summary, None)
    for seat in range(3):
        profits = [session.profit for session in results if session.seat == seat + 1]
        assert low < sum(profits) / len(profits) < high


def test_bankrolls_go_to_twice_that_of_the_run_which_is_among_them() -> None:
    values = bankrolls(CONFIG)
    assert [float(value) for value in values] == [50.0 * k for k in range(1, 21)]
    loss, money = axes_of(CONFIG)
    assert loss.values == (None,)
    assert money.values == values


def test_a_seat_is_taken_alone_where_that_is_the_same() -> None:
    assert alone(TABLES).table.num_seats == 1
    closing = TABLES.table.model_copy(update={"total_rounds": 30})
    assert alone(TABLES.model_copy(update={"table": closing})).table.num_seats == 3


def test_nothing_is_said_of_ruin_before_it_is_known() -> None:
    told = ruin_words([], 50_000, had_loss_limit=True)
    assert "The loss limit of the run is left out" in told
    assert "exact" not in told


@pytest.mark.parametrize("times_as_wide", [1, 2])
def test_the_interval_of_a_share_has_the_standard_error_that_z_is_told_in(times_as_wide: int):
    error = times_as_wide * (0.002 * 0.998 / 1000) ** 0.5
    share = Share("", 3, 1000, 0.002, (0.003 - 0.002) / error)
    told = Estimate.of_share(3, 1000, effective=1000 / times_as_wide**2)
    assert share.interval is not None
    assert share.interval.low == pytest.approx(told.low)
    assert share.interval.high == pytest.approx(told.high)
    assert Share("", 3, 1000, 0.002).interval is None
    assert Share("", 2, 1000, 0.002, 0.0).interval == Estimate.of_share(2, 1000)
