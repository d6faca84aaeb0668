"""[metadata]: what a person wants to remember about a configuration."""

from typing import Annotated

from let_it_ride.config.quantities import Text
from let_it_ride.config.section import Section, setting

_Line = Annotated[str, Text(200)]
_Paragraphs = Annotated[str, Text(10_000)]
_Created = Annotated[str, Text(200, dates=True)]


class MetadataConfig(Section, title="About this configuration"):
    """Free text about the configuration; it changes nothing in a run."""

    name: _Line | None = setting(
        None, "Name", "What to call this configuration in lists and reports.", absent="no name"
    )
    description: _Paragraphs | None = setting(
        None, "Description", "What it is for, in your own words.", absent="no description"
    )
    author: _Line | None = setting(None, "Author", "Who wrote it.", absent="no author")
    version: _Line | None = setting(
        None, "Version", "Which version of it this is, if you keep several.", absent="no version"
    )
    created: _Created | None = setting(
        None, "Created", "When it was written, as text or as a date.", absent="no date"
    )
