"""The sections of the text, each a dict of its title and its text.

Loaded next to untrusted code: the standard library and modules like this one only. A section
begins with a line that is set off by marks, as in "== Voyage 3 ==", "# Voyage" or "[Voyage 3]",
or that counts chapters. The lines of the kind that comes first in the text are those that part it.
"""

import re
from typing import Any

from rlm_desktop.sandbox.slices import Slice
from rlm_desktop.sandbox.whole import Whole

_TITLE_CHARS = 200
_LEAST = 2
_MARKED = re.compile(
    r"\s*(#{1,6}(?= )|#{3,}|[=*~-]{2,}(?=.*[=*~-]{2,}\s*$)|<<(?=.*>>\s*$)|\[(?=.*\]\s*$))"
)
_COUNTED = re.compile(
    r"\s*(chapter|part|section|article|act|scene|book|letter|volume|kapitel|chapitre)"
    r"\s+([\divxlc]+|one|two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_MARKS = "#=*~<>[]- \t"


def sections_of(whole: Whole) -> list[dict[str, Any]]:
    """The sections of all parts: {"title", "text"}, and "number" from 1."""
    found: list[tuple[str, int, int]] = []
    for stretch in whole.stretches:
        kinds: dict[str, list[tuple[str, int]]] = {}
        for start, line in whole.lines(stretch.start, stretch.end):
            kind = _kind_of(line)
            if kind:
                kinds.setdefault(kind, []).append((line.strip().strip(_MARKS), start))
        titles = next((lines for lines in kinds.values() if len(lines) >= _LEAST), [])
        ends = [start for _, start in titles[1:]] + [stretch.end]
        found += [(title, start, end) for (title, start), end in zip(titles, ends, strict=False)]
    return [
        {"number": number, "title": title, "text": Slice(whole.raw(start, end), start)}
        for number, (title, start, end) in enumerate(found, start=1)
    ]


def _kind_of(line: str) -> str:
    """What lines that begin sections of one rank have in common; empty for any other line."""
    if len(line) > _TITLE_CHARS or not any(map(str.isalnum, line)):
        return ""
    marked = _MARKED.match(line)
    if marked:
        return marked[1]
    counted = _COUNTED.match(line)
    return counted[1].lower() if counted else ""
