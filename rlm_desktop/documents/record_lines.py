"""Lines that are records: "Key: value || Key: value" with the same keys in nearly all of them.

Also loaded next to untrusted code: standard library only.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DELIMITERS = (" || ", " | ", "\t", "; ", ", ")
_FIELD = re.compile(r"\s*([^\W\d_][\w .-]{0,30}?): ?(?=\S|$)")
_LEAST_LINES = 5
_MOST_SAMPLE = 200
#: In so many of ten lines the same keys stand.
_OF_TEN = 8


@dataclass(frozen=True, slots=True)
class RecordLines:
    """How the records of a text are written: what stands between the fields, and their keys."""

    delimiter: str
    keys: tuple[str, ...]

    def fields(self, line: str) -> dict[str, tuple[int, int]] | None:
        """Where the value of each key stands in a line; None if it is no such record."""
        at = 0
        spans: dict[str, tuple[int, int]] = {}
        for part in line.split(self.delimiter, len(self.keys) - 1):
            found = _FIELD.match(part)
            if found is None:
                return None
            spans[found[1]] = (at + found.end(), at + len(part.rstrip()))
            at += len(part) + len(self.delimiter)
        return spans if tuple(spans) == self.keys else None


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
