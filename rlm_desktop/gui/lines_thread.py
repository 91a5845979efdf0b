"""Counting the lines of a document, beside the window: a gigabyte takes a third of a second."""

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.document import Part
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.viewed_text import ViewedText
from rlm_desktop.gui.worker import Worker


class LinesThread(Worker):
    """Finds where the lines of one document start.

    Signals:
        counted: the LineMarks; they read from `text`, which is to be closed with them.
    """

    counted = Signal(object)

    def __init__(self, part: Part, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text: ViewedText | None = None
        self._part = part

    def run(self) -> None:
        try:
            self.text = ViewedText(self._part)
            self.counted.emit(self.text.line_marks())
        except DocumentError:
            return  # whoever shows the text finds this too, and says so
