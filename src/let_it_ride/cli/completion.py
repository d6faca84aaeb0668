"""What can be typed next on the command line, for the shells that ask: derived from the parser.

The script of a shell asks the program at every tab, so that runs and files are those of the moment
and no script has to be made anew with another version.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from let_it_ride.cli.parser import parser_of_everything
from let_it_ride.config.printing import printable

NEXT_WORDS: Final = "__next-words"
"""The word after ``lir-tui`` with which a shell asks; the words typed so far follow."""

Offers = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """What can stand in a place of the command line.

    Attributes:
        words: each with what it means.
        paths: what else: "files", "folders" or "none".
    """

    words: tuple[tuple[str, str], ...] = ()
    paths: str = "none"


@dataclass
class _Place:
    """Where in a command line one is, as far as words have been read."""

    parser: argparse.ArgumentParser
    positionals: list[argparse.Action] = field(init=False)
    wants_value: argparse.Action | None = None
    takes_options: bool = True

    def __post_init__(self) -> None:
        self.positionals = [each for each in _actions(self.parser) if not each.option_strings]

    def take(self, word: str) -> None:
        """Go past a word."""
        option = self.option(word)
        if self.wants_value is not None:
            self.wants_value = None
        elif word == "--":
            self.takes_options = False
        elif option is not None:
            self.wants_value = option if option.nargs != 0 and "=" not in word else None
        elif self.positionals:
            first = self.positionals[0]
            if isinstance(first, argparse._SubParsersAction):  # noqa: SLF001  there is no other way
                self.positionals = []
                if word in first.choices:
                    self.parser = first.choices[word]
                    self.__post_init__()
            elif first.nargs not in {"+", "*"}:
                self.positionals.pop(0)

    def option(self, word: str) -> argparse.Action | None:
        """The option that a word is, if it is one."""
        name = word.partition("=")[0]
        found = (each for each in _actions(self.parser) if name in each.option_strings)
        return next(found, None) if self.takes_options else None

    def offered(self, begun: str) -> Offered:
        """What can stand here, of which a part may be typed."""
        if self.wants_value is not None:
            return _values(self.wants_value)
        if self.takes_options and begun.startswith("-"):
            return Offered(tuple(_options(self.parser)))
        return _values(self.positionals[0]) if self.positionals else Offered()


def print_next_words(words: Sequence[str]) -> int:
    """Print what can stand in the place of the last of the words: paths, then word by word."""
    offered = next_words(words)
    print(offered.paths)
    for word, meaning in offered.words:
        print(f"{word}\t{printable(meaning)}")
    return 0


def next_words(words: Sequence[str]) -> Offered:
    """Return what can stand in the place of the last of the words after ``lir-tui``."""
    place = _Place(parser_of_everything())
    *before, begun = words or ("",)
    for word in before:
        if word != "=":  # bash takes an option and its value apart
            place.take(word)
    if begun == "=":
        begun = ""
    offered = place.offered(begun)
    begun = begun.lstrip("'\"").replace("\\", "")
    fitting = tuple(
        (word, meaning)
        for word, meaning in offered.words
        if word.startswith(begun) and word == printable(word)
    )
    is_a_file = bool(begun) and not (before or begun.startswith("-"))  # which the app opens
    return Offered(fitting, "files" if is_a_file else offered.paths)


def print_script(options: argparse.Namespace) -> int:
    """Print the script with which a shell asks."""
    sys.stdout.write(_SCRIPTS[options.shell].replace("NEXT_WORDS", NEXT_WORDS))
    return 0


def _actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001  there is no other way


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in _actions(parser):
        for name in action.option_strings:
            if name.startswith("--"):
                yield name, _help(parser, action)


def _help(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return parser._get_formatter()._expand_help(action) if action.help else ""  # noqa: SLF001  as argparse prints it


def _values(action: argparse.Action) -> Offered:
    if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001  there is no other way
        helps = {each.dest: each.help or "" for each in action._choices_actions}  # noqa: SLF001  as above
        return Offered(tuple(helps.items()))
    if action.choices is not None:
        return Offered(tuple((str(choice), "") for choice in action.choices))
    for name in (action.dest, action.metavar):
        if isinstance(name, str) and name in _VALUES:
            find, paths = _VALUES[name]
            return Offered(tuple(find()), paths)
    return Offered()


def _nothing() -> Offers:
    return ()


def _presets() -> Offers:
    from let_it_ride.config.preset_files import preset_names  # only where it is asked for

    return ((name, "a preset") for name in preset_names())


def _runs() -> Offers:
    from let_it_ride.history import History  # only where it is asked for

    yield "last", "the newest run"
    for entry in History().entries():
        yield entry.id, f"{entry.title}, {entry.state.value}"
        if entry.is_named:
            yield entry.name, f"{entry.id}, {entry.state.value}"


def _themes() -> Offers:
    from let_it_ride.tui.themes import theme_files  # only where it is asked for

    return ((name, "a theme") for name in theme_files())


def _topics() -> Offers:
    from let_it_ride.config.topics import TOPICS, topic  # only where it is asked for

    return ((name, topic(name).title) for name in TOPICS)


def _settings() -> Offers:
    # The models are only loaded where it is asked for.
    from let_it_ride.analysis.axes import (
        VariationError,
        clear_name,
        find_setting,
        settings_by_key,
    )

    for key, (setting, *_) in settings_by_key().items():
        with suppress(VariationError):  # it is none to vary
            find_setting(".".join(key))
            yield f"{clear_name(key)}=", setting.label


def _measures() -> Offers:
    from let_it_ride.analysis.measures import MEASURES  # only where it is asked for

    return ((measure.name, "") for measure in MEASURES)


def _workers() -> Offers:
    return (("auto", "as many as there are processors"),)


#: What can stand for an argument of a name, or with a placeholder in the help.
_VALUES: Final[dict[str, tuple[Callable[[], Offers], str]]] = {
    "config": (_presets, "files"),
    "configs": (_presets, "files"),
    "preset": (_presets, "none"),
    "model": (_themes, "none"),
    "TOPIC": (_topics, "none"),
    "KEY=VALUES": (_settings, "none"),
    "RUN": (_runs, "none"),
    "MEASURE": (_measures, "none"),
    "N|auto": (_workers, "none"),
    "FILE": (_nothing, "files"),
    "PATH": (_nothing, "files"),
    "DIR": (_nothing, "folders"),
}

_SCRIPTS: Final = {
    "bash": """\
# lir-tui in bash: source <(lir-tui completion bash)
_lir_tui() {
    local IFS=$'\\n' line current=${COMP_WORDS[COMP_CWORD]}
    local lines=($(lir-tui NEXT_WORDS "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    [[ $current == "=" ]] && current=
    COMPREPLY=()
    for line in "${lines[@]:1}"; do
        line=${line%%$'\\t'*}
        [[ ${lines[0]} == none ]] && printf -v line %q "$line"
        COMPREPLY+=("$line")
    done
    case ${lines[0]} in
        files) COMPREPLY+=($(compgen -f -- "$current")) ;;
        folders) COMPREPLY+=($(compgen -d -- "$current")) ;;
        *)
            [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
            return ;;
    esac
    compopt -o filenames 2>/dev/null || true
}
complete -F _lir_tui lir-tui
""",
    "zsh": """\
#compdef lir-tui
# lir-tui in zsh, after compinit: source <(lir-tui completion zsh)
_lir_tui() {
    local line
    local -a lines offered
    lines=("${(@f)$(lir-tui NEXT_WORDS "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    for line in "${(@)lines[2,-1]}"; do
        offered+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}")
    done
    local -a suffix
    [[ ${lines[2]%%$'\\t'*} == *= ]] && suffix=(-S '')
    (( $#offered )) && _describe 'lir-tui' offered $suffix
    case $lines[1] in
        files) _files ;;
        folders) _files -/ ;;
    esac
}
compdef _lir_tui lir-tui
""",
    "fish": """\
# lir-tui in fish: lir-tui completion fish | source
function __lir_tui_offered
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    test (count $current) -eq 0; and set current ''
    set -l lines (lir-tui NEXT_WORDS $words[2..-1] $current 2>/dev/null)
    printf '%s\\n' $lines[2..-1]
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
    end
end
complete -c lir-tui -f -a '(__lir_tui_offered)'
""",
}
