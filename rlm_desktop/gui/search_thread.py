"""Looking for a text or a pattern in a document of any size, beside the window."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.document import Part
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.viewed_text import ViewedText
from rlm_desktop.gui.worker import StoppableWorker

#: Bytes that are searched at once. Python's `re` holds the interpreter for so long: 2 to 5 ms.
_WINDOW = 256 * 1024
#: Places that are kept to go to; more are only counted.
MOST_PLACES = 20_000
#: Seconds between two reports.
_INTERVAL = 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """What was found so far: how often, at which bytes, and in which part of the text, 0 to 1."""

    pattern: re.Pattern[str]
    count: int
    places: tuple[tuple[int, int], ...]
    part: float


class SearchThread(StoppableWorker):
    """Searches one document from its beginning; matches do not go over the end of a line.

    Signals:
        found: a Found; the last one has the part 1.
        refused: the text of an error we expect.
    """

    found = Signal(object)
    refused = Signal(str)

    def __init__(self, part: Part, pattern: re.Pattern[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self._pattern = pattern

    def run(self) -> None:
        try:
            text = ViewedText(self._part)
        except DocumentError as error:
            self.refused.emit(str(error))
            return
        try:
            self._search(text)
        except DocumentError as error:
            self.refused.emit(str(error))
        finally:
            text.close()

    def _search(self, text: ViewedText) -> None:
        count, places, told = 0, list[tuple[int, int]](), monotonic()
        for start, window in _windows(text):
            if self._stop.is_set():
                return
            for place in _matches(self._pattern, window):
                count += 1
                if count <= MOST_PLACES:
                    places.append((start + place[0], start + place[1]))
            if monotonic() - told > _INTERVAL:
                told = monotonic()
                self.found.emit(
                    Found(self._pattern, count, tuple(places), min(start / text.size, 0.99))
                )
        self.found.emit(Found(self._pattern, count, tuple(places), 1.0))


def _windows(text: ViewedText) -> Iterator[tuple[int, str]]:
    """The text in pieces that end where a row ends, each with the byte at which it begins."""
    start = 0
    while start < text.size:
        end = text.row_at(min(start + _WINDOW, text.size)).end
        yield start, text.text(start, end)
        start = end


def _matches(pattern: re.Pattern[str], window: str) -> Iterator[tuple[int, int]]:
    """The bytes of the matches in a piece of text; of those that are empty, none."""
    position = offset = 0
    for match in pattern.finditer(window):
        if not match[0]:
            continue
        offset += len(window[position : match.start()].encode())
        length = len(match[0].encode())
        yield offset, offset + length
        offset, position = offset + length, match.end()


def pattern_of(text: str, *, expression: bool) -> re.Pattern[str]:
    """What to look for, in upper or lower case. Raises ValueError with words for the user."""
    try:
        return re.compile(text if expression else re.escape(text), re.IGNORECASE | re.MULTILINE)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(str(error)) from error
