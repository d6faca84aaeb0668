"""How long solving takes, from how fast it has come how far."""

import pytest

from let_it_ride.analysis.pace import Pace, Wait, about


class Clock:
    """A clock that goes when it is set."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("power", [1, 1.5, 2, 3])
def test_the_share_is_that_of_the_time_whatever_power_of_the_hands_it_goes_with(power: float):
    clock = Clock()
    pace = Pace(200, clock)
    for played in range(1, 201):
        passed = (played / 200) ** power
        clock.seconds = 100 + 50 * passed
        share = pace.share(played)
        assert share == (pytest.approx(passed) if 50 * passed >= 0.2 and played > 1 else 0)
    assert share == 1


def test_a_share_never_falls():
    clock, shares = Clock(), list[float]()
    pace = Pace(10, clock)
    for played, seconds in ((1, 5), (2, 6), (3, 30), (5, 31), (8, 90), (10, 91)):
        clock.seconds = 100 + seconds
        shares.append(pace.share(played))
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_how_long_it_takes_is_told_when_it_can_be_known_and_is_long():
    clock = Clock()
    wait = Wait(clock)
    clock.seconds = 130.0
    assert wait.in_all(0.0) == ""  # the solver was compiled before
    clock.seconds = 130.3
    assert wait.in_all(0.06) == ""
    clock.seconds = 131.0
    assert wait.in_all(0.05) == "about 20 s"
    assert wait.in_all(0.5) == "about 2 s"
    assert wait.in_all(0.6) == ""


def test_how_long_it_takes_is_not_guessed_from_a_beginning_that_tells_nothing():
    clock = Clock()
    wait = Wait(clock)
    wait.in_all(0.0)
    clock.seconds += 1.9
    assert wait.in_all(0.0001) == ""
    clock.seconds += 100
    assert wait.in_all(0.0001) == wait.in_all(0.049) == "a while"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2.4, "about 2 s"),
        (19.4, "about 19 s"),
        (38.4, "about 40 s"),
        (89.0, "about 90 s"),
        (100.0, "about 2 min"),
        (3000.0, "about 50 min"),
        (6000.0, "about 2 h"),
    ],
)
def test_a_time_is_told_as_exactly_as_it_is_known(seconds: float, words: str):
    assert about(seconds) == words
