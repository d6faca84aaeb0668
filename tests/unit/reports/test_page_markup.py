"""Markup: what is in an element can be text and nothing else, whoever wrote it."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.reports.page.drawing import Shelf, centred, width_of
from let_it_ride.reports.page.markup import Markup, element, prose
from let_it_ride.reports.pictures.axis import Axis, round_step

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_stays_text(inside: str, title: str) -> None:
    markup = element("p", inside, title=title)
    markup.encode()
    read = ElementTree.fromstring(markup)  # noqa: S314  our own
    assert [each.tag for each in read.iter()] == ["p"]
    if all(character.isprintable() for character in inside + title):
        assert (read.text or "", read.get("title")) == (inside, title)


def test_what_cannot_be_seen_is_told() -> None:
    assert element("p", "a\u202eb\x07\ud800") == "<p>a\\u202eb\\x07\\ud800</p>"


def test_lines_stay_lines() -> None:
    assert element("pre", "a\nb") == "<pre>a\nb</pre>"


def test_attributes_are_named_as_in_html() -> None:
    made = element("p", class_="a", aria_label="b", id=None, tabindex=0)
    assert made == '<p class="a" aria-label="b" tabindex="0"></p>'


def test_amounts_are_kept_together() -> None:
    assert prose("from −$5 & on") == 'from <span class="amount">−$5</span> &amp; on'
    assert isinstance(prose("x"), Markup)


def test_ticks_are_round_and_on_the_axis() -> None:
    assert list(Axis(-250, 730, 0, 100).ticks(6)) == [-200, 0, 200, 400, 600]
    assert list(Axis(0, 0.0213, 0, 1).ticks(5)) == [0, 0.005, 0.01, 0.015, 0.02]


@given(st.floats(1e-9, 1e12))
def test_a_round_step_is_the_next_of_1_2_5(least: float) -> None:
    step = round_step(least)
    assert least * (1 - 1e-6) <= step <= least * 2.5 * (1 + 1e-6)
    assert f"{step:e}"[0] in "125"


@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from(["5 %", "median", "Mean −$1"]))))
def test_no_words_stand_on_others(marks: list[tuple[float, str]]) -> None:
    shelf, placed = Shelf(), []
    for middle, words in marks:
        row = shelf.row_for(middle, words, most=2)
        if row is not None:
            half = width_of(words) / 2
            assert all(
                other != row or middle + half < left or middle - half > right
                for other, left, right in placed
            )
            placed.append((row, middle - half, middle + half))


def test_words_stay_in_the_picture() -> None:
    assert centred(0, "words", 0, 100) - width_of("words") / 2 == 0
    assert centred(100, "words", 0, 100) + width_of("words") / 2 == 100
    assert centred(50, "words", 0, 100) == 50
