"""Where the records of a table begin, found block by block, of which none is kept.

Quoted values are taken out of a block by one expression, and the lines that are left are counted:
of 200 MB in 0.7 s where nothing is quoted and in 5.3 s where every value is; the csv module takes
5.3 and 4.4 s. What is a quoted value is what the csv module takes for one; the tests compare them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rlm_desktop.documents.text_table import MOST_FIELD_CHARS, TableForm
from rlm_desktop.gui.viewed_text import ViewedText

#: Bytes that are searched at once, and parsed to show a row of them: about two milliseconds.
_BLOCK_BYTES = 64 * 1024
#: A record that is longer than so many bytes is cut: its quote was probably never closed.
_MOST_BYTES = MOST_FIELD_CHARS
_BOM = "\ufeff".encode()
_ENDS = re.compile(rb"\r\n|\r|\n")
#: Stands for a quoted value; no byte of UTF-8.
_MASK = b"\xff"


@dataclass(frozen=True, slots=True)
class Block:
    """Some whole records, one after the other: their bytes, and how many they are.

    `sound` is false where it is one line that is no record of a table: it has a quote that is
    never closed, or is longer than any record.
    """

    start: int
    end: int
    records: int
    sound: bool = True


def first_byte(text: ViewedText) -> int:
    """Where the first record may begin: behind the mark that some programs begin a file with."""
    return len(_BOM) if text.raw(0, len(_BOM)) == _BOM else 0


def blocks_of(
    text: ViewedText, form: TableForm, start: int, block_bytes: int = _BLOCK_BYTES
) -> Iterator[Block]:
    """The blocks from a byte on at which a record begins. Raises DocumentError."""
    finder = _Finder(form)
    while start < text.size:
        block = finder.block_at(text, start, block_bytes)
        yield block
        start = block.end


class _Finder:
    """Knows what a quoted value looks like in a table of one form, behind a newline."""

    def __init__(self, form: TableForm) -> None:
        ends = b"[" + re.escape(form.delimiter.encode()) + rb"\r\n]"
        # An expression that begins with a letter is looked for ten times as quickly.
        opening = rb"(?<=" + ends + rb') *+"' if form.spaced else b'"(?<=' + ends + b'")'
        # Nothing is tried twice, so that a hostile text takes no longer than another.
        value = rb'[^"]*+(?:""[^"]*+)*+'
        self._opening = re.compile(opening)
        self._closed = re.compile(opening + value + b'"')
        self._any = re.compile(opening + value + rb'(?:"|\Z)')

    def block_at(self, text: ViewedText, start: int, block_bytes: int) -> Block:
        """The block that begins at a byte."""
        room = block_bytes
        while True:
            window = text.raw(start, start + room)
            at_end = start + len(window) >= text.size
            end, records = self._records(window, at_end=at_end)
            if end:
                return Block(start, start + end, records)
            if at_end or room >= _MOST_BYTES:
                break
            room = min(2 * room, _MOST_BYTES)
        line = _ENDS.search(window)
        return Block(start, start + (line.end() if line else len(window)), 1, sound=False)

    def _records(self, window: bytes, *, at_end: bool) -> tuple[int, int]:
        """Where the last whole record of a window ends, and how many there are up to there."""
        end = len(window) if at_end else max(window.rfind(b"\n"), window.rfind(b"\r")) + 1
        masked = b"\n" + window[:end]
        if b'"' in masked:
            masked = self._closed.sub(_MASK, masked)
            if self._opening.search(masked):
                end = self._last_end(b"\n" + window[:end])
                masked = self._closed.sub(_MASK, b"\n" + window[:end])
        if b"\r" in masked:
            masked = masked.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return end, sum(map(bool, masked.split(b"\n")))  # an empty line is no record

    def _last_end(self, behind_newline: bytes) -> int:
        """Where the last line ends that is not inside of a quoted value; the last is open."""
        window, end, here = behind_newline, 0, 1
        for value in self._any.finditer(window):
            found = max(window.rfind(each, here, value.start()) for each in (b"\n", b"\r"))
            end = max(end, found)
            here = value.end()
        return end
