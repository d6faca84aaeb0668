"""Maps of sweeps: what fits where, and what stands there."""

from dataclasses import replace
from decimal import Decimal

from let_it_ride.analysis.axes import Axis
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Figures
from let_it_ride.analysis.measures import MEASURES, measure_named
from let_it_ride.analysis.sweep import Cell, Sweep
from let_it_ride.reports.heat_map import heat_map
from let_it_ride.reports.map_values import MapCell
from let_it_ride.reports.sweep_words import cell_words, extremes_words, value_labels
from let_it_ride.reports.wide_map import wide_map
from let_it_ride.simulation.estimates import Estimate

AHEAD, MEAN = measure_named("ahead"), measure_named("mean")


def figures(ahead, mean=0.0, *, half=0.0):
    values = {"ahead": ahead, "mean": mean}
    return Figures(
        tuple(Estimate.of_mean(values.get(measure.name, 0.0), half) for measure in MEASURES),
        "seats share cards" if half else "",
    )


def swept(size, make):
    """A sweep of limits, `size` in both directions; `make` gives a cell's figures or flaw."""
    values = tuple(Decimal(25 * (place + 1)) for place in range(size))
    axes = (
        Axis(("bankroll", "stop_conditions", "win_limit"), "Win limit", values),
        Axis(("bankroll", "stop_conditions", "loss_limit"), "Loss limit", values),
    )
    cells = []
    for row in range(size):
        for column in range(size):
            made = make(row, column)
            is_flaw = isinstance(made, str)
            cells.append(Cell((row, column), None if is_flaw else made, made if is_flaw else ""))
    return Sweep(axes, tuple(cells), Dealing(1000, 5))


def lines_of(drawn):
    lines = [drawn.title]
    for band in drawn.bands:
        lines.append(band.head)
        for label, row in zip(band.labels, band.rows, strict=True):
            lines.append(label + "".join(cell.text for cell in row))
    return [*lines, *drawn.lines]


def limits(row, column):
    return figures((20 + row + 2 * column) / 100, -100.0 * (row + column + 1))


def test_four_hundred_cells_have_their_numbers_in_eighty_columns_and_leave_a_line_for_the_prompt():
    drawn = heat_map(swept(20, limits), AHEAD, 80)
    lines = lines_of(drawn)
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 23
    assert lines[0] == "Chance to leave ahead, % · down win_limit, across loss_limit · exact"
    assert lines[1].split() == [str(50 * place) for place in range(1, 11)]
    assert lines[2].split() == ["25▼20", *(str(20 + 2 * column) for column in range(1, 20))]
    assert lines[21].split()[:3] == ["500", "39", "41"]
    assert lines[21].endswith("▲77")
    assert lines[22] == (
        "▲ 77.00 % win_limit 500, loss_limit 500  ▼ 20.00 % win_limit 25, loss_limit 25"
    )


def test_every_head_ends_where_its_column_does():
    drawn = heat_map(swept(20, limits), AHEAD, 80)
    band = drawn.bands[0]
    for place, value in enumerate(range(25, 525, 25)):
        end = len(band.labels[0]) + (place + 1) * drawn.cell_width
        if str(value) in band.head.split():
            assert band.head[:end].endswith(f" {value}")


def test_a_wider_line_holds_more_decimals():
    widths = [heat_map(swept(20, limits), AHEAD, width).cell_width for width in (80, 120, 200)]
    assert widths == [3, 5, 8]
    assert "20.00" in heat_map(swept(20, limits), AHEAD, 140).bands[0].rows[0][0].text


def test_certainty_and_losses_find_room_in_three_characters():
    certain = heat_map(swept(20, lambda row, column: figures(row == column)), AHEAD, 80)
    assert certain.cell_width == 3
    assert certain.bands[0].rows[3][3].text == "100"
    losses = heat_map(swept(20, limits), MEAN, 80)
    assert losses.bands[0].rows[19][19].text == "−39"


def test_where_numbers_have_no_room_shades_have_and_then_bands():
    drawn = heat_map(swept(60, lambda row, _: figures(row / 60)), AHEAD, 80)
    assert drawn.cell_width == 1
    assert drawn.bands[0].rows[0][0].text == "░"
    assert drawn.bands[0].rows[59][0].text == "█"
    assert "░ 0.00 … █ 98.33 %" in drawn.lines
    wide = heat_map(swept(100, lambda row, _: figures(row / 100)), AHEAD, 80)
    assert [band.first for band in wide.bands] == [0, 76]
    assert max(len(line) for line in lines_of(wide)) <= 80


def test_what_is_not_known_and_what_is_no_configuration_have_signs_of_their_own():
    def make(row, column):
        return None if row == 0 else "too poor" if column == 0 else figures(0.3, half=0.01)

    drawn = heat_map(swept(2, make), AHEAD, 80)
    (unknown, _), (flawed, known) = drawn.bands[0].rows
    assert (unknown.text.strip(), unknown.level, unknown.colours) == ("·", None, None)
    assert (flawed.text.strip(), flawed.level) == ("×", None)
    assert known.level == 0.5
    assert any("× 1 no valid" in line and "too poor" in line for line in drawn.lines)
    assert any("~ 1 simulated, 1,000 each, seed 5" in line for line in drawn.lines)


def test_beside_exact_cells_those_that_are_simulated_have_a_mark():
    def make(row, column):
        return figures(0.1 * (1 + row + 2 * column), half=0.01 * (row != column))

    first, second = heat_map(swept(2, make), AHEAD, 80).bands[0].rows
    texts = [cell.text.strip() for cell in (*first, *second)]
    assert texts == ["▼10.00", "~30.00", "~20.00", "▲40.00"]


def test_differences_have_signs_and_percentage_points():
    def make(row, column):
        apart = (0.1 * (column - row), 0.0)
        estimates = tuple(Estimate.of_mean(apart[place > 0], 0.0) for place in range(len(MEASURES)))
        return replace(figures(0.5), differences=estimates)

    drawn = heat_map(swept(2, make).apart(), AHEAD, 80)
    first, second = drawn.bands[0].rows
    texts = [cell.text.strip() for cell in (*first, *second)]
    assert texts == ["0.0000", "▲+10.0000", "▼−10.0000", "0.0000"]
    assert drawn.title == (
        "Change: chance to leave ahead, pp · down win_limit, across loss_limit · exact"
    )
    assert drawn.lines == (
        "▲ +10.00 pp win_limit 25, loss_limit 50  ▼ −10.00 pp win_limit 50, loss_limit 25",
    )


def test_where_all_are_the_same_no_cell_is_marked():
    drawn = heat_map(swept(3, lambda _row, _column: figures(0.25)), AHEAD, 80)
    assert {cell.text.strip() for row in drawn.bands[0].rows for cell in row} == {"25.0000"}
    assert drawn.lines == ("= 25.00 % everywhere",)
    noise = heat_map(swept(3, lambda row, _: figures(0.3, 911.4765906 + row * 1e-8)), MEAN, 80)
    assert noise.lines == ("= $9.11 everywhere",)
    assert {cell.level for row in noise.bands[0].rows for cell in row} == {0.5}


def wide(sweep, measure, width):
    down, across = map(value_labels, sweep.axes)
    return wide_map(sweep, measure, (down, across), width)


def test_on_a_map_that_is_looked_at_in_part_numbers_have_gaps_and_losses_of_all_no_signs():
    drawn = wide(swept(20, limits), MEAN, 78)
    assert (drawn.is_unsigned, drawn.seen, drawn.cell_width) == (True, 20, 3)
    assert (drawn.low, drawn.high) == ("−$39.00", "−$1.00")
    texts = [cell.text for row in drawn.band.rows for cell in row]
    assert {len(text) for text in texts} == {3}
    assert all(text[0] in " ▲▼" and text.lstrip(" ▲▼").isdigit() for text in texts)
    mixed = wide(swept(20, lambda row, _: figures(0, 100.0 * (row - 15))), MEAN, 78)
    assert (mixed.is_unsigned, mixed.seen, mixed.cell_width) == (False, 18, 4)
    assert mixed.band.rows[2][3].text == " −13"


def test_the_heads_of_the_columns_in_sight_stand_where_their_columns_end():
    for measure in (AHEAD, MEAN):
        drawn = wide(swept(30, limits), measure, 66)
        for first in range(30 - drawn.seen + 1):
            head = drawn.head_from(first)
            assert len(head) <= drawn.seen * drawn.cell_width
            for text in head.split():
                column = (head.index(f"{text} " if text in head[:-3] else text) + len(text)) / (
                    drawn.cell_width
                )
                assert int(text) == 25 * (first + column)


def test_a_cell_is_told_in_the_words_of_the_form():
    def make(row, column):
        values = {
            "ahead": 0.25,
            "mean": -100.0 * (row + column),
            "win_limit": 0.5,
            "max_hands": 0.5,
        }
        estimates = (Estimate.of_mean(values.get(each.name, 0.0), 0.0) for each in MEASURES)
        return Figures(tuple(estimates))

    sweep = swept(2, make)
    assert cell_words(sweep, MEAN, sweep.cells[1], 200) == (
        "Win limit $25, loss limit $50: mean −$1.00 · ahead 25.00 %"
        " · ended by win limit 50.00 %, all hands 50.00 %"
    )
    assert cell_words(sweep, MEAN, sweep.cells[1], 60).endswith("ahead 25.00 %")
    assert extremes_words(sweep, MEAN, 78) == (
        "▲ highest $0.00 at $25 / $25   ▼ lowest −$2.00 at $50 / $50",
    )


def test_colours_go_from_dark_to_light_with_text_that_can_be_read():
    pairs = [MapCell("", step / 10).colours for step in range(10)]
    assert len(set(pairs)) == 10
    lights = []
    for pair in pairs:
        assert pair is not None
        text, back = pair
        assert contrast(text, back) > 4.5
        lights.append(lightness(back))
    assert lights == sorted(lights)
    assert MapCell("", 1.0).colours == pairs[-1]


def lightness(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((lightness(one), lightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
