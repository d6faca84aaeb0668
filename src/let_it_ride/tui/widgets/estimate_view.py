"""The mean profit of a run that is being played, as it closes in on the exact one."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.numbers import count, money, signed_minus
from let_it_ride.reports.pictures.axis import Axis, round_step
from let_it_ride.tui.pictures.canvas import MUTED, Canvas
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.simulation.running import Running

_ROWS: Final = 7
_LEFT: Final = 10
_LEAST_COLUMNS: Final = 20

#: Half of the interval in which 95 % of estimates are, in standard errors.
_Z95: Final = 1.96

#: The picture reaches as far as the interval does after this share of the run.
_REACH: Final = 1 / 12

_BAND: Final = ("░", MUTED)
_LINE: Final = ("─", "bold $accent")
_DOT: Final = ("•", "bold $foreground")


@dataclass(frozen=True, slots=True)
class Course:
    """How an estimate went.

    Attributes:
        points: what was known at moments of the run, the last one the latest.
        tables: how many tables the run has.
        exact: the exact mean, if it is known.
    """

    points: Sequence[Running] = ()
    tables: int = 0
    exact: float | None = None


class EstimateView(Fitted):
    """The estimate as a line of dots in its interval, over its numbers."""

    course: reactive[Course] = reactive(Course)

    def watch_course(self, before: Course, now: Course) -> None:
        """Take room when there is something to show."""
        self.display = bool(now.points)
        if bool(before.points) != bool(now.points):
            self.refresh(layout=True)

    def on_mount(self) -> None:
        """Take no room before."""
        self.display = bool(self.course.points)

    def content_at(self, width: int) -> Content:
        """Return the picture and the words."""
        if not self.course.points:
            return Content("")
        title = f"Mean profit so far, of {count(self.course.points[-1].sessions)} sessions"
        lines = [Content.styled(title, "bold $primary")]
        if width >= _LEFT + _LEAST_COLUMNS:
            lines.append(self._picture(width))
        lines.append(_words(self.course))
        return Content("\n").join(lines)

    def _picture(self, width: int) -> Content:
        course, canvas = self.course, Canvas(width, _ROWS)
        latest = course.points[-1]
        middle = latest.mean if course.exact is None else course.exact
        spread = latest.error * sqrt(latest.tables)
        reach = _Z95 * spread / sqrt(course.tables * _REACH) or 100.0
        # A round one stays the same while the spread becomes known.
        step = round_step(reach / 8)
        reach = ceil(reach / step) * step
        y = Axis(middle - reach, middle + reach, _ROWS - 1, 0)
        x = Axis(0, course.tables, _LEFT, width - 1)
        if course.exact is not None:
            canvas.put(_LEFT, _ROWS // 2, _LINE[0] * (width - _LEFT), _LINE[1])
        at = {min(round(x.place(point.tables)), width - 1): point for point in course.points}
        point = course.points[0]
        for column in range(min(at), max(at) + 1):
            is_new, point = column in at, at.get(column, point)
            half = _Z95 * spread / sqrt(point.tables)
            top, bottom = (round(y.place(point.mean + side * half)) for side in (1, -1))
            for row in range(max(top, 0), min(bottom, _ROWS - 1) + 1):
                if course.exact is None or row != _ROWS // 2:
                    canvas.put(column, row, *_BAND)
            row = round(y.place(point.mean))
            if is_new and 0 <= row < _ROWS:
                canvas.put(column, row, *_DOT)
        for row, level in ((0, y.high), (_ROWS // 2, middle), (_ROWS - 1, y.low)):
            name = money(level, signed=True)
            canvas.put(_LEFT - 1 - len(name), row, name, MUTED)
        return canvas.content()


def _words(course: Course) -> Content:
    """The estimate and, under it, the exact mean: in lines that fit where the run has little room.

    What the marks of the picture mean must not be out of sight below it.
    """
    latest = course.points[-1]
    half = f", {_BAND[0]} ± {money(_Z95 * latest.error)} (95 %)" if latest.error else ""
    lines = [Content.assemble((f"{_DOT[0]} {money(latest.mean, signed=True)}", "bold"), half)]
    if course.exact is not None:
        told = f"{_LINE[0]} exactly {money(course.exact, signed=True)}"
        if latest.error:
            z = signed_minus(f"{(latest.mean - course.exact) / latest.error:+.1f}")
            told += f", z {z}"
        lines.append(Content(told))
    return Content("\n").join(lines)
