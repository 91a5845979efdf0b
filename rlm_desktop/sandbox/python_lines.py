"""The functions and classes of Python source that does not parse, found line by line.

Loaded next to untrusted code: the standard library and modules like this one only. For Python 2,
files with conflict marks, and what stands in a text between other things.
"""

import re
from collections.abc import Iterator

from rlm_desktop.sandbox.entries import Entry
from rlm_desktop.sandbox.lines import lines_of
from rlm_desktop.sandbox.slices import Slice

_BEGINS = re.compile(r"([ \t]*)(?:async[ \t]+)?(def|class)[ \t]+(\w+)[ \t]*(\(?)")
_DECORATOR = re.compile(r"[ \t]*@\s*(\S.*)")
_LIST_CHARS = 2000
_MOST_TABS = 8

Lines = list[tuple[int, str]]


def definitions_in(path: str, text: str, offset: int) -> Iterator[tuple[str, Entry]]:
    """Each definition, with "def" or "class"."""
    lines = list(lines_of(text))
    above: list[tuple[int, str, str]] = []
    for number, (start, line) in enumerate(lines):
        found = _BEGINS.match(line)
        if found is None:
            continue
        indent, kind, name = _width(found[1]), found[2], found[3]
        above = [one for one in above if one[0] < indent]
        listed = _listed(text, start + found.end()) if found[4] else []
        decorators, first = _decorators(lines, number)
        ends = _end(lines, number, indent)
        around = above[-1] if above else (0, "", "")
        fields = [("name", name), ("file", path)]
        more: list[tuple[str, object]] = (
            [("bases", listed), ("methods", [])]
            if kind == "class"
            else [
                ("class", around[2] if around[1] == "class" else ""),
                ("inside", around[2] if around[1] == "def" else ""),
                ("parameters", [re.split(r"[:=]", one)[0].strip() for one in listed]),
            ]
        )
        begins = first + len(text[first:start]) - len(text[first:start].lstrip())
        begins += len(found[1]) if first == start else 0
        span = (offset + begins, offset + ends)
        tail = [
            ("decorators", decorators),
            ("docstring", ""),
            ("line", number + 1),
            ("text", Slice(text[begins:ends], offset + begins)),
        ]
        yield kind, Entry.at(span, [*fields, *more, *tail])
        above.append((indent, kind, name))


def _width(indent: str) -> int:
    return len(indent.expandtabs(_MOST_TABS))


def _listed(text: str, at: int) -> list[str]:
    """What stands between the bracket before `at` and the one that closes it, at its commas."""
    pieces, depth = [""], 0
    for sign in text[at : at + _LIST_CHARS]:
        if sign in ")]}" and not depth:
            break
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "," and not depth:
            pieces.append("")
        else:
            pieces[-1] += sign
    stripped = [" ".join(piece.split()) for piece in pieces]
    return [piece for piece in stripped if piece and piece not in ("*", "/")]


def _decorators(lines: Lines, number: int) -> tuple[list[str], int]:
    """The decorators right above a line, and where the first of them or the line begins."""
    decorators: list[str] = []
    first = lines[number][0]
    while number and (found := _DECORATOR.match(lines[number - 1][1])):
        number -= 1
        first = lines[number][0]
        decorators.insert(0, found[1].rstrip())
    return decorators, first


def _end(lines: Lines, number: int, indent: int) -> int:
    """Where what begins in a line ends: before the next line that is not further in."""
    end = lines[number][0] + len(lines[number][1])
    for start, line in lines[number + 1 :]:
        bare = line.lstrip()
        if bare and not bare.startswith((")", "#")) and _width(line[: -len(bare)]) <= indent:
            break
        if bare:
            end = start + len(line.rstrip())
    return end
