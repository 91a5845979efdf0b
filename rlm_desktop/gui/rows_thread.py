"""Finding the rows of a table, beside the window: a gigabyte takes 4 to 25 seconds."""

from time import monotonic

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.document import Part
from rlm_desktop.documents.text_table import TableForm
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.table_blocks import Block, blocks_of
from rlm_desktop.gui.viewed_text import ViewedText
from rlm_desktop.gui.worker import StoppableWorker

#: Seconds between the first reports. A view takes longer with each, so that they become rarer.
_INTERVAL = 0.1
_SHARE = 0.25


class RowsThread(StoppableWorker):
    """Finds the blocks of records of one document, from a byte on at which a record begins.

    Signals:
        found: a list of Blocks that follow those found before.
        complete: all were found, and told.
    """

    found = Signal(object)
    complete = Signal()

    def __init__(
        self, part: Part, form: TableForm, start: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._part = part
        self._form = form
        self._start = start

    def run(self) -> None:
        try:
            text = ViewedText(self._part)
        except DocumentError:
            return  # whoever shows the text finds this too, and says so
        try:
            self._find(text)
        except DocumentError:
            return
        finally:
            text.close()

    def _find(self, text: ViewedText) -> None:
        batch, began = list[Block](), monotonic()
        told = began
        for block in blocks_of(text, self._form, self._start):
            if self._stop.is_set():
                return
            batch.append(block)
            now = monotonic()
            if now - told > max(_INTERVAL, _SHARE * (told - began)):
                self.found.emit(batch)
                batch, told = [], now
        self.found.emit(batch)
        self.complete.emit()
