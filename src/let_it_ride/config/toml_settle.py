"""What becomes of everything that is in a TOML text when its settings change.

Each statement stays, gets another value, or goes. What has to be in the text besides is put in
afterwards (`toml_edit`), and for that it is noted here what stays where.
"""

from collections import defaultdict
from typing import Any

from let_it_ride.config.paths import Path, value_at
from let_it_ride.config.toml_align import moves, same
from let_it_ride.config.toml_arrays import patch_elements
from let_it_ride.config.toml_layout import Layout, Patch
from let_it_ride.config.toml_scan import Document, Entry, Statement, Value
from let_it_ride.config.toml_text import Table, value_text


class Settler:
    """Settles a document, and tells by their new paths what stays.

    The paths of the new text differ from those of the old in the indexes of lists. Places are
    always those in the old text.

    Attributes:
        patch: the changes so far.
        headers: the headers that stay.
        pairs: the pairs that stay directly under each header, or under none: ().
        braces: the tables in braces that stay, each with the pairs in it that do.
        dotted: the tables that dotted keys go through, each with the last such pair, and with the
            statement it is if it is not in braces.
        under: every statement that stays at a path or deeper.
        standing: every path that stays, and every table around one.
        whole: the paths whose values have been written with all that is in them.
    """

    def __init__(self, document: Document, data: Table, full: Table, needed: Table) -> None:
        self.patch = Patch(document.text)
        self.headers: dict[Path, Statement] = {}
        self.pairs: defaultdict[Path, list[Statement]] = defaultdict(list)
        self.braces: dict[Path, tuple[Value, list[Entry]]] = {}
        self.dotted: dict[Path, tuple[Entry, Statement | None]] = {}
        self.under: defaultdict[Path, list[Statement]] = defaultdict(list)
        self.standing: set[Path] = set()
        self.whole: set[Path] = set()
        self._data = data
        self._full = full
        self._moves = moves(data, full, needed)
        layout = Layout(document)
        for statement in document.statements:
            path = self._statement(statement)
            if path is None:
                end = statement.end if statement.entry else layout.table_end(statement)
                self.patch.cut_lines(layout.start(statement), end)

    def new_path(self, path: Path) -> Path | None:
        """Return the new path of what had a path in the old text; None for what goes."""
        new: Path = ()
        for length, part in enumerate(path):
            if isinstance(part, int):
                indexes = self._moves.get(path[:length])
                index = indexes[part] if indexes else None
                if index is None:
                    return None
                new += (index,)
            else:
                new += (part,)
        return new

    def _statement(self, statement: Statement) -> Path | None:
        """Settle a statement; return its new path, or None if it goes."""
        if statement.entry:
            path = self._entry(statement.entry, statement)
            if path is not None:
                self.pairs[path[: len(statement.entry.around)]].append(statement)
        else:
            path = self.new_path(statement.path)
            if path is None or not isinstance(value_at(self._full, path), dict):
                return None
            self.headers[path] = statement
        if path is not None:
            self._stands(path)
            for length in range(len(path) + 1):
                self.under[path[:length]].append(statement)
        return path

    def _entry(self, entry: Entry, statement: Statement | None = None) -> Path | None:
        """Settle a pair or an element; return its new path, or None if it goes."""
        path = self.new_path(entry.path)
        new = None if path is None else value_at(self._full, path)
        if path is None or new is None:
            return None
        value = entry.value
        if value.kind == "table" and isinstance(new, dict):
            self._table(value, path)
        elif value.kind == "array" and isinstance(new, list):
            self._array(value, path, new)
        elif value.kind != "scalar" or isinstance(new, dict | list):
            self._rewrite(value, path)
        elif not same(value_at(self._data, entry.path), new):
            self.patch.replace(value.start, value.end, value_text(new))
        self._stands(path)
        for length in range(len(entry.around) + 1, len(path)):
            self.dotted[path[:length]] = (entry, statement)
        return path

    def _table(self, value: Value, path: Path) -> None:
        stays = [entry for entry in value.entries if self._entry(entry) is not None]
        self.braces[path] = (value, stays)
        starts = {entry.start for entry in stays}
        last_end = stays[-1].value.end if stays else value.start + 1
        for entry, following in zip(value.entries, [*value.entries, None][1:], strict=True):
            if entry.start not in starts and following:
                self.patch.replace(entry.start, following.start, "")
            elif entry.start not in starts:
                self.patch.replace(last_end, entry.value.end, "")

    def _array(self, array: Value, path: Path, new: list[Any]) -> None:
        kept: dict[int, int] = {}
        for old_index, entry in enumerate(array.entries):
            element = self._entry(entry)
            if element is not None:
                kept[int(element[-1])] = old_index
        if kept:
            added = {i: value_text(each) for i, each in enumerate(new) if i not in kept}
            patch_elements(self.patch, array, kept, added)
            self.whole.update((*path, index) for index in added)
        elif array.entries or new:
            self._rewrite(array, path)

    def _rewrite(self, value: Value, path: Path) -> None:
        self.patch.replace(value.start, value.end, value_text(value_at(self._full, path)))
        self.whole.add(path)

    def _stands(self, path: Path) -> None:
        self.standing.update(path[: length + 1] for length in range(len(path)))
