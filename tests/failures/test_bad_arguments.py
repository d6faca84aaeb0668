"""Command lines that nobody meant: wrong numbers, wrong words, names of files from elsewhere."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Final

import pytest

from failures.mutations import mutated_text
from failures.trials import Trials, is_clear
from let_it_ride.analysis.axes import parse_axis
from let_it_ride.analysis.finding import Condition
from let_it_ride.analysis.measures import measure_named
from let_it_ride.cli import main
from let_it_ride.cli.parser import parse_arguments
from let_it_ride.money import read_cents

_LINES: Final = (
    "run first-evening --sessions 1000 --workers 2 --seed 7 --verify full --json",
    "replay first-evening --session 3 --sessions 10 --seed 7 --json",
    "odds first-evening --json",
    "chart leave-ahead --hands-left 20 --bankroll 480.00",
    "chart never-pull --classes --different --sort cost --find As",
    "sweep first-evening --vary win_limit=25:500:25 --show mean --csv out.csv --differences",
    "compare first-evening never-pull --show ahead --sessions 500 --seed 1 --workers auto",
    "find first-evening --vary starting_amount=100:500:5 --at-most insufficient_funds=5%",
    "config new first-evening --output mine.toml",
    "explain base_bet --json",
    "runs --json",
    "resume last --workers 4",
)
_AXES: Final = (
    "win_limit=25:500:25",
    "betting_system=flat,martingale,paroli",
    "bankroll.betting_system.expression=min(base_bet, 5),base_bet",
    "stop_on_insufficient_funds=true,false",
    "paytables.bonus.type=paytable_a,paytable_b",
    "base_bet=1,2.50,$5",
    "loss_limit=none,100,1e2",
    "hands_per_session=50:200:50",
)
_CONDITIONS: Final = ("ahead=40%", "mean=-5.00", "insufficient_funds=0.05", "hands=100", "sd=$250")


def _number(text: str) -> int | None:
    with suppress(ValueError):
        return read_cents(text)
    return None


def _exit_code(action: Callable[[], object]) -> object:
    try:
        action()
    except SystemExit as end:
        return end.code
    return None


@pytest.mark.parametrize(
    ("kind", "good", "take"),
    [
        ("what to vary", _AXES, parse_axis),
        ("condition", _CONDITIONS, lambda text: Condition.parse(text, at_most=True)),
        ("measure", _CONDITIONS, measure_named),
        ("amount", ("480", "$1,234.50", "0.01", "1e3"), _number),
    ],
)
def test_what_stands_on_a_command_line_is_read_or_refused_in_clear_words(
    kind: str, good: tuple[str, ...], take: Callable[[str], object], trials: Trials
) -> None:
    trials.run(kind, lambda chance: mutated_text(chance.choice(good), chance, good), take)


@pytest.mark.slow
def test_command_lines_are_understood_or_refused_in_clear_words(
    trials: Trials, capsys: pytest.CaptureFixture[str]
) -> None:
    words = tuple(word for line in _LINES for word in line.split())

    def make(chance: Random) -> list[str]:
        arguments = chance.choice(_LINES).split()
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(arguments))
            match chance.randrange(4):
                case 0:
                    arguments[place] = mutated_text(arguments[place], chance, words)
                case 1:
                    arguments.insert(place, chance.choice(words))
                case 2 if len(arguments) > 1:
                    del arguments[place]
                case _:
                    arguments[place] = mutated_text(chance.choice(words), chance, words)
        return arguments

    def take(arguments: list[str]) -> None:
        code = _exit_code(lambda: parse_arguments(arguments))
        said = capsys.readouterr()
        match code:
            case 0:  # help, or the version
                assert said.out
            case 2:
                assert is_clear(said.err)
            case _:
                assert code is None

    trials.run("command line", make, take)


def test_commands_say_what_is_wrong_with_files_of_any_name(
    trials: Trials,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = (
        ("config", "check"),
        ("explain",),
        ("config", "new"),
        ("odds",),
        ("chart",),
        ("run", "--workers", "1"),
        ("replay", "--session", "0"),
    )

    def make(chance: Random) -> list[str]:
        name = mutated_text("mine.toml", chance, ("first-evening", "base_bet", "../x", "~/y"))
        return [*chance.choice(commands), f"./{name}"]

    def take(arguments: list[str]) -> None:
        code = main(arguments)
        said = capsys.readouterr()
        assert code in {1, 2}
        assert is_clear(said.err)
        assert not said.out

    trials.run("name of a file", make, take, share=0.5)
    assert not [*tmp_path.iterdir()]
