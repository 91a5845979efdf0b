"""The records of JSON: of each line one, or those of the list that a JSON text holds.

Loaded next to untrusted code: the standard library and modules like this one only.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from rlm_desktop.sandbox.cells import Cell
from rlm_desktop.sandbox.entries import Entry, Value
from rlm_desktop.sandbox.whole import Stretch, Whole

_GAP = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")
_LIST = re.compile(r"\[\s*\{")
_DECODER = json.JSONDecoder()


def json_records_of(whole: Whole, stretch: Stretch) -> Iterator[Entry]:
    """The objects of one part that is JSON, or has a JSON object in each line."""
    if stretch.kind == "jsonl":
        for start, line in whole.lines(stretch.start, stretch.end):
            at = _beyond(_GAP, line, 0)
            found = _object_at(line, at)
            if found is not None:
                yield _entry(found[0], line, at, start, found[1])
        return
    text = whole.raw(stretch.start, stretch.end)
    yield from max(_lists(text, stretch.start), key=len, default=[])


def _lists(text: str, offset: int) -> Iterator[list[Entry]]:
    """The lists of objects in a JSON text, but for those within their objects."""
    at = 0
    while (opening := _LIST.search(text, at)) is not None:
        at = opening.end() - 1
        entries: list[Entry] = []
        while (found := _object_at(text, at)) is not None:
            value, end = found
            entries.append(_entry(value, text, at, offset, end))
            at = _beyond(_GAP, text, end)
        yield entries
        at = max(at, opening.end())


def _object_at(text: str, at: int) -> tuple[dict[str, Any], int] | None:
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    return (value, end) if isinstance(value, dict) else None


def _beyond(pattern: "re.Pattern[str]", text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _entry(value: dict[str, Any], text: str, at: int, offset: int, end: int) -> Entry:
    """An object whose texts know where they stand, if they stand there as they are."""
    fields: list[tuple[str, Any]] = []
    place = at
    for key, one in value.items():
        fields.append((key, Cell(one) if isinstance(one, str) else one))
        found = text.find(f'"{key}"', place, end) if isinstance(one, str) else -1
        if found >= 0:
            begins = _beyond(_COLON, text, found + len(key) + 2)
            if text.startswith(f'"{one}"', begins):
                place = begins + len(one) + 2
                fields[-1] = (key, Value(one, offset + begins + 1))
    return Entry.at((offset + at, offset + end), fields)
