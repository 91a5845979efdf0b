"""The sections of the text, each a dict of its title, its text and its lines.

Loaded next to untrusted code: the standard library and modules like this one only. The headings
of the kind that comes first in the text are those that part it.
"""

from collections.abc import Iterator
from typing import Any

from rlm_desktop.documents.heading_lines import headings_in, title_of
from rlm_desktop.sandbox.entries import Entry, Heading
from rlm_desktop.sandbox.lines import lines_of
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Stretch, Whole


class Section(Entry):
    """A section; its lines are made when they are asked for, since they are its text again."""

    __slots__ = ()

    def __missing__(self, key: Any) -> Any:
        if key == "lines":
            text = self["text"]
            return [Slice(line, start) for start, line in lines_of(str(text), text.start)]
        return super().__missing__(key)


def sections_of(whole: Whole, stretch: Stretch) -> Iterator[Section]:
    """The sections of one part: number, title, text and lines. The number is counted from 1."""
    lines = whole.lines(stretch.start, stretch.end)
    kinds = headings_in(lines, markdown=stretch.kind == "markdown")
    found = next(iter(kinds.values()), None)
    if found is None:
        return
    ends = [start for _, start in found[1:]] + [stretch.end]
    for number, ((line, start), end) in enumerate(zip(found, ends, strict=True), start=1):
        title = title_of(line)
        text = whole.cut(start, end)
        yield Section.at(
            (start, end),
            [
                ("number", number),
                ("title", Heading(title, start + max(line.find(title), 0))),
                ("text", text),
            ],
        )
