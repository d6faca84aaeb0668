"""Everything the keyboard can do: each action with its keys, its palette entry and its help.

The bindings, the command palette and the help screen are all drawn from these tables.
"""

from typing import Final, NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """An action of the workspace.

    Attributes:
        action: what it is called in code, with its parameter if it has one.
        keys: the keys for it, the best first.
        label: a word or two, for the footer and the palette.
        help: what it does, in a sentence.
        in_footer: whether the footer shows it.
        priority: it works wherever the focus is, even where its key has a meaning of its own.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    help: str
    in_footer: bool = False
    priority: bool = False

    @property
    def name(self) -> str:
        """A name that stays, for whoever wants other keys."""
        return self.label.lower().replace(" ", "_")

    @property
    def binding(self) -> Binding:
        """The binding for all of its keys."""
        return Binding(
            ",".join(self.keys),
            self.action,
            self.label,
            show=self.in_footer,
            priority=self.priority,
            tooltip=self.help,
            id=self.name,
        )


class Group(NamedTuple):
    """Commands that belong together, under a title in the help."""

    title: str
    commands: tuple[Command, ...]


FILES: Final = Group(
    "File",
    (
        Command("new", ("ctrl+n", "alt+n"), "New", "Begin a configuration from a preset."),
        Command("open", ("ctrl+o", "alt+o"), "Open", "Open a configuration from a file."),
        Command(
            "open_recent",
            ("alt+shift+l", "shift+f12"),
            "Recent",
            "Open one of the last files, where it was left.",
        ),
        Command("save", ("ctrl+s", "alt+w"), "Save", "Write the configuration to its file.", True),
        Command("save_as", ("f12", "alt+s"), "Save as", "Write it to another file."),
        Command(
            "welcome",
            ("alt+shift+w", "shift+f11"),
            "Welcome",
            "See what this is, and three ways to begin.",
        ),
    ),
)

VIEWS: Final = Group(
    "Views",
    (
        Command("show_form", ("f2", "alt+m"), "Form", "Edit the configuration in the form."),
        Command("show_text", ("f3", "alt+l"), "TOML", "Edit the configuration as TOML.", True),
        Command(
            "show_odds",
            ("f4", "alt+j"),
            "Odds",
            "Look at the exact odds of a session and of a round.",
        ),
        Command(
            "show_distribution",
            ("f11", "alt+u"),
            "Distribution",
            "Look at the chance of every profit of a session.",
        ),
        Command(
            "show_chart",
            ("alt+h", "ctrl+right_square_bracket"),
            "Chart",
            "Look at which hands ride, and why.",
        ),
        Command("show_run", ("f6", "alt+r"), "Run panel", "Look at the run and its results."),
        Command(
            "show_pictures",
            ("alt+shift+b", "shift+f7"),
            "Pictures",
            "Look at the results of the run in pictures.",
        ),
        Command(
            "export",
            ("alt+shift+e", "shift+f10"),
            "Export",
            "Write files of the run: its report, and its tables.",
        ),
        Command(
            "show_report",
            ("alt+shift+v", "alt+shift+u"),
            "Open report",
            "Show the HTML report of the run in a browser.",
        ),
        Command("next_theme", ("ctrl+backslash", "alt+t"), "Theme", "Change to the next theme."),
        Command(
            "choose_theme",
            ("alt+shift+c", "alt+shift+s"),
            "Choose theme",
            "Look at the themes, yours among them, and choose one.",
        ),
    ),
)

EDITING: Final = Group(
    "Form",
    (
        Command(
            "go_to", ("ctrl+l", "alt+g", "slash"), "Go to", "Find a setting by words about it."
        ),
        Command(
            "jump",
            ("ctrl+space", "alt+shift+j"),
            "Jump",
            "Go to a setting, panel or view in sight by the letter that is put beside it.",
        ),
        Command("previous_page", ("f7", "ctrl+pageup"), "Previous section", "Go a section back."),
        Command("next_page", ("f8", "ctrl+pagedown"), "Next section", "Go to the next section."),
        Command("next_problem", ("f9", "alt+e"), "Next error", "Go to the next error."),
        Command("reset", ("f10", "alt+d"), "Default", "Give the setting its default again."),
        Command("undo", ("ctrl+z",), "Undo", "Take the last change back."),
        Command("redo", ("ctrl+y",), "Redo", "Make the change that was taken back again."),
    ),
)

LISTS: Final = Group(
    "Lists of steps, tiers and rules",
    (
        Command("add_line", ("insert", "alt+i"), "Add line", "Add a line under this one."),
        Command("remove_line", ("ctrl+delete", "alt+k"), "Remove line", "Remove this line."),
        Command("move_line(-1)", ("ctrl+up", "alt+up"), "Line up", "Move this line up."),
        Command("move_line(1)", ("ctrl+down", "alt+down"), "Line down", "Move this line down."),
    ),
)

RUNNING: Final = Group(
    "Run",
    (
        Command("run", ("f5", "ctrl+r"), "Run", "Play the sessions of the configuration.", True),
        Command("stop", ("ctrl+t", "alt+x"), "Stop", "Stop the run; it can be resumed.", True),
        Command("resume", ("shift+f5", "ctrl+b"), "Resume", "Resume the newest unfinished run."),
        Command(
            "show_runs",
            ("alt+a", "shift+f6"),
            "Runs",
            "Look at all runs that are kept: open, compare, export, resume.",
        ),
        Command(
            "stop_or_solve",
            ("alt+z", "alt+y"),
            "Stop or solve",
            "Stop solving the sessions, or solve them again.",
        ),
    ),
)

WHAT_IF: Final = Group(
    "What if",
    (
        Command(
            "vary",
            ("alt+v", "ctrl+circumflex_accent"),
            "What if",
            "Vary settings and map what that gives.",
        ),
        Command(
            "compare",
            ("alt+c", "ctrl+underscore"),
            "Compare",
            "Put another configuration beside it.",
        ),
    ),
)

TABLE: Final = Group(
    "At the table",
    (
        Command(
            "replay",
            ("alt+shift+r", "shift+f4"),
            "Replay",
            "Watch a session of the run, hand by hand.",
        ),
        Command(
            "practise",
            ("alt+shift+t", "shift+f2"),
            "Practise",
            "Decide hand by hand, and see what mistakes cost.",
        ),
    ),
)

PROGRAM: Final = Group(
    "Program",
    (
        Command("help", ("f1", "ctrl+g"), "Help", "Show the keys, and help for the setting.", True),
        Command(
            "topics",
            ("shift+f1", "alt+shift+h"),
            "Topics",
            "Read about settings, results, runs and the program.",
        ),
        Command(
            "command_palette",
            ("ctrl+p", "alt+p"),
            "Commands",
            "Find a command, setting, preset, picture or theme by name.",
            True,
        ),
        Command(
            "copy",
            ("alt+shift+y", "shift+f8", "y"),
            "Copy",
            "Copy the value that has the focus, or anything of a table or report.",
        ),
        Command("quit", ("ctrl+q", "alt+q"), "Quit", "Leave the program.", True, priority=True),
    ),
)

WORKSPACE_GROUPS: Final = (RUNNING, TABLE, WHAT_IF, FILES, VIEWS, EDITING, LISTS)
"""The groups whose actions the workspace has; those of `PROGRAM` are the app's."""

GROUPS: Final = (*WORKSPACE_GROUPS, PROGRAM)
"""All groups, in the order of the help."""

COMMANDS: Final = {command.name: command for group in GROUPS for command in group.commands}
"""Every command by its name."""

WORKSPACE_BINDINGS: Final = tuple(
    command.binding for group in WORKSPACE_GROUPS for command in group.commands
)
PROGRAM_BINDINGS: Final = tuple(command.binding for command in PROGRAM.commands)
