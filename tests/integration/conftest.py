"""Real processes and terminals take their time."""

from pathlib import Path

import pytest

from in_process import Run, runner


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def lir_tui(capfd: pytest.CaptureFixture[str]) -> Run:
    """The command line within this process."""
    return runner(capfd)
