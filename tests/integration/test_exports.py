"""What leaves the program of a run: a page to read, Parquet, and how the run is repeated."""

import csv
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from browsers import opened
from numpy.typing import NDArray

from in_process import Run
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig, parse_config
from let_it_ride.files import FileError
from let_it_ride.reports.exports import FORMATS, Export, ExportError
from let_it_ride.reports.facts import REASONS
from let_it_ride.reports.origin import origin_words
from let_it_ride.reports.page import page
from let_it_ride.reports.parquet import MissingExtraError
from let_it_ride.reports.reported_run import ReportedRun
from let_it_ride.reports.ruins import ruins_of
from let_it_ride.reports.sessions_csv import write_sessions_csv
from let_it_ride.reports.sessions_parquet import write_sessions_parquet
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.results import SimulationResults

HOSTILE: Final = (
    '</title><script src="https://example.org/x.js"></script>&amp;\u202e"\'><img src=x>'
)

SIMULATION = {"num_sessions": 3000, "hands_per_session": 60, "random_seed": 5, "workers": 2}

EVENING = FullConfig.model_validate(
    {
        "metadata": {"name": HOSTILE, "description": f"{HOSTILE}\nand more", "author": HOSTILE},
        "simulation": SIMULATION,
        "bankroll": {"stop_conditions": {"win_limit": 100, "loss_limit": 80}},
        "bonus_strategy": {"type": "always"},
    }
)
TABLES = FullConfig.model_validate(
    {"simulation": SIMULATION | {"num_sessions": 400}, "table": {"num_seats": 3}}
)
UNSOLVED = FullConfig.model_validate(
    {
        "simulation": SIMULATION | {"num_sessions": 50},
        "table": {"num_seats": 2, "total_rounds": 90},
    }
)
CONFIGS: Final = {"evening": EVENING, "tables": TABLES, "unsolved": UNSOLVED}

NOTHING_PAID: Final = {
    "type": "custom",
    **dict.fromkeys(
        (
            *("royal_flush", "straight_flush", "four_of_a_kind", "full_house", "flush"),
            *("straight", "three_of_a_kind", "two_pair", "pair_tens_or_better"),
        ),
        0,
    ),
}

Played = tuple[ReportedRun, SimulationResults]


@pytest.fixture(scope="module")
def runs() -> dict[str, Played]:
    played = {}
    for name, config in CONFIGS.items():
        run = ReportedRun(config)
        played[name] = run, run.run()
    return played


def written_page(played: Played, prefix: str = "run") -> str:
    run, results = played
    return page(run.config, results, run.compared, prefix)


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  our own


def words(part: ElementTree.Element) -> str:
    return "".join(part.itertext())


def tables(root: ElementTree.Element) -> dict[str, list[dict[str, str]]]:
    """The tables of a page by caption, a row as its cells by heading."""
    found = {}
    for table in root.iter("table"):
        headings = [words(each) for each in table.findall("thead/tr/th")]
        rows = [[words(cell) for cell in row] for row in table.findall("tbody/tr")]
        if headings:
            caption = words(next(table.iter("caption")))
            found[caption] = [dict(zip(headings, row, strict=True)) for row in rows]
    return found


def tiles(root: ElementTree.Element) -> dict[str, str]:
    tiles = (each for each in root.iter("div") if each.get("class") == "tile")
    return {words(each[0]): words(each[1]) for each in tiles}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_page_is_well_formed_and_asks_for_nothing_from_outside(
    name: str, runs: dict[str, Played]
) -> None:
    text = written_page(runs[name])
    assert text.startswith("<!DOCTYPE html>\n")
    root = read(text)
    assert not list(root.iter("script"))
    for each in root.iter():
        for key, value in each.attrib.items():
            assert not key.startswith("on")
            assert key not in {"src", "srcset", "action", "data", "style"}
            if key == "href":
                assert value.startswith("#") or value == "data:,"
    styles = words(next(root.iter("style")))
    assert "@import" not in styles
    assert set(re.findall(r"url\((.*?)\)", styles)) <= {"#hatch"}
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert {each.get("href") for each in root.iter("a")} <= {f"#{each}" for each in ids}


@pytest.mark.parametrize("name", CONFIGS)
def test_every_picture_says_what_it_shows_and_has_its_numbers(
    name: str, runs: dict[str, Played]
) -> None:
    root = read(written_page(runs[name]))
    ids = {each.get("id"): each for each in root.iter()}
    figures = list(root.iter("figure"))
    assert len(figures) >= 4
    for figure in figures:
        assert figure.find("details//table") is not None
        for picture in figure.iter("svg"):
            assert picture.get("role") == "img"
            told = [words(ids[each]) for each in (picture.get("aria-labelledby") or "").split()]
            assert len(told) == 2
            assert all(told)


@pytest.mark.parametrize(
    "settings",
    [
        {"simulation": {"num_sessions": 1, "hands_per_session": 1, "random_seed": 1}},
        {"simulation": {"num_sessions": 2}, "table": {"num_seats": 2}},
        {"simulation": {"num_sessions": 30}, "paytables": {"main_game": NOTHING_PAID}},
    ],
)
def test_runs_of_little_spread_have_pages(settings: dict[str, Any]) -> None:
    simulation = {"random_seed": 1, "workers": 1} | settings["simulation"]
    run = ReportedRun(FullConfig.model_validate(settings | {"simulation": simulation}))
    root = read(page(run.config, run.run(), run.compared, "run"))
    text = words(root)
    assert not re.search(r"\bnan\b|\binf\b", text)
    for each in root.iter():
        for key in ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r"):
            if each.get(key):
                assert abs(float(each.get(key, ""))) < 2000


def test_hostile_names_are_shown_and_do_nothing(runs: dict[str, Played]) -> None:
    text = written_page(runs["evening"])
    root = read(text)
    shown = HOSTILE.replace("\u202e", "\\u202e")
    assert words(next(root.iter("h1"))) == shown
    assert "\u202e" not in text
    assert not list(root.iter("img"))
    described = next(each for each in root.iter("p") if each.get("class") == "description")
    assert words(described) == f"{shown}\nand more"


def test_the_numbers_of_a_page_are_those_of_the_sessions(runs: dict[str, Played]) -> None:
    results = runs["evening"][1]
    sessions = list(results)
    profits = sorted(each.profit for each in sessions)
    root = read(written_page(runs["evening"]))
    ahead = sum(each > 0 for each in profits) / len(profits)
    shown = tiles(root)
    assert shown["Leave ahead"] == f"{ahead:.2%}".replace("%", " %")
    mean = Decimal(sum(profits)) / len(profits) / 100
    assert Decimal(shown["Mean profit"].replace("−", "-").replace("$", "")) == round(mean, 2)
    numbers = tables(root)
    reasons = Counter(REASONS[each.stop_reason.key] for each in sessions)
    ended = {
        row["Why sessions ended"]: row for row in numbers["Why sessions ended, of 3,000 sessions"]
    }
    assert {name: int(row["Seen"].replace(",", "")) for name, row in ended.items()} == reasons
    falls = sorted(each.max_drawdown for each in sessions)
    for row in numbers["Percentiles of the deepest fall"]:
        share = int(row["Percentile"].removesuffix(" %"))
        fall = falls[-(-len(falls) * share // 100) - 1]
        assert row["Fall"] == f"${fall / 100:,.2f}"
    rounds = sum(each.hands for each in sessions)
    for kind in ("Five cards", "The bonus"):
        hands = numbers[f"{kind}, of {rounds:,} hands"]
        assert sum(int(row["Seen"].replace(",", "")) for row in hands) == rounds
    for row in numbers["Percentiles of the profits of 3,000 sessions"]:
        share = int(row["Percentile"].removesuffix(" %"))
        profit = profits[-(-len(profits) * share // 100) - 1] / 100
        assert float(row["Simulated"].replace("−", "-").replace("$", "")) == profit


def test_bins_of_the_picture_count_the_sessions_in_them(runs: dict[str, Played]) -> None:
    profits = [each.profit / 100 for each in runs["evening"][1]]
    rows = tables(read(written_page(runs["evening"])))["Shares of the 3,000 sessions"]
    for row in rows:
        ends = [
            float(end.replace("−", "-").replace("$", "")) for end in row["Profit"].split(" to ")
        ]
        inside = sum(ends[0] <= profit <= ends[-1] for profit in profits)
        assert row["Simulated"] == f"{inside / len(profits):.3%}".replace("%", " %")
    exact = sum(float(row["Exact"].removesuffix(" %")) for row in rows)
    assert 95 < exact <= 100.1


def test_intervals_in_the_picture_are_not_cut_off(runs: dict[str, Played]) -> None:
    for drawn in read(written_page(runs["evening"])).iter("svg"):
        if not (drawn.get("aria-labelledby") or "").startswith("profits"):
            continue
        dots = {
            dot.get("cx"): float(dot.get("cy", ""))
            for dot in drawn.iter("circle")
            if dot.get("class") == "seen"
        }
        floor = max(float(rect.get("y", "")) for rect in drawn.iter("rect"))
        ends = [
            (dots[line.get("x1")], float(line.get("y1", "")), float(line.get("y2", "")))
            for line in drawn.iter("line")
            if line.get("class") == "whisker"
        ]
        assert len(ends) > 10
        for middle, top, bottom in ends:
            assert middle - top == pytest.approx(bottom - middle, abs=0.2) or bottom >= floor - 30


def test_a_page_says_at_its_top_when_with_what_and_from_which_seed_it_was_played(
    runs: dict[str, Played],
) -> None:
    origin = replace(runs["tables"][1].provenance, started="2026-11-28T22:15:30+00:00")
    assert " · ".join(origin_words(origin)).startswith("Played 28 November 2026, 22:15 UTC · lir-")
    head = words(next(read(written_page(runs["tables"])).iter("header")))
    assert f" · lir-tui {origin.version} · seed 5" in head


def test_hands_of_a_bonus_that_nobody_staked_are_left_out(runs: dict[str, Played]) -> None:
    assert "Bonus hand" in tables(read(written_page(runs["evening"])))
    told = tables(read(written_page(runs["tables"])))
    assert "Bonus hand" not in told
    assert "Hand" in told


def test_the_risk_of_ruin_is_that_of_the_law(runs: dict[str, Played]) -> None:
    config = FullConfig.model_validate(
        {
            "simulation": SIMULATION | {"num_sessions": 50, "workers": 1},
            "bankroll": {"starting_amount": 100, "base_bet": 5},
        }
    )
    run = ReportedRun(config)
    results, ruins = run.run(), ruins_of(config, Event())
    rows = tables(read(page(config, results, run.compared, "run", ruins)))[
        "Chance to run out of money"
    ]
    shown = {row["Bankroll"]: row["Chance"] for row in rows}
    law = run.compared.law
    assert law is not None
    ruined = law.stop_reasons[StopReason.INSUFFICIENT_FUNDS]
    assert ruined > 0.1
    assert shown["$100.00"] == f"{ruined:.4%}".replace("%", " %")
    assert shown["$10.00"] == "no session"
    chances = [float(each.split()[0]) for each in shown.values() if each != "no session"]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) > 10
    assert "Chance to run out of money" not in tables(read(written_page(runs["evening"])))


def test_nobody_waits_for_the_risk_of_ruin_of_a_run_that_is_cancelled() -> None:
    cancelled = Event()
    cancelled.set()
    assert not ruins_of(EVENING, cancelled)


def test_seats_stand_side_by_side_where_there_are_several(runs: dict[str, Played]) -> None:
    results = runs["tables"][1]
    rows = tables(read(written_page(runs["tables"])))["By seat"]
    for seat, row in enumerate(rows, start=1):
        profits = [each.profit for each in results if each.seat == seat]
        mean = Decimal(sum(profits)) / len(profits) / 100
        assert Decimal(row["Mean profit"].replace("−", "-").replace("$", "")) == round(mean, 2)
    assert "By seat" not in tables(read(written_page(runs["evening"])))


def test_a_page_without_an_exact_law_shows_the_run_alone(runs: dict[str, Played]) -> None:
    root = read(written_page(runs["unsolved"]))
    drawn = [each.get("class") for each in root.iter("circle")]
    assert "seen" not in drawn
    assert "the exact chances. Dots" not in words(root)
    assert "Bars: the exact chances. Dots: this run." in words(read(written_page(runs["tables"])))


def test_a_page_tells_the_verdicts_and_how_to_repeat_the_run(runs: dict[str, Played]) -> None:
    run, results = runs["evening"]
    told = words(read(written_page(runs["evening"], "my evening")))
    assert "✓ EQUAL" in told
    assert "✓ AGREES WITH THE EXACT LAW" in told
    assert "lir-tui run 'my evening-config.toml'" in told
    assert results.digest in told
    root = read(written_page(runs["evening"]))
    [configuration] = [each for each in root.iter("pre") if "[simulation]" in words(each)]
    assert parse_config(words(configuration).replace("\\u202e", "\u202e"), "page") == run.config


@pytest.mark.parametrize("name", CONFIGS)
def test_a_browser_opens_a_page_without_errors_or_requests(
    name: str, runs: dict[str, Played], tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(written_page(runs[name]))
    shown, complaints = opened(file, tmp_path / "profile")
    assert complaints == []
    assert shown.rstrip().endswith("</html>")
    assert shown.count("<svg") == written_page(runs[name]).count("<svg")


def test_a_browser_would_tell_of_a_request(runs: dict[str, Played], tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    text = written_page(runs["tables"])
    file.write_text(text.replace("</body>", '<img src="https://example.org/x.png"/></body>'))
    _, complaints = opened(file, tmp_path / "profile")
    assert any("https://example.org/x.png" in each for each in complaints)


def test_the_page_of_a_million_sessions_is_small_and_opens(tmp_path: Path) -> None:
    simulation = SIMULATION | {"num_sessions": 1_000_000, "verify": "off"}
    config = EVENING.model_copy(
        update={"simulation": EVENING.simulation.model_validate(simulation)}
    )
    run = ReportedRun(config, exports=[Export(tmp_path, "run", ("html",))])
    run.export(run.run())
    page = tmp_path / "run-report.html"
    assert page.stat().st_size < 2_000_000
    shown, complaints = opened(page, tmp_path / "profile")
    assert complaints == []
    assert "1,000,000" in shown


def parquet_rows(path: Path) -> list[dict[str, Any]]:
    polars = pytest.importorskip("polars")
    rows: list[dict[str, Any]] = polars.read_parquet(path).to_dicts()
    return rows


@pytest.mark.parametrize("name", CONFIGS)
def test_parquet_has_the_columns_and_amounts_of_the_csv(
    name: str, runs: dict[str, Played], tmp_path: Path
) -> None:
    pytest.importorskip("polars")
    run, results = runs[name]
    told: list[int] = []
    path = tmp_path / "sessions.parquet"
    write_sessions_parquet(run.config, results, "run", path, told.append)
    write_sessions_csv(results, tmp_path / "sessions.csv")
    with (tmp_path / "sessions.csv").open(newline="") as file:
        lines = list(csv.DictReader(file))
    rows = parquet_rows(path)
    assert [{key: str(value) for key, value in row.items()} for row in rows] == lines
    for row, session in zip(rows, results, strict=True):
        assert row["profit"] * 100 == session.profit
        assert (row["table"], row["seat"], row["seed"]) == (
            session.table,
            session.seat,
            session.seed,
        )
    assert told == sorted(told)
    assert told[-1] == len(results)


def table_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table as CSV has them."""
    if path.suffix == ".csv":
        with path.open(newline="") as file:
            return list(csv.DictReader(file))
    rows = parquet_rows(path)
    return [{key: "" if of is None else str(of) for key, of in row.items()} for row in rows]


def test_every_table_is_the_same_as_csv_and_as_parquet(
    runs: dict[str, Played], tmp_path: Path
) -> None:
    pytest.importorskip("polars")
    run, results = runs["tables"]
    files = list(
        Export(tmp_path, "run", ("csv", "parquet"), 2).write(run.config, results, run.compared)
    )
    for name in ("sessions", "aggregates", "seats", "hands"):
        rows = table_rows(tmp_path / f"run-{name}.csv")
        assert rows
        assert rows == table_rows(tmp_path / f"run-{name}.parquet")
    told = (tmp_path / "run-config.toml").read_text()
    assert all(f"#   {each.name} " in told for each in files[1:])


def test_aggregates_and_seats_are_those_of_the_sessions(
    runs: dict[str, Played], tmp_path: Path
) -> None:
    run, results = runs["tables"]
    list(Export(tmp_path, "run", ("csv",)).write(run.config, results, run.compared))
    counted: Counter[tuple[str, ...]] = Counter()
    for session in results:
        profit, fall = (f"{each / 100:.2f}" for each in (session.profit, session.max_drawdown))
        counted["profit", profit, "", ""] += 1
        counted["max_drawdown", fall, "", ""] += 1
        counted["hands", "", str(session.hands), ""] += 1
        counted["stop_reason", "", "", session.stop_reason.key] += 1
    rows = [tuple(row.values()) for row in table_rows(tmp_path / "run-aggregates.csv")]
    assert {row[:-1]: int(row[-1]) for row in rows} == counted
    for row in table_rows(tmp_path / "run-seats.csv"):
        profits = [each.profit / 100 for each in results if each.seat == int(row["seat"])]
        assert int(row["sessions"]) == len(profits) == 400
        assert float(row["mean_profit"]) == pytest.approx(sum(profits) / 400)
        assert float(row["win_rate"]) == sum(each > 0 for each in profits) / 400


def test_parquet_tells_where_it_is_from(runs: dict[str, Played], tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    run, results = runs["evening"]
    path = tmp_path / "sessions.parquet"
    write_sessions_parquet(run.config, results, "evening", path)
    told = polars.read_parquet_metadata(path)
    assert told["lir-tui.digest"] == results.digest
    assert told["lir-tui.repeat"] == "lir-tui run evening-config.toml"
    assert parse_config(told["lir-tui.configuration"], "metadata") == run.config
    assert json.loads(told["lir-tui.provenance"])["seed"] == 5
    assert json.loads(told["lir-tui.equivalence"])["equal"] is True


def test_parquet_that_is_cancelled_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("polars")
    folder = tmp_path / "files"
    folder.mkdir()
    columns = SimulationResults.columns

    def unending_columns(results: SimulationResults) -> Iterator[NDArray[Any]]:
        for _ in range(6_000):
            yield from columns(results)
            time.sleep(0.01)

    def report(progress: RunProgress) -> None:
        if progress.phase is Phase.EXPORTING:
            run.cancel()

    config = FullConfig.model_validate({"simulation": SIMULATION | {"verify": "off"}})
    run = ReportedRun(config, report, [Export(folder, "run", ("parquet",))])
    results = run.run()
    monkeypatch.setattr(SimulationResults, "columns", unending_columns)
    with pytest.raises(ExportError, match="cancelled"):
        run.export(results)
    assert [each.name for each in folder.iterdir()] == ["run-config.toml"]


def test_parquet_on_a_full_disk_says_so(
    runs: dict[str, Played], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    polars = pytest.importorskip("polars")

    def fail(*_: object, **__: object) -> None:
        raise polars.exceptions.ComputeError("parquet: No space left on device (os error 28)")

    monkeypatch.setattr(polars.LazyFrame, "sink_parquet", fail)
    run, results = runs["tables"]
    with pytest.raises(FileError, match="the disk is full"):
        write_sessions_parquet(run.config, results, "run", tmp_path / "sessions.parquet")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def no_polars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("let_it_ride.reports.parquet.find_spec", lambda _: None)


@pytest.mark.usefixtures("no_polars")
def test_without_polars_parquet_is_refused_before_anything_is_played(
    lir_tui: Run, tmp_path: Path
) -> None:
    path = tmp_path / "wanted.toml"
    path.write_text('[output]\nformats = ["parquet"]\n')
    done = lir_tui("run", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith('lir-tui: output.formats: "parquet" is written by polars, which')
    assert "pip install 'lir-tui[parquet]'" in done.stderr
    done = lir_tui("run", "first-evening", "--output", tmp_path, "--format", "parquet")
    assert done.returncode == 2
    assert done.stderr.startswith('lir-tui: "parquet" is written by polars')
    with pytest.raises(MissingExtraError):
        Export.to_file(tmp_path / "x.parquet", "parquet")


@pytest.mark.usefixtures("no_polars")
def test_without_polars_everything_is_all_but_parquet(tmp_path: Path) -> None:
    assert Export.into(tmp_path, EVENING).formats == ("csv", "json", "html")


def test_an_old_polars_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("let_it_ride.reports.parquet.find_spec", lambda _: True)
    monkeypatch.setattr("let_it_ride.reports.parquet.version", lambda _: "1.9.0")
    with pytest.raises(MissingExtraError, match=r"polars 1\.30 or later, and polars 1\.9\.0"):
        Export.into(tmp_path, EVENING, ("parquet",))


def test_the_configuration_beside_the_files_repeats_the_run(
    runs: dict[str, Played], tmp_path: Path, lir_tui: Run
) -> None:
    run, results = runs["evening"]
    files = Export(tmp_path, "run", ("json",)).write(run.config, results, run.compared)
    settings, summary = files
    assert (settings.name, summary.name) == ("run-config.toml", "run-summary.json")
    comments = [line for line in settings.read_text().splitlines() if line.startswith("#")]
    assert "#   lir-tui run run-config.toml" in comments
    assert any("seed 5" in line for line in comments)
    assert tomllib.loads(settings.read_text())["simulation"]["random_seed"] == 5
    told = json.loads(summary.read_text())
    assert told["repeat"] == "lir-tui run run-config.toml"
    again = json.loads(lir_tui("run", settings, "--json", "--forget", "--verify", "off").stdout)
    assert again["digest"] == told["digest"] == results.digest


def test_commands_for_strange_prefixes_can_be_typed(runs: dict[str, Played]) -> None:
    assert "lir-tui run ./-x-config.toml" in written_page(runs["tables"], "-x")
    told = words(read(written_page(runs["tables"], "a$(b)")))
    assert "lir-tui run 'a$(b)-config.toml'" in told


@pytest.fixture
def kept(lir_tui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    done = lir_tui("run", "first-evening", "--sessions", 500, "--seed", 3, "--json")
    return str(json.loads(done.stdout)["kept"])


def exported(directory: Path) -> Iterator[str]:
    return (each.name for each in sorted(directory.iterdir()))


def test_a_kept_run_is_exported_as_a_page_unless_another_format_is_named(
    kept: str, lir_tui: Run
) -> None:
    done = lir_tui("export", "last", "--quiet")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"written: {kept}/run-config.toml",
        f"written: {kept}/run-report.html",
    ]
    assert read(Path(kept, "run-report.html").read_text()) is not None


def test_a_kept_run_is_exported_into_a_directory_in_the_formats_named(
    kept: str, lir_tui: Run
) -> None:
    done = lir_tui("export", kept, "--format", "csv", "--format", "json", "--output", "out")
    assert done.returncode == 0, done.stderr
    assert list(exported(Path("out"))) == [
        "run-aggregates.csv",
        "run-config.toml",
        "run-seats.csv",
        "run-sessions.csv",
        "run-summary.json",
    ]


def test_a_kept_run_is_exported_to_a_file_of_any_name(kept: str, lir_tui: Run) -> None:
    done = lir_tui("export", kept, "--output", "evening.html", "--quiet")
    assert done.returncode == 0, done.stderr
    assert Path("evening-config.toml").exists()
    assert "lir-tui run evening-config.toml" in Path("evening.html").read_text()


def test_only_the_tables_that_are_named_are_exported(kept: str, lir_tui: Run) -> None:
    done = lir_tui("export", kept, "--only", "seats", "--only", "hands", "--quiet")
    assert done.returncode == 2
    assert "--hands N" in done.stderr
    done = lir_tui("export", kept, "--only", "seats", "--only", "hands", "--hands", 2, "--quiet")
    assert list(exported(Path(kept))) == ["run-config.toml", "run-hands.csv", "run-seats.csv"]
    assert {row["session"] for row in table_rows(Path(kept, "run-hands.csv"))} == {"0", "1"}
    done = lir_tui("export", kept, "--only", "seats", "--output", "places.csv", "--quiet")
    assert done.returncode == 0, done.stderr
    assert len(table_rows(Path("places.csv"))) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--only", "seats", "--format", "html"), "html is not written as tables"),
        (("--only", "seats", "--only", "sessions", "--output", "x.csv"), "x.csv is one file"),
    ],
)
def test_tables_without_a_place_are_refused(
    kept: str, lir_tui: Run, arguments: tuple[str, ...], told: str
) -> None:
    done = lir_tui("export", kept, *arguments, "--quiet")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_files_of_two_runs_do_not_mix(kept: str, lir_tui: Run) -> None:
    assert lir_tui("export", kept, "--format", "csv", "--output", "out").returncode == 0
    files = {name: Path("out", name).read_bytes() for name in exported(Path("out"))}
    other = ("run", "first-evening", "--sessions", 500, "--seed", 4, "--quiet")
    for arguments in ((*other, "--output", "out"), other, ("export", "last", "--output", "out")):
        done = lir_tui(*arguments)
        assert (done.returncode == 0) == ("out" not in arguments)
    assert "out/run-config.toml" in done.stderr
    assert "--force" in done.stderr
    assert {name: Path("out", name).read_bytes() for name in exported(Path("out"))} == files
    assert lir_tui("export", "last", "--output", "out", "--force").returncode == 0
    assert list(exported(Path("out"))) == ["run-config.toml", "run-report.html"]
    assert "random_seed = 4" in Path("out", "run-config.toml").read_text()


def test_more_files_of_one_run_go_beside_those_that_are_there(kept: str, lir_tui: Run) -> None:
    assert lir_tui("export", kept, "--only", "seats").returncode == 0
    assert lir_tui("export", kept, "--format", "json").returncode == 0
    assert list(exported(Path(kept))) == ["run-config.toml", "run-seats.csv", "run-summary.json"]
    told = Path(kept, "run-config.toml").read_text()
    assert "#   run-seats.csv " in told
    assert "#   run-summary.json " in told


def test_what_is_exported_of_a_kept_run_is_what_the_run_would_have_written(
    lir_tui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("--sessions", 500, "--seed", 3, "--workers", 1, "--output", "now", "--quiet")
    done = lir_tui("run", "first-evening", *arguments, "--format", "html", "--format", "csv")
    assert done.returncode == 0, done.stderr
    lir_tui("export", "last", "--format", "html", "--format", "csv", "--output", "then")
    assert list(exported(Path("now"))) == list(exported(Path("then")))
    for name in exported(Path("now")):
        assert Path("now", name).read_text() == Path("then", name).read_text()


def test_a_format_without_a_place_is_refused(lir_tui: Run) -> None:
    done = lir_tui("run", "first-evening", "--format", "html")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--output" in done.stderr


def test_unknown_formats_are_named_with_those_there_are(lir_tui: Run) -> None:
    done = lir_tui("export", "last", "--format", "xlsx")
    assert done.returncode == 2
    assert all(name in done.stderr for name in FORMATS)


def test_the_law_of_a_run_is_the_one_it_is_compared_with(runs: dict[str, Played]) -> None:
    compared = runs["tables"][0].compared
    assert compared.law is not None
    assert compared.agreement is not None
    numbers = {each.name: each.exact for each in compared.agreement.comparisons}
    assert compared.law.mean_profit == pytest.approx(numbers["mean_profit"])
    assert runs["unsolved"][0].compared.law is None
