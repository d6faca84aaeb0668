"""What cells of a heat map look like in a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.color import Color

if TYPE_CHECKING:
    from textual.theme import Theme

_STEPS: Final = 10

#: From this luminance on black reads better than white, by the ratios of WCAG 2.
_LIGHT: Final = 0.179


def map_styles(theme: Theme) -> tuple[str, ...]:
    """Styles of cells, from those of low values to those of high ones.

    They go from the theme's panel to its primary colour and are told apart by their lightness, for
    every kind of colour vision. Of the terminal's own colours, which cannot be mixed, there are
    few.
    """
    panel = theme.panel or theme.background or ("#000000" if theme.dark else "#ffffff")
    low, high = Color.parse(panel), Color.parse(theme.primary)
    if any(color.ansi is not None or not color.a for color in (low, high)):
        ink = theme.variables["block-cursor-foreground"]
        return ("", "bold", f"bold {theme.primary}", f"{ink} on {theme.primary}")
    grounds = (low.blend(high, step / (_STEPS - 1)) for step in range(_STEPS))
    return tuple(f"{_ink_on(ground)} on {ground.hex}" for ground in grounds)


def _ink_on(ground: Color) -> str:
    linear = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in ground.normalized
    )
    luminance = sum(
        weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return "#000000" if luminance > _LIGHT else "#ffffff"
