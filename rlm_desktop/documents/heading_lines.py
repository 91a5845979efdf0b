"""Lines that begin a part of a text: set off by marks, or counting chapters.

As "== Voyage 3 ==", "# Voyage", "[Voyage 3]" or "CHAPTER IV". Also loaded next to untrusted code:
standard library only.
"""

import re
from collections.abc import Iterable, Iterator

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
_FENCES = ("```", "~~~")


def kind_of_heading(line: str) -> str:
    """What lines that begin parts of one rank have in common; empty for any other line."""
    if len(line) > _TITLE_CHARS or not any(map(str.isalnum, line)):
        return ""
    marked = _MARKED.match(line)
    if marked:
        return marked[1]
    counted = _COUNTED.match(line)
    return counted[1].lower() if counted else ""


def title_of(line: str) -> str:
    """A heading without its marks."""
    return line.strip().strip(_MARKS)


def headings_in(
    lines: Iterable[tuple[int, str]], *, markdown: bool = False
) -> dict[str, list[tuple[str, int]]]:
    """The headings of each kind, each with where it begins; the kind that comes first is first.

    In Markdown the lines between fences are code, and begin nothing.
    """
    kinds: dict[str, list[tuple[str, int]]] = {}
    for start, line in _outside_fences(lines) if markdown else lines:
        kind = kind_of_heading(line)
        if kind:
            kinds.setdefault(kind, []).append((line, start))
    return {kind: found for kind, found in kinds.items() if len(found) >= _LEAST}


def _outside_fences(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    fence = ""
    for start, line in lines:
        mark = line.lstrip()[:3]
        if fence:
            fence = "" if mark == fence else fence
        elif mark in _FENCES:
            fence = mark
        else:
            yield start, line
