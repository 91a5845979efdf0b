"""A document as the viewer shows it: row by row from any place, of a text of any size.

A row is a line, or a piece of a line that is too long to lay out at once. Places are bytes: they
need no index, so that a gigabyte is shown as quickly as a letter. It has files of its own open, so
it can be read while a run reads the same document in another thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rlm_desktop.documents.document import Part
from rlm_desktop.documents.spans import LineMarks
from rlm_desktop.documents.text_bytes import JoinedBytes, Source
from rlm_desktop.errors import DocumentError

#: Bytes of a row: enough for any line that people read, and laid out in under a millisecond.
ROW_BYTES = 1024
#: So far back the beginning of a line is searched for; a longer one is cut where it happens to be.
_FARTHEST = 16 * 1024 * 1024
_CONTINUATION = range(0x80, 0xC0)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its bytes with the end of the line, its text without, and whether it begins a line."""

    start: int
    end: int
    text: str
    begins: bool


class ViewedText:
    """One document, opened to be looked at. Raises DocumentError if it changes under our hands."""

    def __init__(self, part: Part) -> None:
        self.name = part.name
        self._joined = _joined(part)
        self._ends = b"\n" if self._joined.find(b"\n", 0, self._joined.size) >= 0 else b"\r"

    def close(self) -> None:
        self._joined.close()

    @property
    def size(self) -> int:
        """Bytes."""
        return self._joined.size

    @property
    def shrunk(self) -> bool:
        """Whether its file became shorter: reading beyond its end would end the process."""
        return self._joined.shrunk()

    def byte_of(self, position: int) -> int:
        """The byte of a code point."""
        self._check()
        return self._joined.byte_of(position)

    def position_of(self, offset: int) -> int:
        """The code point that begins at a byte."""
        self._check()
        return self._joined.position_of(offset)

    def text(self, start: int, end: int) -> str:
        """The text between two bytes; what is cut through at either end is left out."""
        return self.raw(start, end).decode("utf-8", "ignore")

    def raw(self, start: int, end: int) -> bytes:
        """The bytes from one to another, or to the end."""
        self._check()
        return self._joined.read(start, min(end, self.size))

    def changed(self) -> DocumentError:
        """What to raise where something else is read than was found before."""
        return DocumentError(f"{self.name} changed since it was read: open it again")

    def line_marks(self) -> LineMarks:
        """Where the lines start; takes 0.3 seconds a gigabyte."""
        self._check()
        return LineMarks(self._joined, 0, self.size)

    def row_at(self, offset: int) -> Row:
        """The row that holds a byte; the last one for the end of the text."""
        offset = min(max(offset, 0), max(self.size - 1, 0))
        line = self._line_start(offset)
        cut = offset - (offset - line) % ROW_BYTES
        if self._boundary(cut) > offset:  # inside of the character that the cut leaves to the row
            cut -= ROW_BYTES
        return self._row(line, cut)

    def rows_from(self, offset: int) -> Iterator[Row]:
        """The row that holds a byte, and those after it."""
        row = self.row_at(offset)
        while True:
            yield row
            if row.end >= self.size:
                return
            row = self.row_at(row.end)

    def rows_before(self, offset: int) -> Iterator[Row]:
        """The rows above the one that holds a byte, the nearest first."""
        row = self.row_at(offset)
        while row.start > 0:
            row = self.row_at(row.start - 1)
            yield row

    def _row(self, line: int, cut: int) -> Row:
        start, next_cut = self._boundary(cut), self._boundary(cut + ROW_BYTES)
        found = self._joined.find(self._ends, start, next_cut)
        end = found + 1 if found >= 0 else next_cut
        text = self.text(start, end).removesuffix("\n").removesuffix("\r")
        return Row(start, end, text, start == line)

    def _line_start(self, offset: int) -> int:
        self._check()
        first = max(0, offset - _FARTHEST)
        found = self._joined.rfind(self._ends, first, offset)
        if found < 0 and first:
            return first - first % ROW_BYTES
        return found + 1

    def _check(self) -> None:
        if self.shrunk:
            raise self.changed()

    def _boundary(self, offset: int) -> int:
        """The first byte from `offset` on at which a character begins."""
        for place, byte in enumerate(self.raw(offset, offset + 4)):
            if byte not in _CONTINUATION:
                return offset + place
        return min(offset, self.size)


def _joined(part: Part) -> JoinedBytes:
    try:
        return JoinedBytes([Source("", str(part.text_path), part.chars, part.text_bytes)])
    except (OSError, ValueError) as error:
        raise DocumentError(f"{part.name} cannot be opened again: {error}") from error
