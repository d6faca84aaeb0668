"""Changing a TOML text as a person would: only what has to change."""

from let_it_ride.config.paths import Path, value_at
from let_it_ride.config.toml_layout import Layout, indent_at
from let_it_ride.config.toml_scan import Document, Statement
from let_it_ride.config.toml_settle import Settler
from let_it_ride.config.toml_text import Table, legible, pair_text, table_text, value_text


def edited(document: Document, data: Table, full: Table, needed: Table) -> str:
    """Return a document's text, changed to stand for other settings.

    Args:
        document: where everything stands in the text.
        data: the values in the text.
        full: every setting that the new text has to stand for.
        needed: those of them that it has to name.
    """
    settled = Settler(document, data, full, needed)
    _Adder(document, settled, full).add((), needed)
    return settled.patch.result()


class _Adder:
    """Adds what a text lacks, each in the style of the table it belongs to.

    That is as lines under a header, as pairs in braces, or as dotted keys.
    """

    def __init__(self, document: Document, settled: Settler, full: Table) -> None:
        self._text = document.text
        self._layout = Layout(document)
        self._settled = settled
        self._full = full

    def add(self, path: Path, needed: Table) -> None:
        """Add what a table needs and does not have, and the same in the tables in it."""
        missing: Table = {}
        for key, value in needed.items():
            here = (*path, key)
            if here not in self._settled.standing:
                missing |= legible({key: value}, value_at(self._full, path))
            elif here in self._settled.whole:
                continue
            elif isinstance(value, dict):
                self.add(here, value)
            elif isinstance(value, list):
                self._add_elements(here, value)
        if not missing:
            return
        if path in self._settled.braces:
            self._add_in_braces(path, missing)
        elif path in self._settled.dotted:
            self._add_dotted(path, missing)
        else:
            self._add_pairs(path, {k: v for k, v in missing.items() if not isinstance(v, dict)})
            for key, value in missing.items():
                if isinstance(value, dict):
                    text = "\n" + table_text((*path, key), value)
                    self._settled.patch.insert_lines(self._table_place(path, key), text)

    def _add_elements(self, path: Path, elements: list[object]) -> None:
        """Add what the elements of a list lack, and the elements that need a header."""
        ahead: list[Statement] = []
        for index, element in enumerate(elements):
            here = (*path, index)
            if here in self._settled.whole or not isinstance(element, dict):
                continue
            if here in self._settled.standing:
                self.add(here, element)
                ahead = self._settled.under.get(here, [])
                continue
            text = table_text(path, value_at(self._full, here), "[[]]")
            if ahead:
                place, text = self._layout.block_end(ahead[-1]), f"\n{text}"
            else:
                place, text = self._layout.start(self._settled.under[path][0]), f"{text}\n"
            self._settled.patch.insert_lines(place, text)

    def _add_in_braces(self, path: Path, missing: Table) -> None:
        value, pairs = self._settled.braces[path]
        if pairs:
            end = pairs[-1].value.end
            more = "".join(f", {key} = {value_text(new)}" for key, new in missing.items())
            self._settled.patch.replace(end, end, more)
        else:
            self._settled.patch.replace(value.start, value.end, value_text(missing))

    def _add_dotted(self, path: Path, missing: Table) -> None:
        entry, statement = self._settled.dotted[path]
        names = ".".join(str(part) for part in path[len(entry.around) :])
        for key, new in missing.items():
            if statement:
                line = pair_text(f"{names}.{key}", new, indent_at(self._text, entry.start))
                self._settled.patch.insert_lines(statement.end, line)
            else:
                end = entry.value.end
                self._settled.patch.replace(end, end, f", {names}.{key} = {value_text(new)}")

    def _add_pairs(self, path: Path, missing: Table) -> None:
        """Add lines, each after the lines of the settings that come before it in a form."""
        if not missing:
            return
        header = self._settled.headers.get(path)
        if header is None:
            first = self._settled.under[path][0]
            text = table_text(path, missing) + "\n"
            self._settled.patch.insert_lines(self._layout.start(first), text)
            return
        pairs = self._settled.pairs[path]
        indent = indent_at(self._text, pairs[0].entry.start) if pairs and pairs[0].entry else ""
        for key, new in missing.items():
            place = self._pair_place(path, key) or header.end
            self._settled.patch.insert_lines(place, pair_text(key, new, indent))

    def _pair_place(self, path: Path, key: str) -> int | None:
        before = self._before(path, key)
        ends = {}
        for pair in self._settled.pairs[path]:
            new = self._settled.new_path(pair.path) or ()
            ends[new[len(path)]] = pair.end
        return next((ends[name] for name in reversed(before) if name in ends), None)

    def _table_place(self, path: Path, key: str) -> int:
        """Return where a table goes: after one that comes before it in a form, or after all."""
        under = self._settled.under
        relatives = [(*path, name) for name in reversed(self._before(path, key))]
        nearest = next((each for each in [*relatives, path] if each in under), None)
        if nearest is None:
            return len(self._text)
        return max(self._layout.block_end(each) for each in under[nearest])

    def _before(self, path: Path, key: str) -> list[str]:
        """Return the settings of a table that come before one of them in a form."""
        names = list(value_at(self._full, path))
        return names[: names.index(key)]
