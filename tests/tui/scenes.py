"""Every screen and state worth a picture: how to get there."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt
from pathlib import Path
from random import Random
from statistics import mean, stdev
from threading import Event
from typing import Any
from unittest.mock import patch

import pictured_runs as pictured
import scripted_history as kept
import scripted_runs as script
from driving import compare_here, press, quiet, reported, row, settled, typed, until, workspace
from textual.pilot import Pilot

from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.config import parse_config
from let_it_ride.history import Entry
from let_it_ride.reports.parquet import MissingExtraError
from let_it_ride.simulation.errors import WorkerFailedError
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerState
from let_it_ride.simulation.running import Running
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.recent import remember_file
from let_it_ride.tui.runs import Reopener, Report, RunnerFactory
from let_it_ride.tui.screens.busy import BusyScreen
from let_it_ride.tui.screens.kept_run import KeptRunScreen
from let_it_ride.tui.screens.runs_beside import RunsBesideScreen
from let_it_ride.tui.widgets.estimate_view import Course, EstimateView
from let_it_ride.tui.widgets.progress import OverallProgress
from let_it_ride.tui.widgets.table_lines import More
from let_it_ride.tui.widgets.tables_row import TablesRow

Steps = Callable[[Pilot[Any]], Awaitable[None]]


async def _nothing(_pilot: Pilot[Any]) -> None:
    """Leave the screen as it comes."""


@dataclass(frozen=True)
class Scene:
    """How to get to a screen.

    Attributes:
        steps: what is done.
        text: the configuration that is open, if there is one.
        make_runner: who plays.
        kept: the runs of the history.
        going: those that would have to go for another.
        reopen: who reads a run back.
    """

    steps: Steps = _nothing
    text: str | None = None
    make_runner: RunnerFactory | None = None
    kept: Sequence[Entry] = ()
    going: Sequence[Entry] = ()
    reopen: Reopener | None = None


EVENING = """\
# A long evening with a plan.

[metadata]
name = "Long evening"

[simulation]
random_seed = 20260101
workers = 4

[bankroll]
starting_amount = 500.00  # what is in the envelope
base_bet = 5.00

[bankroll.stop_conditions]
win_limit = 250.00  # then dinner
loss_limit = 500.00

[strategy]
type = "optimal"
"""

GOAL = """\
[bankroll.stop_conditions]
win_limit = 250.00
loss_limit = 200.00

[strategy]
type = "goal"
"""

BONUS = """\
[bonus_strategy]
type = "always"
amount = 5.00

[paytables.bonus]
type = "paytable_c"
starting_jackpot = 400.00
"""

STEPS = """\
[bankroll.betting_system]
type = "steps"
steps = [
    { bet = 5.00, win = 1, loss = 2 },
    { bet = 10.00, win = 1, loss = 3 },
    { bet = 20.00, win = 1, loss = 4, push = 2 },
]
"""

RULES = """\
[strategy]
type = "custom"
bet1_rules = [
    { when = "has_paying_hand", action = "ride" },
    { when = "straight_flush_spread == 3 and straights >= 3", action = "ride" },
]
bet2_rules = [{ when = "has_paying_hand or is_flush_draw", action = "ride" }]
"""


def keys(*names: str) -> Steps:
    """Press keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, *names)

    return steps


def page(name: str, *names: str) -> Steps:
    """Show a section, then press keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        screen = workspace(pilot)
        await screen.show_page(name)
        await settled(pilot)
        screen.form.current.focus_first()
        await press(pilot, *names)

    return steps


def union(section: str, kind: str, *path: str) -> Steps:
    """Choose a type in a section, and put the focus on it."""

    async def steps(pilot: Pilot[Any]) -> None:
        screen = workspace(pilot)
        await screen.show_page(section)
        await settled(pilot)
        chooser = row(screen, section, *path, "type").editor
        chooser.focus()
        while chooser.current != kind:
            await press(pilot, "right")

    return steps


async def _used_phases(pilot: Pilot[Any]) -> None:
    await union("bonus_strategy", "session_conditional")(pilot)
    for name in ("early_session", "near_win_limit"):
        row(workspace(pilot), "bonus_strategy", name).editor.focus()
        await press(pilot, "space")


async def _new_rule(pilot: Pilot[Any]) -> None:
    screen = workspace(pilot)
    await screen.show_page("strategy")
    await settled(pilot)
    screen.query(More).filter(".-add").first().focus()
    await press(pilot, "enter", *typed("has_pair"))


async def _bad_step(pilot: Pilot[Any]) -> None:
    await workspace(pilot).query_one(TablesRow).focus_line(1, 2)
    await press(pilot, "9")


async def _dialog(pilot: Pilot[Any], *names: str) -> None:
    for name in names:
        await pilot.press(name)
        await quiet(pilot)
    await until(pilot, lambda: pilot.app.screen is not workspace(pilot))
    await quiet(pilot)


def dialog(*names: str) -> Steps:
    """Press keys that lead to a dialog."""
    return partial(_dialog_after, before=(), names=names)


async def _dialog_after(pilot: Pilot[Any], before: tuple[str, ...], names: tuple[str, ...]) -> None:
    if before:
        await press(pilot, *before)
    await _dialog(pilot, *names)


def dialog_after(before: tuple[str, ...], *names: str) -> Steps:
    """Press keys, wait for what follows, then press those that lead to a dialog."""
    return partial(_dialog_after, before=before, names=names)


async def _changed_on_disk(pilot: Pilot[Any]) -> None:
    await press(pilot, "9", "0", "0")
    Path("evening.toml").write_text("# somebody else was here\n")
    await _dialog(pilot, "ctrl+s")


async def _cumulative(pilot: Pilot[Any]) -> None:
    await _dialog(pilot, "f11")
    await press(pilot, "c", "p", *["right"] * 6)


async def _changed_distribution(pilot: Pilot[Any]) -> None:
    row(workspace(pilot), "bankroll", "stop_conditions", "loss_limit").editor.focus()
    await press(pilot, *"400")
    await _dialog(pilot, "f11")


async def _open_dialog(pilot: Pilot[Any]) -> None:
    for name in ("evening.toml", "morning.toml", "notes.txt"):
        Path(name).write_text("")
    Path("weekends").mkdir()
    await _dialog(pilot, "ctrl+o")


async def _held(pilot: Pilot[Any]) -> None:
    """Start a run that stays at its last report."""
    await press(pilot, "f5")
    assert isinstance(pilot.app, LirApp)
    assert isinstance(pilot.app.make_runner, script.Script)
    await reported(pilot, pilot.app.make_runner)


async def _ended(pilot: Pilot[Any]) -> None:
    await press(pilot, "f5")
    await until(pilot, lambda: workspace(pilot).outcome is not None)
    await settled(pilot)


async def _stopped(pilot: Pilot[Any]) -> None:
    await _held(pilot)
    await pilot.press("ctrl+t")
    await until(pilot, lambda: workspace(pilot).outcome is not None)
    await settled(pilot)


async def _leaving(pilot: Pilot[Any]) -> None:
    await _held(pilot)
    await _dialog(pilot, "ctrl+q")


async def _scrolled(pilot: Pilot[Any]) -> None:
    await _ended(pilot)
    await press(pilot, "end")


async def _stale_results(pilot: Pilot[Any]) -> None:
    await _ended(pilot)
    await press(pilot, "f2", *typed("900"), "f6")


async def _broken_text(pilot: Pilot[Any]) -> None:
    await press(pilot, "f3", "down", "down", "home", *typed("[["))


async def _broken_form(pilot: Pilot[Any]) -> None:
    await _broken_text(pilot)
    await press(pilot, "f2")


async def _late_moment(pilot: Pilot[Any], then: tuple[str, ...] = ()) -> None:
    """Look at the chart of 20 hands left with 480.00."""
    await _dialog(pilot, "alt+h")
    for name in (*["left"] * 4, *["ctrl+down"] * 17, *["down"] * 8, *then):
        await pilot.press(name)
        await quiet(pilot)


_REFUSED = MissingExtraError("is written by polars, which is not installed", "output.formats")
_FAILED = WorkerFailedError("worker 3", range(500_000, 750_000), "was killed by SIGKILL")

AGGRESSIVE = '[strategy]\ntype = "aggressive"\n'

LIMITS = """\
[bankroll.stop_conditions]
win_limit = 250.00
loss_limit = 200.00
"""

FORM = {
    "first-frame-of-nothing": Scene(),
    "metadata": Scene(page("metadata"), EVENING),
    "simulation": Scene(page("simulation"), EVENING),
    "table": Scene(page("table")),
    "dealer": Scene(page("dealer")),
    "bankroll": Scene(keys("down"), EVENING),
    "bankroll-at-rest": Scene(keys("escape", "j", "j"), EVENING),
    "strategy": Scene(page("strategy"), EVENING),
    "bonus-bet": Scene(page("bonus_strategy")),
    "pay-tables": Scene(page("paytables"), BONUS),
    "output": Scene(page("output", "right", "space")),
    "types-martingale": Scene(union("bankroll", "martingale", "betting_system"), LIMITS),
    "types-dalembert": Scene(union("bankroll", "dalembert", "betting_system"), LIMITS),
    "types-streak": Scene(union("bonus_strategy", "streak_based")),
    "types-optional-tables": Scene(_used_phases),
    "types-custom-pays": Scene(union("paytables", "custom", "main_game")),
    "list-of-steps": Scene(keys(), STEPS),
    "list-with-an-error": Scene(_bad_step, STEPS),
    "list-of-rules": Scene(_new_rule, RULES),
    "errors": Scene(keys(*typed("10"), "down", "down", *typed("x")), EVENING),
    "types-to-choose-from": Scene(dialog(*["down"] * 8, "enter"), EVENING),
}

TEXT = {
    "text": Scene(keys("f3"), EVENING),
    "text-broken": Scene(_broken_text, EVENING),
    "text-broken-seen-from-the-form": Scene(_broken_form, EVENING),
    "text-with-errors": Scene(keys("f3"), EVENING + "tie = 1\n[bonus]\n"),
}


async def _jump_among_lines(pilot: Pilot[Any]) -> None:
    """Put letters beside the fields of a list."""
    screen = await settled(pilot)
    await screen.show_setting(("bankroll", "betting_system", "steps", 1, "push"))
    await settled(pilot)
    await pilot.press("ctrl+space")
    await quiet(pilot)


DIALOGS = {
    "question-not-saved": Scene(dialog_after(("9", "0", "0"), "ctrl+q"), EVENING),
    "question-changed-on-disk": Scene(_changed_on_disk, EVENING),
    "question-leaving-a-run": Scene(
        _leaving, EVENING, script.held(script.playing(0.6, 0.5, 0.5, 0.4))
    ),
    "open": Scene(_open_dialog),
    "save-as": Scene(dialog("f12"), EVENING),
    "presets": Scene(dialog("ctrl+n")),
    "go-to": Scene(dialog("ctrl+l", *typed("win"))),
    "help": Scene(dialog("f1"), EVENING),
    "topics": Scene(dialog("shift+f1"), EVENING),
    "topics-searched": Scene(dialog("f1", "t", *typed("digest")), EVENING),
    "jump": Scene(dialog("ctrl+space"), EVENING),
    "jump-among-lines": Scene(_jump_among_lines, STEPS),
    "palette": Scene(dialog("ctrl+p")),
    "themes": Scene(dialog("alt+shift+c", "down"), EVENING),
}

DISTRIBUTION = {
    "distribution": Scene(dialog("f11"), LIMITS),
    "distribution-cumulative": Scene(_cumulative, LIMITS),
    "distribution-changed": Scene(_changed_distribution, LIMITS),
    "distribution-refused": Scene(dialog("f11"), "[table]\nnum_seats = 3\n"),
}

ODDS = {
    "odds": Scene(keys("f4"), EVENING),
    "odds-with-a-bonus": Scene(keys("f4"), BONUS),
    "odds-of-earlier-settings": Scene(keys("x", "f4"), EVENING),
    "odds-of-rules": Scene(keys("f4"), RULES),
    "odds-with-limits": Scene(keys(), LIMITS),
}

RUNS = {
    "run-compiling": Scene(_held, EVENING, script.held(script.phase(Phase.COMPILING, 0))),
    "run-seeding": Scene(_held, EVENING, script.held(script.phase(Phase.SEEDING, 0.7))),
    "run-playing": Scene(_held, EVENING, script.held(script.playing(1, 0.62, 0.55, 0))),
    "run-of-many-workers": Scene(
        _held, EVENING, script.held(script.playing(*(k / 16 for k in range(16))))
    ),
    "run-verifying": Scene(
        _held,
        EVENING,
        script.held(script.playing(1, 1, 1, 1), script.phase(Phase.VERIFYING, 0.3)),
    ),
    "run-comparing": Scene(
        _held,
        EVENING,
        script.held(script.playing(1, 1, 1, 1), script.phase(Phase.COMPARING, 0.6)),
    ),
    "run-stopped": Scene(_stopped, EVENING, script.held(script.playing(0.5, 0.4, 0.3, 0.2))),
    "run-sampled": Scene(_ended, EVENING, script.ending(script.results(script.equal(62_500)))),
    "run-not-checked": Scene(
        _ended,
        EVENING,
        script.ending(script.results(None, workers=1), script.NOT_COMPARED),
    ),
    "run-different": Scene(_ended, EVENING, script.ending(script.results(script.different()))),
    "run-not-as-the-law": Scene(
        _ended, EVENING, script.ending(script.results(script.equal()), script.DISAGREEING)
    ),
    "run-rounds-as-the-law": Scene(
        _ended, EVENING, script.ending(script.results(script.equal()), script.ROUNDS_ALONE)
    ),
    "run-beside-the-law": Scene(_scrolled, EVENING, script.ending(script.results(script.equal()))),
    "run-with-a-bonus": Scene(
        _ended, EVENING, script.ending(script.results(script.equal(), **script.BONUS))
    ),
    "run-at-tables": Scene(
        _ended, EVENING, script.ending(script.results(script.equal(), **script.AT_TABLES))
    ),
    "run-refused": Scene(
        _ended,
        '[output]\nformats = ["parquet"]\n',
        script.ending(_REFUSED),
    ),
    "run-failed": Scene(_ended, EVENING, script.ending(_FAILED)),
    "run-of-earlier-settings": Scene(
        _stale_results, EVENING, script.ending(script.results(script.equal()))
    ),
}


def _what_if(*names: str) -> Steps:
    """Vary the limits, then press keys on the map."""

    async def steps(pilot: Pilot[Any]) -> None:
        await press(pilot, *["down"] * 3)
        await _dialog(pilot, "alt+v")
        await press(pilot, "enter")
        if names:
            await press(pilot, *names)

    return steps


async def _what_if_with_flaws(pilot: Pilot[Any]) -> None:
    await _dialog(pilot, "alt+v")
    await press(
        pilot,
        *("ctrl+u", *typed("num_seats=1,2"), "down", "ctrl+u"),
        *(*typed("base_bet=5,50,500"), "enter", "right", "right"),
    )


async def _wrong_variation(pilot: Pilot[Any]) -> None:
    await _dialog(pilot, "alt+v")
    await press(pilot, *"zz")


async def _compared(pilot: Pilot[Any]) -> None:
    await _dialog(pilot, "alt+c")
    await press(pilot, *typed("martin"), "enter")


WHAT_IF = {
    "what-if": Scene(dialog("alt+v"), EVENING),
    "what-if-with-an-error": Scene(_wrong_variation, EVENING),
    "what-if-map": Scene(_what_if("right", "right", "down"), EVENING),
    "what-if-map-of-the-mean": Scene(_what_if("m", *typed("mean"), "enter"), EVENING),
    "what-if-map-with-flaws": Scene(_what_if_with_flaws, EVENING),
    "compare": Scene(_compared, EVENING),
}


async def _recent(pilot: Pilot[Any]) -> None:
    """Look at the files that were open last, of which one is gone."""
    remember_file(Path("weekend.toml"), "strategy")
    await _dialog(pilot, "alt+shift+l")


BEGINNING = {
    "welcome": Scene(dialog("alt+shift+w")),
    "recent": Scene(_recent, EVENING),
}

CHARTS = {
    "chart": Scene(dialog("alt+h"), EVENING),
    "chart-for-a-goal": Scene(_late_moment, GOAL),
    "chart-of-a-line": Scene(dialog("alt+h", "down", "down", "down", "down"), AGGRESSIVE),
    "chart-of-every-class": Scene(dialog("alt+h", "c", "v", "s", "s", "s", "down"), AGGRESSIVE),
    "chart-of-cards-in-hand": Scene(
        dialog("alt+h", "c", "slash", *typed("qs js 9h 8h")), AGGRESSIVE
    ),
    "chart-of-what-differs": Scene(partial(_late_moment, then=("3", "d")), GOAL),
    "chart-of-no-moment": Scene(partial(_late_moment, then=("b", "end", "1")), GOAL),
}


async def _runs(pilot: Pilot[Any], *names: str) -> None:
    """Look at the runs, then press keys."""
    await _dialog(pilot, "alt+a")
    for name in names:
        await pilot.press(name)
        await quiet(pilot)


def runs(*names: str) -> Steps:
    """Look at the runs, then press keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        await _runs(pilot, *names)

    return steps


async def _asked_for_room(pilot: Pilot[Any]) -> None:
    await _dialog(pilot, "f5")


def _lost(*restarts: int) -> RunProgress:
    """A report of workers of which some were lost."""
    report = script.playing(0.75, 0.62, 0.55, 0.5)
    workers = tuple(
        replace(worker, restarts=times)
        for worker, times in zip(report.workers, restarts, strict=True)
    )
    silent = replace(workers[2], state=WorkerState.SILENT)
    events = (
        "worker 1 was killed by SIGKILL; its block is played again",
        "worker 2 was killed by SIGKILL; its block is played again",
    )
    return replace(report, workers=(*workers[:2], silent, workers[3]), events=events)


LOST = _lost(1, 2, 0, 0)
PAUSED = replace(
    LOST,
    paused="there is no room left on this disk; free some, and the run goes on by itself",
)

BEGUN = {
    "run.json": json.dumps(
        {"started": "2026-11-28T22:15:30+00:00", "tables": 8, "block_tables": 1, "version": "0.1.0"}
    ),
    "ledger": "\n" * 3,
}
"""What a run that is not finished has in its directory, as far as the history looks."""

ENDED = {
    **BEGUN,
    "results.json": json.dumps(
        {
            "digest": script.DIGEST,
            "headline": {"sessions": 1_000_000, "ahead": 0.323, "mean_profit_cents": -3275.3},
        }
    ),
}
"""The same of a run that is complete."""


#: Runs whose list is not looked at again, as it is while one is played.
NONE_PLAYED = kept.SOME[1:]


async def _at_a_whole_run(pilot: Pilot[Any], *names: str) -> None:
    """Look at a run of the history that can be read, then press keys."""
    await _runs(pilot, "down")
    directory = Path("kept") / NONE_PLAYED[1].id  # it is read when it has been listed
    directory.mkdir(parents=True)
    (directory / "config.json").write_text("{}")
    for name in names:
        await pilot.press(name)
        await quiet(pilot)


async def _asked_what_to_export(pilot: Pilot[Any]) -> None:
    await _at_a_whole_run(pilot, "e")


async def _asked_for_a_folder(pilot: Pilot[Any]) -> None:
    await _at_a_whole_run(pilot, "e", "enter")


async def _beside(pilot: Pilot[Any]) -> None:
    """Look at two runs beside each other."""
    named = [(name, parse_config(text)) for name, text in (("short", EVENING), ("goal", GOAL))]
    dealt = "The sessions of both were dealt the same cards."
    comparison = compare_here(named, Dealing(200, 1), Watching(Event()))
    await pilot.app.push_screen(RunsBesideScreen(comparison, dealt))
    await quiet(pilot)


async def _busy(pilot: Pilot[Any]) -> None:
    """Wait for a run to be read, which never ends."""

    def read(tell: Report, stopped: Event) -> None:
        tell(script.phase(Phase.CHECKING, 0.62))
        stopped.wait()

    screen = BusyScreen('Verifying "Long evening"', read)
    await pilot.app.push_screen(screen)
    await until(pilot, lambda: screen.query_one(OverallProgress).standing.progress is not None)
    await quiet(pilot)


async def _opened(pilot: Pilot[Any]) -> None:
    """Open a run of the history."""
    await _at_a_whole_run(pilot, "enter")
    screen = pilot.app.screen
    await until(pilot, lambda: not isinstance(screen, KeptRunScreen) or screen.outcome is not None)
    await quiet(pilot)


KEPT = {
    "runs": Scene(runs("down", "down", "space"), EVENING, kept=kept.SOME),
    "runs-unfinished": Scene(runs("down"), EVENING, kept=kept.SOME),
    "runs-none": Scene(runs(), EVENING),
    "runs-with-words": Scene(runs("slash", *typed("martin")), EVENING, kept=kept.SOME),
    "runs-delete": Scene(runs("space", "space", "d"), EVENING, kept=kept.SOME[2:]),
    "runs-limit": Scene(runs("l", *typed("x"), "enter"), EVENING, kept=kept.SOME),
    "runs-beside": Scene(_beside, EVENING),
    "runs-export": Scene(_asked_what_to_export, EVENING, kept=NONE_PLAYED),
    "runs-folder": Scene(_asked_for_a_folder, EVENING, kept=NONE_PLAYED),
    "runs-busy": Scene(_busy, EVENING),
    "runs-many": Scene(runs("end"), EVENING, kept=kept.MANY),
    "run-offered": Scene(keys(), EVENING, kept=kept.SOME),
    "run-needs-room": Scene(
        _asked_for_room, EVENING, script.held(), kept=kept.SOME, going=kept.SOME[2:]
    ),
    "run-with-lost-workers": Scene(_held, EVENING, script.held(LOST)),
    "run-paused": Scene(_held, EVENING, script.held(PAUSED)),
    "run-kept": Scene(
        _ended, EVENING, script.Script(ending=script.results(script.equal()), leaves=ENDED)
    ),
    "run-to-go-on-with": Scene(
        _stopped,
        EVENING,
        script.Script((script.playing(0.5, 0.4, 0.3, 0.2),), goes_on=False, leaves=BEGUN),
    ),
    "run-opened": Scene(
        _opened,
        EVENING,
        kept=NONE_PLAYED,
        reopen=script.ending(script.results(script.equal())).again,
    ),
}

AT_A_TABLE = """\
[simulation]
random_seed = 5

[table]
num_seats = 3

[bankroll.betting_system]
type = "martingale"

[bonus_strategy]
type = "always"
amount = 5.00

[dealer]
discard_enabled = true
"""


def _replayed(*names: str) -> Steps:
    """Watch the first session, then press keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        await pilot.press("alt+shift+r")
        await until(pilot, lambda: getattr(pilot.app.screen, "is_explained", False))
        await quiet(pilot)
        for name in names:
            await pilot.press(name)
            await quiet(pilot)

    return steps


REPLAYS = {
    "replay": Scene(_replayed("down", "w"), EVENING),
    "replay-beginning": Scene(_replayed(), EVENING),
    "replay-at-a-table": Scene(_replayed("n", "x", "right", "down", "down"), AT_A_TABLE),
    "replay-for-a-goal": Scene(_replayed("d"), GOAL + "[simulation]\nrandom_seed = 5\n"),
    "replay-of-mistakes": Scene(
        _replayed("end"), EVENING.replace('"optimal"', '"always_ride"').replace("250.00", "50.00")
    ),
}


def _practised(*names: str) -> Steps:
    """Practise on the same hands every time, by some keys."""

    async def steps(pilot: Pilot[Any]) -> None:
        with patch("let_it_ride.tui.screens.practice.new_dealer", lambda: Random(5)):
            await pilot.press("alt+shift+t")
            await until(pilot, lambda: getattr(pilot.app.screen, "sight", None) is not None)
        await quiet(pilot)
        for name in names:
            await pilot.press(name)
            await quiet(pilot)

    return steps


PRACTICE = {
    "practice": Scene(_practised("p", "p", "space", "r", "r"), EVENING),
    "practice-hard": Scene(_practised("d", "p", "p", "space", "p"), EVENING),
    "practice-mistakes": Scene(_practised(*("r", "r", "space") * 8, "v"), EVENING),
}


def _pictured(text: str, page: int) -> Scene:
    """A picture of a run."""

    async def steps(pilot: Pilot[Any]) -> None:
        await _ended(pilot)
        await _dialog(pilot, "alt+shift+b", str(page))

    return Scene(steps, text, pictured.playing(text))


PICTURES = {
    "pictures": _pictured(pictured.EVENING, 1),
    "pictures-of-reasons": _pictured(pictured.EVENING, 2),
    "pictures-of-hands": _pictured(pictured.EVENING, 3),
    "pictures-of-the-bonus": _pictured(pictured.EVENING, 4),
    "pictures-of-drawdowns": _pictured(pictured.EVENING, 5),
    "pictures-of-paths": _pictured(pictured.EVENING, 6),
    "pictures-of-one-seat": _pictured(pictured.EVENING, 7),
    "pictures-of-ruin": _pictured(pictured.EVENING, 8),
    "pictures-at-a-table": _pictured(pictured.AT_A_TABLE, 7),
}


async def _closing_in(pilot: Pilot[Any]) -> None:
    """Play half of a run, of which it is known what it has given so far."""
    await _held(pilot)
    _, results, compared = pictured.played(pictured.EVENING)
    profits = [session.profit for session in results.sessions]
    points = tuple(
        Running(n, n, mean(profits[:n]), stdev(profits[:n]) / sqrt(n)) for n in range(40, 1081, 40)
    )
    assert compared.law is not None
    course = Course(points, len(profits), compared.law.mean_profit)
    workspace(pilot).query_one(EstimateView).course = course
    await quiet(pilot)


LIVE = {"run-closing-in": Scene(_closing_in, EVENING, script.held(script.playing(0.6, 0.5)))}

COMPLETE = Scene(_ended, EVENING, script.ending(script.results(script.equal())))
SCENES = {
    **FORM,
    **TEXT,
    **DIALOGS,
    **ODDS,
    **DISTRIBUTION,
    **WHAT_IF,
    **RUNS,
    **KEPT,
    **BEGINNING,
    **CHARTS,
    **REPLAYS,
    **PRACTICE,
    **PICTURES,
    **LIVE,
}

#: A scene of every screen, and of every view of the workspace.
SCREENS = {
    "bankroll": "WorkspaceScreen",
    "list-with-an-error": "WorkspaceScreen",
    "text": "WorkspaceScreen",
    "odds-with-limits": "WorkspaceScreen",
    "run-playing": "WorkspaceScreen",
    "run-beside-the-law": "WorkspaceScreen",
    "question-not-saved": "QuestionScreen",
    "open": "OpenScreen",
    "save-as": "SaveScreen",
    "runs-export": "ExportChoiceScreen",
    "runs-folder": "FolderScreen",
    "runs-limit": "FieldScreen",
    "runs-busy": "BusyScreen",
    "presets": "ChoosingScreen",
    "help": "HelpScreen",
    "topics": "TopicsScreen",
    "jump": "JumpScreen",
    "palette": "CommandPalette",
    "themes": "ThemesScreen",
    "welcome": "WelcomeScreen",
    "distribution": "DistributionScreen",
    "what-if": "VaryScreen",
    "what-if-map": "SweepScreen",
    "compare": "ComparisonScreen",
    "chart": "ChartScreen",
    "runs": "RunsScreen",
    "run-opened": "KeptRunScreen",
    "runs-beside": "RunsBesideScreen",
    "replay": "ReplayScreen",
    "practice": "PracticeScreen",
    "pictures": "PicturesScreen",
}
