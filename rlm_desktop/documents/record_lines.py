"""Lines that are records: "Key: value || Key: value" with the same keys in nearly all of them.

Or "value || value", as many in each; their keys are those of a line above them, or numbers.

Also loaded next to untrusted code: standard library only.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DELIMITERS = (" || ", " | ", "\t", "; ", ", ")
_FIELD = re.compile(r"\s*([^\W\d_][\w .-]{0,30}?): ?(?=\S|$)")
_COLUMN_NAME = re.compile(r"[^\W\d][^\d]{0,40}")
_LEAST_LINES = 5
_MOST_SAMPLE = 200
#: In so many of ten lines the same keys stand.
_OF_TEN = 8
_NEARLY_ALL_OF_TEN = 9
_BARS = (" || ", " | ")


@dataclass(frozen=True, slots=True)
class RecordLines:
    """How the records of a text are written: what stands between the fields, and their keys.

    `named` says whether the keys stand in each line; else `head` is the line that names them,
    if one does.
    """

    delimiter: str
    keys: tuple[str, ...]
    named: bool = True
    head: str = ""

    def fields(self, line: str) -> dict[str, tuple[int, int]] | None:
        """Where the value of each key stands in a line; None if it is no such record."""
        if not self.named:
            return self._columns(line)
        at = 0
        spans: dict[str, tuple[int, int]] = {}
        for part in line.split(self.delimiter, len(self.keys) - 1):
            found = _FIELD.match(part)
            if found is None:
                return None
            spans[found[1]] = (at + found.end(), at + len(part.rstrip()))
            at += len(part) + len(self.delimiter)
        return spans if tuple(spans) == self.keys else None

    def _columns(self, line: str) -> dict[str, tuple[int, int]] | None:
        if line == self.head or line.count(self.delimiter) != len(self.keys) - 1:
            return None
        at = 0
        spans: dict[str, tuple[int, int]] = {}
        for key, part in zip(self.keys, line.split(self.delimiter), strict=True):
            begins = at + len(part) - len(part.lstrip())
            spans[key] = (min(begins, at + len(part)), max(at + len(part.rstrip()), begins))
            at += len(part) + len(self.delimiter)
        return spans


def record_lines_in(lines: Iterable[str]) -> RecordLines | None:
    """How these lines, the beginning of a text, are records; None if they are not."""
    sample = [line for line in lines if line.strip()][:_MOST_SAMPLE]
    if len(sample) < _LEAST_LINES:
        return None
    for delimiter in _DELIMITERS:
        forms = Counter(_keys(line, delimiter) for line in sample)
        keys, number = forms.most_common(1)[0]
        if len(keys) >= 2 and len(set(keys)) == len(keys) and number * 10 >= len(sample) * _OF_TEN:
            return RecordLines(delimiter, keys)
    return None


def _keys(line: str, delimiter: str) -> tuple[str, ...]:
    """The keys with which the parts of a line begin, up to the first that has none."""
    keys: list[str] = []
    parts: Sequence[str] = line.split(delimiter)
    for part in parts:
        found = _FIELD.match(part)
        if found is None:
            break
        keys.append(found[1])
    return tuple(keys)


def column_lines_in(lines: Iterable[str]) -> RecordLines | None:
    """How these lines are records of values without keys; None if they are not."""
    sample = [line for line in lines if line.strip()][:_MOST_SAMPLE]
    if len(sample) < _LEAST_LINES:
        return None
    for delimiter in _BARS:
        counts = Counter(line.count(delimiter) for line in sample)
        bars, number = counts.most_common(1)[0]
        if bars and number * 10 >= len(sample) * _NEARLY_ALL_OF_TEN:
            first = next(line for line in sample if line.count(delimiter) == bars)
            head = _head(first.split(delimiter), [line.split(delimiter) for line in sample])
            keys = head or tuple(f"column_{place}" for place in range(1, bars + 2))
            return RecordLines(delimiter, keys, named=False, head=first if head else "")
    return None


def _head(first: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The first line as keys, if it has only words where the others have numbers."""
    keys = tuple(part.strip() for part in first)
    if len(set(keys)) < len(keys) or not all(map(_COLUMN_NAME.fullmatch, keys)):
        return ()
    others = [row for row in rows if len(row) == len(keys)][1:]
    numbered = any(
        sum(any(map(str.isdigit, row[place])) for row in others) * 10 >= len(others) * _OF_TEN
        for place in range(len(keys))
    )
    return keys if others and numbered else ()
