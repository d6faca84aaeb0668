"""Style sheets of widgets, each in the file beside its module."""

from pathlib import Path


def style_sheet(module_file: str) -> str:
    """Return the style sheet beside a module, for a widget's `DEFAULT_CSS`.

    It is parsed when the first such widget is mounted, so that what the first frame does not
    show costs it nothing.
    """
    return Path(module_file).with_suffix(".tcss").read_text(encoding="utf-8")
