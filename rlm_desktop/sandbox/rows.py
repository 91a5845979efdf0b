"""The rows of a table in the text, each a dict from column name to value.

Loaded next to untrusted code: the standard library and modules like this one only. A table of
340,000 rows by 19 columns is 600 MB as a list of dicts, so rows are parsed when asked for; only
where each begins is kept, 8 bytes a row.
"""

import csv
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, overload

from rlm_desktop.documents.text_table import (
    HEAD_CHARS,
    MOST_FIELD_CHARS,
    column_names,
    fitted,
    form_of,
)
from rlm_desktop.sandbox.cells import Row
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.whole import Stretch, Whole

_ROWS_AT_ONCE = 5000


class Table:
    """One part of the text, read as CSV: a header, then records."""

    def __init__(self, whole: Whole, stretch: Stretch) -> None:
        csv.field_size_limit(MOST_FIELD_CHARS)
        self._whole = whole
        self.span = stretch.start, stretch.end
        head = whole.raw(stretch.start, min(stretch.end, stretch.start + HEAD_CHARS))
        self.delimiter, self._spaced = form_of(head)
        self._broken: set[int] = set()
        self._starts = self._scan()
        header = self._parse(0, 1)[0] if self._starts else []
        self.columns = column_names(header)

    def __len__(self) -> int:
        return max(0, len(self._starts) - 1)

    def _scan(self) -> "array[int]":
        """Where each record begins, the header included."""
        starts = array("Q")
        lines = self._whole.lines(*self.span)
        again: deque[tuple[int, str]] = deque()
        while (following := again.popleft() if again else next(lines, None)) is not None:
            start, line = following
            if not line:
                continue
            starts.append(start)
            if '"' in line:  # only a quoted value can hold a newline
                beyond = self._beyond_record(line, again, lines)
                if beyond is not None:
                    self._broken.add(len(starts) - 1)
                    again.extendleft(reversed(beyond))
        return starts

    def _beyond_record(
        self, line: str, again: "deque[tuple[int, str]]", lines: Iterator[tuple[int, str]]
    ) -> list[tuple[int, str]] | None:
        """Take the lines that belong to the record.

        A quote that is never closed would take all that follow: the record is its line alone
        then, and the lines that were taken are returned.
        """
        taken: list[tuple[int, str]] = []
        ended = False

        def feed() -> Iterator[str]:
            nonlocal ended
            yield line + "\n"
            while (following := again.popleft() if again else next(lines, None)) is not None:
                taken.append(following)
                yield following[1] + "\n"
            ended = True

        try:
            next(csv.reader(feed(), delimiter=self.delimiter, skipinitialspace=self._spaced))
        except csv.Error:
            return taken
        quotes = line.count('"') + sum(following.count('"') for _, following in taken)
        return taken if ended and quotes % 2 else None

    def span_of_row(self, number: int) -> tuple[int, int]:
        return self._span(number + 1, number + 2)

    def _span(self, first: int, after: int) -> tuple[int, int]:
        end = self._starts[after] if after < len(self._starts) else self.span[1]
        return self._starts[first], end

    def _parse(self, first: int, after: int) -> list[list[str]]:
        """The values of some records, the header being number 0."""
        text = self._whole.raw(*self._span(first, after)).removeprefix("\ufeff")
        if self._broken.isdisjoint(range(first, after)):
            try:
                records = self._read(text)
            except csv.Error:
                records = []
            if len(records) == after - first:
                return records
        if after - first > 1:
            return [self._parse(number, number + 1)[0] for number in range(first, after)]
        return [text.rstrip("\r\n").split(self.delimiter)]

    def _read(self, text: str) -> list[list[str]]:
        lines = (line + "\n" for line in text.removesuffix("\n").split("\n"))
        reader = csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self._spaced)
        return [record for record in reader if record]

    def rows(self, first: int = 0, after: int | None = None) -> Iterator[Row]:
        """The rows from `first` on, in order."""
        last = len(self) if after is None else after
        columns, width = self.columns, len(self.columns)
        for at in range(first, last, _ROWS_AT_ONCE):
            parsed = self._parse(at + 1, min(at + _ROWS_AT_ONCE, last) + 1)
            for number, values in enumerate(parsed, start=at + 1):
                row = Row(zip(columns, fitted(values, width, self.delimiter), strict=True))
                row.span = self._span(number, number + 1)
                yield row


class Rows(Sequence[Row]):
    """The rows of all tables in the text: has `len`, [number], [a:b] and can be gone through."""

    def __init__(self, tables: Sequence[Table], ledger: Ledger) -> None:
        self._tables = tables
        self._ledger = ledger

    @property
    def columns(self) -> list[str]:
        """The names of the columns, of all tables."""
        return list(dict.fromkeys(name for table in self._tables for name in table.columns))

    @property
    def spans(self) -> list[tuple[int, int]]:
        return [table.span for table in self._tables]

    def __len__(self) -> int:
        return sum(map(len, self._tables))

    def __iter__(self) -> Iterator[Row]:
        for table in self._tables:
            yield from table.rows()

    @overload
    def __getitem__(self, which: int) -> Row: ...
    @overload
    def __getitem__(self, which: "slice[Any, Any, Any]") -> list[Row]: ...
    def __getitem__(self, which: Any) -> Row | list[Row]:
        if isinstance(which, slice):
            return [self._row(number) for number in range(*which.indices(len(self)))]
        if isinstance(which, str):
            raise TypeError(
                f"rows is a list of dicts: use [row[{which!r}] for row in rows]"
                f" or rows[0][{which!r}]"
            )
        return self._row(range(len(self))[which])

    def _row(self, number: int) -> Row:
        for table in self._tables:
            if number < len(table):
                self._ledger.scanned("slice", [table.span_of_row(number)])
                return next(table.rows(number, number + 1))
            number -= len(table)
        raise IndexError(f"there are {len(self):,} rows")

    def __repr__(self) -> str:
        return f"<{len(self):,} rows with the columns {', '.join(self.columns)}>"
