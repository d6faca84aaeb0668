"""What terminals show for their sixteen colours, as their makers publish it."""

from dataclasses import dataclass
from typing import Final

_NAMES: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")


@dataclass(frozen=True)
class Palette:
    """The colours of a terminal.

    Attributes:
        ink: what is written in when nothing else is said.
        ground: what is behind it.
        colors: the sixteen, without "#".
    """

    ink: str
    ground: str
    colors: str

    def shown(self, paint: str, *, is_ground: bool = False) -> str:
        """The colour, as "#rrggbb", that is seen for one of a theme."""
        if paint in {"transparent", "ansi_default"}:
            return f"#{self.ground if is_ground else self.ink}"
        if not paint.startswith("ansi_"):
            return paint
        name = paint.removeprefix("ansi_")
        place = _NAMES.index(name.removeprefix("bright_")) + 8 * name.startswith("bright_")
        return f"#{self.colors.split()[place]}"


_XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
    " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_TANGO = (
    "2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf"
    " 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec"
)
_VGA = (
    "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa"
    " 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
)
_SOLARIZED = (
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5"
    " 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)
_APPLE = (
    "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf"
    " 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"
)

DARK: Final = {
    "xterm": Palette("e5e5e5", "000000", _XTERM),
    "vga": Palette("aaaaaa", "000000", _VGA),
    "ubuntu": Palette("ffffff", "300a24", _TANGO),
    "solarized": Palette("839496", "002b36", _SOLARIZED),
    "windows": Palette(
        "cccccc",
        "0c0c0c",
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc"
        " 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    ),
    "dracula": Palette(
        "f8f8f2",
        "282a36",
        "21222c ff5555 50fa7b f1fa8c bd93f9 ff79c6 8be9fd f8f8f2"
        " 6272a4 ff6e6e 69ff94 ffffa5 d6acff ff92df a4ffff ffffff",
    ),
    "gruvbox": Palette(
        "ebdbb2",
        "282828",
        "282828 cc241d 98971a d79921 458588 b16286 689d6a a89984"
        " 928374 fb4934 b8bb26 fabd2f 83a598 d3869b 8ec07c ebdbb2",
    ),
}
"""Terminals with a dark ground."""

LIGHT: Final = {
    "xterm": Palette("000000", "ffffff", _XTERM),
    "gnome": Palette("171421", "ffffff", _TANGO),
    "apple": Palette("000000", "ffffff", _APPLE),
    "solarized": Palette("657b83", "fdf6e3", _SOLARIZED),
    "vga": Palette("000000", "ffffff", _VGA),
}
"""Terminals with a light ground."""
