"""What the tests of the laboratory share."""

import pytest

from failures.laboratory import Laboratory
from failures.trials import Trials


@pytest.fixture
def trials(request: pytest.FixtureRequest, laboratory: Laboratory) -> Trials:
    """Tries inputs of a kind, as many as the command line asks for."""
    return Trials(laboratory, request.config.getoption("inputs"))
