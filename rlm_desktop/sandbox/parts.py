"""The helper that takes one part of the text: a chapter, an episode, a day.

Loaded next to untrusted code: the standard library and modules like this one only. To count
inside one part is easily said, and needs six lines of code that a small model gets wrong.
"""

import re
from typing import Any

from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Whole

_USAGE = "part('Chapter 4'): the lines of the part that begins with that heading"
_HEADING_CHARS = 120
_MARKS = re.compile(r"^\s*([#=*~\[<({|-]*)\s*([^\W\d]*)")


class Parts:
    """Cuts the text at its headings."""

    def __init__(self, whole: Whole, ledger: Ledger) -> None:
        self._whole = whole
        self._ledger = ledger

    def part(self, heading: Any, *_: Any) -> list[Slice]:
        """part('Chapter 4'): the lines from that heading on, up to the next one like it.

        A heading is a short line; one that is set off by marks, or that begins with the words,
        goes before one that only holds them.
        """
        if not isinstance(heading, str) or not heading.strip():
            raise TypeError(f"part wants a heading: {_USAGE}")
        lines = list(self._whole.lines())
        wanted = re.compile(rf"(?<!\w){re.escape(heading.strip())}(?!\w)", re.IGNORECASE)
        candidates = [
            (_rank(line, wanted), number)
            for number, (_, line) in enumerate(lines)
            if len(line) <= _HEADING_CHARS and wanted.search(line)
        ]
        if not candidates:
            raise ValueError(f"no heading holds {heading.strip()[:60]!r}. {_USAGE}")
        first = min(candidates)[1]
        kind = _kind(lines[first][1])
        after = next(
            (
                number
                for number in range(first + 1, len(lines))
                if len(lines[number][1]) <= _HEADING_CHARS and _ends(kind, lines[number][1])
            ),
            len(lines),
        )
        taken = [Slice(line, start) for start, line in lines[first:after]]
        self._ledger.scanned("part", [(taken[0].start, taken[-1].start + len(taken[-1]))])
        return taken


def _rank(line: str, wanted: "re.Pattern[str]") -> int:
    """How much a line looks like the heading that is wanted; 0 is best."""
    marks, word = _kind(line)
    if marks:
        return 0
    return 1 if word and wanted.match(line.strip()) else 2


def _ends(kind: tuple[str, str], line: str) -> bool:
    """Whether a line ends the part under a heading of some kind: one like it, or one above it."""
    other = _kind(line)
    if kind[0].startswith("#"):
        return other[0].startswith("#") and len(other[0]) <= len(kind[0])
    return other == kind


def _kind(line: str) -> tuple[str, str]:
    """What headings of one rank have in common: the marks before them, and a first word.

    Behind hashes the word belongs to the title, so the number of hashes is all there is.
    """
    found = _MARKS.match(line)
    marks, word = (found[1], found[2].lower()) if found else ("", "")
    return (marks, "") if marks.startswith(("#", "=")) else (marks, word)
