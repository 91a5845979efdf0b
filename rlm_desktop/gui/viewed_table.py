"""A document as the viewer shows it in columns: a record is parsed when it is looked at.

Of the table only the blocks are kept in which its records lie, 16 bytes for each 64 KiB, and the
records of the few blocks that were looked at last.
"""

import csv
import io
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from rlm_desktop.documents.document import Kind, Part
from rlm_desktop.documents.text_table import (
    HEAD_CHARS,
    MOST_FIELD_CHARS,
    column_names,
    fitted,
    form_of,
)
from rlm_desktop.gui.table_blocks import Block, blocks_of, first_byte
from rlm_desktop.gui.viewed_text import ViewedText

#: Blocks of 64 KiB whose records are kept; as lists of strings they take ten times as much.
_KEPT_BLOCKS = 16
#: Blocks that may hold nothing but empty lines before the header.
_MOST_EMPTY = 16


@dataclass(frozen=True, slots=True)
class _Parsed:
    """The records of a block, and the byte at which each of them begins."""

    starts: Sequence[int]
    records: Sequence[list[str]]


def is_table(part: Part) -> bool:
    """Whether a document can be shown in columns."""
    return part.kind is Kind.CSV and part.chars > 0


class ViewedTable:
    """The rows that were found so far below the header, by number. Raises DocumentError.

    The text is not closed here.
    """

    def __init__(self, text: ViewedText) -> None:
        csv.field_size_limit(MOST_FIELD_CHARS)
        self.form = form_of(text.text(0, HEAD_CHARS))
        self._text = text
        self._starts = array("Q", [first_byte(text)])
        self._before = array("Q", [0])  # records before each block, and at last all of them
        self._unsound: set[int] = set()
        self._parsed: OrderedDict[int, _Parsed] = OrderedDict()
        self.columns: Sequence[str] = ()
        for block in islice(blocks_of(text, self.form, self.end), _MOST_EMPTY):
            self.add(block)
            if block.records:
                self.columns = tuple(column_names(self.record(0)))
                break

    @property
    def end(self) -> int:
        """The byte up to which rows were found."""
        return self._starts[-1]

    @property
    def rows(self) -> int:
        """How many rows were found, the header not counted."""
        return max(0, self._before[-1] - 1)

    def add(self, block: Block) -> None:
        """Know the rows of the block that follows."""
        assert block.start == self.end
        if not block.sound:
            self._unsound.add(len(self._starts) - 1)
        self._starts.append(block.end)
        self._before.append(self._before[-1] + block.records)

    def row(self, number: int) -> list[str]:
        """The values of a row, from 0: one for each column. They are not to be changed."""
        record, width = self.record(number + 1), len(self.columns)
        return record if len(record) == width else fitted(record[:], width, self.form.delimiter)

    def record(self, number: int) -> list[str]:
        """The values of a record as they stand; the header is number 0."""
        block = self._block_of(number)
        return self._read(block).records[number - self._before[block]]

    def span(self, number: int) -> tuple[int, int]:
        """The bytes of a row, from 0; lines without anything below it are its own."""
        block = self._block_of(number + 1)
        inside = number + 1 - self._before[block]
        starts = self._read(block).starts
        end = starts[inside + 1] if inside + 1 < len(starts) else self._starts[block + 1]
        return starts[inside], end

    def row_of(self, offset: int) -> int | None:
        """The row that holds a byte; -1 for the header, None where none was found yet."""
        if offset >= self.end or not self.columns:
            return None
        block = max(bisect_right(self._starts, offset) - 1, 0)
        inside = bisect_right(self._read(block).starts, offset) - 1
        return max(self._before[block] + inside - 1, -1)

    def _block_of(self, record: int) -> int:
        if not 0 <= record < self._before[-1]:
            raise IndexError(f"no row {record} was found")
        return bisect_right(self._before, record) - 1

    def _read(self, block: int) -> _Parsed:
        if block in self._parsed:
            self._parsed.move_to_end(block)
            return self._parsed[block]
        parsed = self._parsed[block] = self._parse(block)
        if len(self._parsed) > _KEPT_BLOCKS:
            self._parsed.popitem(last=False)
        return parsed

    def _parse(self, block: int) -> _Parsed:
        start, end = self._starts[block], self._starts[block + 1]
        text = self._text.text(start, end)
        if block in self._unsound:
            return _Parsed([start], [text.rstrip("\r\n").split(self.form.delimiter)])
        starts, records, line = array("Q"), list[list[str]](), 0
        lines = list(io.StringIO(text, newline=""))
        reader = csv.reader(lines, delimiter=self.form.delimiter, skipinitialspace=self.form.spaced)
        try:
            for record in reader:
                if record:
                    starts.append(start)
                    records.append(record)
                start += sum(len(each.encode()) for each in lines[line : reader.line_num])
                line = reader.line_num
        except csv.Error as error:
            raise self._text.changed() from error
        if len(records) != self._before[block + 1] - self._before[block]:
            raise self._text.changed()
        return _Parsed(starts, records)
