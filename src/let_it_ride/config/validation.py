"""From plain data to a `FullConfig`, or to every problem there is with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from let_it_ride.config.flaws import Flaw, flaws_of
from let_it_ride.config.full import FullConfig
from let_it_ride.config.paths import Path, value_at
from let_it_ride.config.problems import ConfigError, Problem
from let_it_ride.config.toml_limits import MOST_LEVELS

LineOf = Callable[[Path], int | None]
"""Where a key stands in a text: its line, or None if it is not there."""

#: After this many problems the rest is not looked for: the text is no configuration.
_MOST_PROBLEMS: Final = 200


def validate_mapping(
    data: Mapping[str, object],
    source: str = "configuration",
    line_of: LineOf = lambda _path: None,
) -> FullConfig:
    """Return the configuration that plain data stands for.

    Args:
        data: tables as mappings, lists as lists or tuples, numbers as int, float or `Decimal`.
        source: what the problems name as the place the data is from.
        line_of: the line of a key, for data that was read from a text.

    Raises:
        ConfigError: with every problem (of some hundreds), each at its key's path, in the order
            of their lines.
    """
    plain = _plain(data)
    try:
        return FullConfig.model_validate(plain)
    except ValidationError as error:
        flaws = _all_flaws(plain, error)
    problems = [_placed(flaw, source, line_of) for flaw in flaws]
    problems.sort(key=lambda problem: problem.line or 0)
    if len(problems) >= _MOST_PROBLEMS:
        problems.append(Problem(source, None, (), "there may be more problems after so many"))
    raise ConfigError(tuple(problems))


def _all_flaws(data: Any, error: ValidationError) -> list[Flaw]:
    """Return every flaw in the data, of which `error` tells the first layer.

    Pydantic looks at the rules between settings only when each setting is right by itself. So
    what is wrong is taken out of the data and the rest looked at again, until nothing more comes
    up. A rule that involves anything taken out is left alone.
    """
    flaws: dict[tuple[Path, str], Flaw] = {}
    taken_out: set[Path] = set()
    while len(flaws) < _MOST_PROBLEMS:
        fresh = {
            (flaw.path, flaw.message): _about_default(flaw, data)
            for details in error.errors(include_url=False)[:_MOST_PROBLEMS]
            for flaw in flaws_of(details)
            if (flaw.path, flaw.message) not in flaws and not _touches(flaw, taken_out)
        }
        flaws.update(fresh)
        removed = {path for flaw in fresh.values() for path in _take_out(data, flaw)}
        taken_out |= removed
        if not removed:
            break
        try:
            FullConfig.model_validate(data)
        except ValidationError as following:
            error = following
        else:
            break
    return list(flaws.values())


def _about_default(flaw: Flaw, data: Any) -> Flaw:
    """Say so where what was found is a default and not in the data."""
    if not flaw.involves or flaw.found is None or value_at(data, flaw.path) is not None:
        return flaw
    return replace(flaw, found=f"{flaw.found}, its default")


def _take_out(data: Any, flaw: Flaw) -> list[Path]:
    """Remove what a flaw is about, or else what it involves; return what was removed."""
    if _remove(data, flaw.path):
        return [flaw.path]
    return [path for path in flaw.involves if _remove(data, path)]


def _remove(data: Any, path: Path) -> bool:
    parent = value_at(data, path[:-1])
    last = path[-1] if path else None
    if isinstance(parent, dict) and last in parent:
        del parent[last]
        return True
    if isinstance(parent, list) and isinstance(last, int) and parent[last] != {}:
        parent[last] = {}  # the others keep their numbers
        return True
    return False


def _touches(flaw: Flaw, taken_out: set[Path]) -> bool:
    """Return whether a flaw comes of what was taken out."""
    return any(
        flaw.path[: len(out)] == out
        or any(key[: len(out)] == out[: len(key)] for key in flaw.involves)
        for out in taken_out
    )


def _placed(flaw: Flaw, source: str, line_of: LineOf) -> Problem:
    """Give a flaw the line of its key, else of a setting involved, else of a table around it."""
    around = (flaw.path[:length] for length in range(len(flaw.path) - 1, 0, -1))
    lines = map(line_of, (flaw.path, *flaw.involves, *around))
    line = next((line for line in lines if line is not None), None)
    return Problem(source, line, flaw.path, flaw.message, flaw.found, flaw.allowed, flaw.suggestion)


def _plain(value: object, levels: int = MOST_LEVELS) -> Any:
    """Return data as dicts and lists of its own, down to the depth a configuration can have.

    What is deeper is under an unknown key whatever it is.
    """
    if levels and isinstance(value, Mapping):
        return {key: _plain(inner, levels - 1) for key, inner in value.items()}
    if levels and isinstance(value, list | tuple):
        return [_plain(inner, levels - 1) for inner in value]
    return value
