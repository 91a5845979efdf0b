"""How a table is written in a text: what parts its columns, and what they are called.

Loaded next to untrusted code: standard library only. What programs get as `rows` and what the
viewer shows as a table are read by this, so that both mean the same columns.
"""

import csv
from collections.abc import Sequence
from typing import NamedTuple

#: Characters of the beginning that are enough to tell how a table is written.
HEAD_CHARS = 64 * 1024
#: Characters of the longest value; the csv module refuses more than 128 Ki unless told.
MOST_FIELD_CHARS = 1024 * 1024

_DELIMITERS = ",;\t|"
_SNIFFED_LINES = 50


class TableForm(NamedTuple):
    """What parts the columns, and whether a space after that belongs to it."""

    delimiter: str
    spaced: bool


def form_of(head: str) -> TableForm:
    """How a table is written that begins with this text."""
    text = head.removeprefix("\ufeff")
    pieces = text.split("\n" if "\n" in text else "\r")
    lines = [line for piece in pieces if (line := piece.removesuffix("\r"))]
    delimiter = _delimiter_of(lines[:_SNIFFED_LINES])
    return TableForm(delimiter, bool(lines) and f"{delimiter} " in lines[0])


def _delimiter_of(lines: Sequence[str]) -> str:
    """The delimiter that cuts the lines into the most columns, as many in most lines."""
    best, best_columns = ",", 1
    for delimiter in _DELIMITERS:
        try:
            counts = [len(values) for values in csv.reader(lines, delimiter=delimiter) if values]
        except csv.Error:
            continue
        alike = sum(count == counts[0] for count in counts) if counts else 0
        if counts and counts[0] > best_columns and alike >= 0.7 * len(counts):
            best, best_columns = delimiter, counts[0]
    return best


def column_names(header: Sequence[str]) -> list[str]:
    """The names of the columns, each another; one without a name is called by its number."""
    names: list[str] = []
    taken: set[str] = set()
    for number, value in enumerate(header, start=1):
        name = value.strip() or f"column_{number}"
        name = name if name not in taken else f"{name}_{number}"
        names.append(name)
        taken.add(name)
    return names


def fitted(values: list[str], width: int, delimiter: str) -> list[str]:
    """The values of a record as many as there are columns, in place."""
    if len(values) < width:
        values.extend([""] * (width - len(values)))
    elif len(values) > width:  # a delimiter in the last column that was not quoted
        values[width - 1 :] = [delimiter.join(values[width - 1 :])]
    return values
