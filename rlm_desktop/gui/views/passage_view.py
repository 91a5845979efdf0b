"""A passage in its document, with the text around it."""

from PySide6.QtGui import QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import clean
from rlm_desktop.gui.views.toned_label import TonedLabel


class PassageView(QWidget):
    """Shows some thousand characters; the passage among them is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = TonedLabel(self.tr("Where the passage stands"), Tone.QUIET)
        self._place.setWordWrap(True)
        self._place.setContentsMargins(10, 6, 10, 6)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Passage in its document"))
        self.text.document().setDocumentMargin(12)
        self.text.setPlaceholderText(
            self.tr("Choose a passage below an answer to see it in its document.")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._place)
        layout.addWidget(self.text, 1)
        self._place.hide()

    def clear(self) -> None:
        """Show nothing."""
        self.text.clear()
        self.text.setExtraSelections([])
        self._place.hide()

    def show_passage(self, place: str, before: str, passage: str, after: str) -> None:
        """Show a passage with the text before and after it."""
        self._place.say(place)
        self._place.show()
        before, passage = clean(before), clean(passage)
        self.text.setPlainText(before + passage + clean(after))
        # Qt counts UTF-16 units.
        start, length = _units(before), _units(passage)
        cursor = self.text.textCursor()
        cursor.setPosition(start)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        marked = QTextCursor(self.text.document())
        marked.setPosition(start)
        marked.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = marked
        selection.format = self._mark()
        self.text.setExtraSelections([selection])

    def _mark(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
        made.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
        return made


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
