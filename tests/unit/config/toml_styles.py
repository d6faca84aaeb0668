"""TOML texts that say the same in all the styles that TOML has, with comments everywhere."""

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Path = tuple[str | int, ...]


@dataclass
class StyledText:
    """A text, and the comments directly above and beside each key and table in it."""

    text: str
    comments: dict[Path, list[str]]


def styled(data: dict[str, Any], chance: random.Random) -> StyledText:
    """Write plain data in styles drawn by chance."""
    writer = _Writer(chance)
    root = writer.lines(data, ())
    blocks = [block for block in writer.blocks if block]
    chance.shuffle(blocks)
    text = "\n" + root + chance.choice(["", "\n"]).join(blocks)
    return StyledText(text if chance.random() < 0.8 else text.rstrip("\n"), writer.comments)


@dataclass
class _Writer:
    chance: random.Random
    comments: dict[Path, list[str]] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)

    def lines(self, data: dict[str, Any], path: Path) -> str:
        """Return a table's own lines; the tables in it that get headers become blocks."""
        text = ""
        for key, value in self._shuffled(data.items()):
            here = (*path, key)
            if isinstance(value, dict):
                text += self._table(key, value, here)
            elif isinstance(value, list) and value and isinstance(value[0], dict):
                text += self._rows(key, value, here)
            else:
                text += self._pair(self._key(key), value, here)
        return text

    def _table(self, key: str, table: dict[str, Any], here: Path) -> str:
        style = self.chance.choice(["header", "header", "braces", "dotted"])
        has_tables = any(isinstance(value, dict) for value in table.values())
        if style == "dotted" and table and not has_tables:
            return "".join(
                self._pair(f"{self._key(key)}.{self._key(name)}", value, (*here, name))
                for name, value in self._shuffled(table.items())
            )
        if style == "braces":
            return self._pair(self._key(key), table, here)
        place = len(self.blocks)
        self.blocks.append("")
        body = self.lines(table, here)
        only_tables = table and all(isinstance(value, dict) for value in table.values())
        if body or not only_tables or self.chance.random() < 0.3:
            self.blocks[place] = self._header("[]", here, here) + body
        return ""

    def _rows(self, key: str, rows: list[dict[str, Any]], here: Path) -> str:
        if self.chance.random() < 0.5:
            return self._pair(self._key(key), rows, here)
        self.blocks.append(
            "".join(
                self._header("[[]]", here, (*here, index)) + self.lines(row, (*here, index))
                for index, row in enumerate(rows)
            )
        )
        return ""

    def _header(self, brackets: str, names: Path, path: Path) -> str:
        half = len(brackets) // 2
        name = self.chance.choice([".", " . "]).join(self._key(str(part)) for part in names)
        above, beside = self._above(path), self._beside(path)
        return f"{above}{brackets[:half]}{name}{brackets[half:]}{beside}\n"

    def _pair(self, key: str, value: Any, here: Path) -> str:
        above, beside = self._above(here), self._beside(here)
        indent = self.chance.choice(["", "", "  "])
        equals = self.chance.choice([" = ", "=", "   =  "])
        blank = self.chance.choice(["", "", "\n"])
        return f"{above}{indent}{key}{equals}{self._value(value)}{beside}\n{blank}"

    def _above(self, path: Path) -> str:
        count = self.chance.choice([0, 0, 1, 2])
        return "".join(f"# {self._comment(path)}\n" for _ in range(count))

    def _beside(self, path: Path) -> str:
        return f"  # {self._comment(path)}" if self.chance.random() < 0.5 else ""

    def _comment(self, path: Path) -> str:
        number = sum(map(len, self.comments.values()))
        comment = f"comment {number} = [x] 'on' \"it\", {path}"
        self.comments.setdefault(path, []).append(comment)
        return comment

    def _key(self, key: str) -> str:
        return self.chance.choice([key, key, key, f'"{key}"', f"'{key}'", _escaped(key)])

    def _value(self, value: Any) -> str:
        match value:
            case bool():
                return str(value).lower()
            case int():
                return self.chance.choice([str(value), f"{value:_}"])
            case Decimal():
                return self.chance.choice(
                    [f"{value:.6f}", f"{value:.6e}" if not value else f"{value:f}"]
                )
            case str():
                return self.chance.choice([_escaped(value), f'"""\n{_escaped(value)[1:-1]}"""'])
            case dict():
                pairs = [f"{self._key(key)} = {self._value(inner)}" for key, inner in value.items()]
                return self.chance.choice(["{%s}", "{ %s }"]) % ", ".join(pairs)
            case list() if self.chance.random() < 0.5:
                rows = ", # row, beside\n".join(f"  # above\n  {self._value(row)}" for row in value)
                end = self.chance.choice(["", ", # last"]) if value else ""
                return f"[\n{rows}{end}\n  # end\n]"
            case list():
                return f"[{', '.join(map(self._value, value))}]"
        raise AssertionError(value)

    def _shuffled(self, items: Any) -> list[Any]:
        shuffled = list(items)
        self.chance.shuffle(shuffled)
        return shuffled


def _escaped(text: str) -> str:
    plain = text.isascii() and text.isalnum()
    inner = text if plain else "".join(f"\\U{ord(character):08x}" for character in text)
    return f'"{inner}"'
