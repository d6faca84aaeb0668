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

_WORKERS = range(1, 8)


@pytest.fixture(scope="module", autouse=True)
def _workers_do_not_import_pytest() -> Iterator[None]:
    # multiprocessing has every child import the main module, which costs more than its sessions.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["__main__"], "__spec__", None)
        patch.delattr(sys.modules["__main__"], "__file__", raising=False)
        yield


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_the_same_on_any_number_of_workers(name: str) -> None:
    config = parse_config(preset_text(name))
    assert_same_on_any_number_of_workers(config.model_dump(exclude_none=True), 500, 2024)


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
)
def test_any_configuration_is_the_same_on_any_number_of_workers(
    drawn: Settings, sessions: int, seed: int
) -> None:
    assert_same_on_any_number_of_workers(drawn, sessions, seed)


@settings(
    deadline=None,
    derandomize=True,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(goal_configurations(), st.integers(60, 150), st.integers(0, 2**31 - 1))
def test_any_goal_is_the_same_on_any_number_of_workers(
    drawn: Settings, sessions: int, seed: int
) -> None:
    """Fewer, since each of the workers works the best play out."""
    assert_same_on_any_number_of_workers(drawn, sessions, seed)


def assert_same_on_any_number_of_workers(drawn: Settings, sessions: int, seed: int) -> None:
    digests = set()
    for workers in _WORKERS:
        simulation = {
            **drawn.get("simulation", {}),
            "num_sessions": sessions,
            "random_seed": seed,
            "workers": workers,
            "verify": "full",
        }
        config = FullConfig.model_validate({**drawn, "simulation": simulation})
        results = SimulationController(config).run()
        verdict = results.equivalence
        assert workers == 1 or (verdict is not None and verdict.equal and verdict.complete)
        digests.add(results.digest)
    assert len(digests) == 1
