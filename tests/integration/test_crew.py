"""Many configurations solved and played by processes that share the work."""

import time
from threading import Event

import pytest

from let_it_ride.analysis.axes import VariationError, parse_axis
from let_it_ride.analysis.comparing import compare, differing_settings
from let_it_ride.analysis.crew import (
    Watching,
    exact_figures_of_many,
    figures_of_many,
    sums_of_many,
)
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Figures, exact_figures_of, figures_of
from let_it_ride.analysis.measures import MEASURES, measure_named
from let_it_ride.analysis.service import SolvingCancelledError, SolvingFailedError
from let_it_ride.analysis.solving import NotSolvableError
from let_it_ride.analysis.sweep import Cell, sweep
from let_it_ride.analysis.variations import variations
from let_it_ride.config import FullConfig, parse_config
from process_family import no_worker_is_left, workers_at_work

SEATS = parse_config("[simulation]\nhands_per_session = 30\n[table]\nnum_seats = 2\n")
DEALING = Dealing(500, 3)


def limits(values: str) -> list[FullConfig]:
    axes = [parse_axis(f"win_limit={values}"), parse_axis(f"loss_limit={values}")]
    configs = [each.config for each in variations(FullConfig(), axes)]
    return [config for config in configs if config is not None]


def are_alike(one: Figures | NotSolvableError, other: Figures) -> bool:
    """Whether figures are the same: simulated ones to the bit, exact ones but for rounding."""
    assert isinstance(one, Figures)
    if one.why_simulated or other.why_simulated:
        return one == other
    pairs = ((one.estimates, other.estimates), (one.differences, other.differences))
    return all(
        [each.value for each in mine]
        == pytest.approx([each.value for each in others], rel=1e-9, abs=1e-9)
        and all(each.low == each.value == each.high for each in (*mine, *others))
        for mine, others in pairs
    )


def watching() -> Watching:
    return Watching(Event())


def test_cells_equal_what_each_gives_by_itself_with_any_number_of_processes_in_any_order() -> None:
    configs = [*limits("50:150:50"), SEATS]
    alone = {number: figures_of(config, DEALING) for number, config in enumerate(configs)}
    assert not alone[9].is_exact
    for workers in (1, 2, 5, None):
        found = dict(figures_of_many(configs, DEALING, watching(), workers))
        assert found.keys() == alone.keys()
        assert all(are_alike(found[number], alone[number]) for number in alone)
    backwards = dict(figures_of_many(configs[::-1], DEALING, watching(), 3))
    assert all(are_alike(backwards[9 - number], alone[number]) for number in alone)


def test_sums_are_the_same_with_any_number_of_processes() -> None:
    configs = [FullConfig(), SEATS]
    whole = sums_of_many(configs, DEALING, watching(), 1)
    for workers in (2, 3):
        for one, other in zip(
            whole, sums_of_many(configs, DEALING, watching(), workers), strict=True
        ):
            assert one.tables == other.tables == DEALING.sessions
            for name in ("totals", "squares", "products", "crossed"):
                assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_what_cannot_be_solved_says_so_where_only_exact_figures_are_asked_for() -> None:
    found = dict(exact_figures_of_many([SEATS, FullConfig()], watching(), 2))
    assert isinstance(found[0], NotSolvableError)
    assert "seats of a table share cards" in str(found[0])
    assert are_alike(found[1], exact_figures_of(FullConfig()))


def test_beside_a_configuration_each_has_its_differences_exact_or_paired() -> None:
    configs = [*limits("100,200")[:2], SEATS]
    for workers in (1, 3):
        found = dict(figures_of_many(configs, DEALING, watching(), workers, FullConfig()))
        base = exact_figures_of(FullConfig())
        for number in (0, 1):
            exact = exact_figures_of(configs[number]).exactly_beside(base)
            assert are_alike(found[number], exact)
            for measure in MEASURES:
                apart = exact.of(measure).value - base.of(measure).value
                assert exact.apart().of(measure).value == apart
        first, own = sums_of_many([FullConfig(), SEATS], DEALING, watching(), 2)
        assert not found[2].is_exact
        for measure in MEASURES:
            assert found[2].of(measure) == own.estimate(measure, 52)
            assert found[2].apart().of(measure) == own.difference(first, measure, 52, 52)


def test_beside_one_that_cannot_be_solved_everything_is_simulated() -> None:
    found = dict(figures_of_many([FullConfig()], DEALING, watching(), 1, SEATS))
    assert "What is varied: These sessions are not solved exactly" in found[0].why_simulated
    first, own = sums_of_many([SEATS, FullConfig()], DEALING, watching(), 1)
    for measure in MEASURES:
        assert found[0].of(measure) == own.estimate(measure, 52)
        assert found[0].apart().of(measure) == own.difference(first, measure, 52, 52)


def test_progress_rises_to_the_whole() -> None:
    shares: list[float] = []
    list(figures_of_many(limits("50:200:50"), DEALING, Watching(Event(), shares.append), 2))
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_whoever_cancels_waits_no_longer_and_leaves_no_process_behind() -> None:
    slow = parse_config("[simulation]\nhands_per_session = 5000\n")
    cancelled = Event()

    def cancel_soon(_share: float) -> None:
        cancelled.set()

    began = time.monotonic()
    with pytest.raises(SolvingCancelledError):
        list(figures_of_many([slow] * 4, DEALING, Watching(cancelled, cancel_soon), 2))
    assert time.monotonic() - began < 5
    many = Dealing(50_000_000, 1)
    cancelled.clear()
    with pytest.raises(SolvingCancelledError):
        sums_of_many([SEATS], many, Watching(cancelled, cancel_soon), 2)
    assert no_worker_is_left()


def test_a_process_that_fails_is_told_of() -> None:
    class Broken:
        table = FullConfig().table
        strategy = FullConfig().strategy

        def model_dump_json(self) -> str:
            return "no configuration"

    with pytest.raises(SolvingFailedError, match="ValidationError"):
        list(figures_of_many([Broken()], DEALING, watching(), 1))  # type: ignore[list-item]
    assert no_worker_is_left()


def test_a_process_that_is_killed_is_told_of() -> None:
    def kill(_share: float) -> None:
        for worker in workers_at_work():
            worker.kill()

    with pytest.raises(SolvingFailedError, match="was killed by SIGKILL"):
        sums_of_many([SEATS], Dealing(50_000_000, 1), Watching(Event(), kill), 2)
    assert no_worker_is_left()


def test_a_sweep_tells_each_cell_as_soon_as_it_is_known() -> None:
    axes = [parse_axis("starting_amount=10,500"), parse_axis("win_limit=50:150:50")]
    told: dict[int, Cell] = {}
    swept = sweep(FullConfig(), axes, DEALING, watching(), known=told.__setitem__)
    assert [told[number] for number in range(6)] == list(swept.cells)
    assert [bool(cell.flaw) for cell in swept.cells] == [True] * 3 + [False] * 3
    assert swept.flawed == swept.cells[:3]
    assert swept.simulated == ()
    for cell, limit in zip(swept.cells[3:], (50, 100, 150), strict=True):
        config = parse_config(f"[bankroll.stop_conditions]\nwin_limit = {limit}\n")
        assert cell.figures is not None
        assert are_alike(cell.figures, exact_figures_of(config))


def test_a_sweep_without_a_valid_configuration_is_refused() -> None:
    with pytest.raises(VariationError, match=r"the first: bankroll\.starting_amount: does not pay"):
        sweep(FullConfig(), [parse_axis("starting_amount=10,14")], DEALING, watching())


def test_configurations_that_can_be_solved_are_compared_exactly() -> None:
    first, other = limits("100,150")[:2]
    comparison = compare([("a", first), ("b", other)], DEALING, watching())
    assert comparison.dealing is None
    assert comparison.settings == (("bankroll.stop_conditions.loss_limit", ("100.00", "150.00")),)
    exact = [exact_figures_of(config) for config in (first, other)]
    exact = [each.exactly_beside(exact[0]) for each in exact]
    for each, figures in zip(comparison.compared, exact, strict=True):
        assert are_alike(each.figures, figures)
        for measure in MEASURES:
            assert each.difference(measure) == each.figures.apart().of(measure)


def test_beside_one_that_cannot_be_solved_all_are_simulated_with_the_same_deals() -> None:
    configs = [FullConfig(), limits("100")[0], SEATS]
    comparison = compare(list(zip("abc", configs, strict=True)), DEALING, watching(), 2)
    assert comparison.dealing == DEALING
    assert comparison.why_simulated.startswith("c: ")
    sums = sums_of_many(configs, DEALING, watching(), 3)
    for each, own in zip(comparison.compared, sums, strict=True):
        assert not each.figures.is_exact
        simulated = Figures.simulated(own, 52, comparison.why_simulated)
        assert each.figures.estimates == simulated.estimates
        ahead = measure_named("ahead")
        assert each.difference(ahead) == own.difference(sums[0], ahead, 52, 52)


def test_nobody_goes_on_solving_while_what_cannot_be_solved_is_simulated() -> None:
    slow = parse_config("[simulation]\nhands_per_session = 10000\n")
    at_work: list[int] = []

    def count(_share: float) -> None:
        at_work.append(len(list(workers_at_work())))

    named = [("a", slow), ("b", SEATS)]
    comparison = compare(named, Dealing(2000, 1), Watching(Event(), count), 2)
    assert comparison.why_simulated.startswith("b: ")
    assert max(at_work) == 2


def test_settings_that_differ_are_told_with_every_value() -> None:
    other = parse_config(
        '[metadata]\nname = "x"\n[bankroll.betting_system]\ntype = "steps"\n'
        "steps = [{bet = 5, win = 1, loss = 2}, {bet = 10, win = 1, loss = 1}]\n"
    )
    told = dict(differing_settings([FullConfig(), other]))
    assert told["bankroll.betting_system.type"] == ('"flat"', '"steps"')
    assert told["bankroll.betting_system.steps[1].bet"] == ("—", "10.00")
    assert not any(key.startswith("metadata") for key in told)


def test_an_empty_list_is_no_setting_that_differs() -> None:
    goal = FullConfig.model_validate({"strategy": {"type": "goal"}})
    told = dict(differing_settings([FullConfig(), goal]))
    assert told["strategy.type"] == ('"basic"', '"goal"')
    assert "strategy.bets" not in told
    with_bets = FullConfig.model_validate({"strategy": {"type": "goal", "bets": [{"bet": 10}]}})
    told = dict(differing_settings([goal, with_bets]))
    assert all(key.startswith("strategy.bets[0].") for key in told)
    assert {values[0] for values in told.values()} == {"—"}
