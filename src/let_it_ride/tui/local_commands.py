"""What keys do on a screen and in the widget that has the focus: for the help and the palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from let_it_ride.tui.commands import PROGRAM_BINDINGS, WORKSPACE_BINDINGS
from let_it_ride.tui.motion import MOTION, meant_by

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.dom import DOMNode
    from textual.screen import Screen

    from let_it_ride.tui.app import LirApp

_COMMANDS: Final = {binding.id for binding in (*WORKSPACE_BINDINGS, *PROGRAM_BINDINGS)}


@dataclass(frozen=True, slots=True)
class LocalCommand:
    """An action of what has the focus, or of what that is in.

    Attributes:
        node: whose action it is.
        binding: its first binding.
        keys: all its keys.
    """

    node: DOMNode
    binding: Binding
    keys: list[str]


def local_commands(screen: Screen[object]) -> tuple[LocalCommand, ...]:
    """The commands of what has the focus on a screen, each once."""
    found: dict[tuple[DOMNode, str], LocalCommand] = {}
    active = screen.active_bindings
    for node, binding, enabled, _tooltip in active.values():
        if node is screen.app or not enabled or not binding.description:
            continue
        if binding.action.startswith(("scroll", "page_")):
            continue  # arrows and pages scroll, as everywhere
        if binding.id in _COMMANDS or (node is screen and binding.id is None):
            continue  # the help and the palette have it already, or it is Textual's own
        command = found.setdefault((node, binding.action), LocalCommand(node, binding, []))
        command.keys.append(binding.key)
    for letter in MOTION if cast("LirApp", screen.app).keymap.has_motion else ():
        moves = active.get(meant_by(letter, screen) or "")
        if moves and (moves.node, moves.binding.action) in found:
            found[moves.node, moves.binding.action].keys.append(letter)
    return tuple(found.values())
