"""Whatever can be played is the same, to the last bit, on any number of workers."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from let_it_ride.config import FullConfig, parse_config, preset_names, preset_text
from let_it_ride.simulation.controller import SimulationController
from reference.configurations import (
    Settings,
    configurations,
    goal_configurations,
    table_configurations,
)

_PARALLEL = range(2, 8)


@pytest.fixture(scope="module", autouse=True)
def _workers_do_not_import_pytest() -> Iterator[None]:
    # multiprocessing has every child import the main module, which costs more than its sessions.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["__main__"], "__spec__", None)
        patch.delattr(sys.modules["__main__"], "__file__", raising=False)
        yield


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_the_same_on_any_number_of_workers(name: str) -> None:
    config = parse_config(preset_text(name)).model_dump(exclude_none=True)
    one_after_the_other = played(config, 500, 2024, workers=1, verify="off")
    parallel = {
        played(config, 500, 2024, workers, "full" if workers == 7 else "off")
        for workers in _PARALLEL
    }
    assert parallel == {one_after_the_other}


@settings(
    derandomize=True,
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    configurations() | table_configurations(),
    st.integers(60, 150),
    st.integers(0, 2**31 - 1),
    st.sampled_from(_PARALLEL),
)
def test_any_configuration_is_the_same_on_any_number_of_workers(
    drawn: Settings, sessions: int, seed: int, workers: int
) -> None:
    """Each on one number of workers, since what equals the sequential run equals all others."""
    assert_same_as_one_after_the_other(drawn, sessions, seed, workers)


@settings(
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    goal_configurations(),
    st.integers(60, 150),
    st.integers(0, 2**31 - 1),
    st.sampled_from(_PARALLEL),
)
def test_any_goal_is_the_same_on_any_number_of_workers(
    drawn: Settings, sessions: int, seed: int, workers: int
) -> None:
    """Fewer, since each of the workers works the best play out."""
    assert_same_as_one_after_the_other(drawn, sessions, seed, workers)


def assert_same_as_one_after_the_other(
    drawn: Settings, sessions: int, seed: int, workers: int
) -> None:
    parallel = played(drawn, sessions, seed, workers, "full")
    assert parallel == played(drawn, sessions, seed, workers=1, verify="off")


def played(drawn: Settings, sessions: int, seed: int, workers: int, verify: str) -> str:
    """The digest of a run, which its own check, if there is one, has found to be sequential."""
    simulation = {
        **drawn.get("simulation", {}),
        "num_sessions": sessions,
        "random_seed": seed,
        "workers": workers,
        "verify": verify,
    }
    results = SimulationController(
        FullConfig.model_validate({**drawn, "simulation": simulation})
    ).run()
    verdict = results.equivalence
    if verify == "off":
        assert verdict is None
    else:
        assert verdict is not None
        assert verdict.equal
        assert verdict.complete
    return results.digest
