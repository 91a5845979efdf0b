"""A read-only text view that draws parts, each in a block of its own.

Text is inserted as text, never parsed: nothing that a model or a document says can become a
link, a picture or a layout.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from rlm_desktop.gui import style
from rlm_desktop.gui.text_parts import Look, TextPart, clean
from rlm_desktop.gui.views.following import Following

_BREAK = "\u2028"  # a line break inside a block, so that part and block have the same number


class PartsView(QTextEdit):
    """Shows parts; `following` keeps to the end while they grow, unless the user scrolled up."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[TextPart] = []
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(12)
        self.following = Following(self)

    def show_parts(self, parts: Sequence[TextPart]) -> None:
        """Show these parts and nothing else, and follow the end again."""
        self.clear()
        self.following.follow()
        self._shown = []
        self.update_parts(parts, range(len(parts)))

    def change_parts(self, parts: Sequence[TextPart]) -> None:
        """Show these parts; what is shown already stays where it is."""
        if len(parts) < len(self._shown) or not self._shown:
            self.show_parts(parts)
            return
        shown = len(self._shown)
        changed = [n for n, each in enumerate(parts) if n >= shown or each != self._shown[n]]
        if changed:
            self.update_parts(parts, changed)

    def update_parts(self, parts: Sequence[TextPart], changed: Iterable[int]) -> None:
        """Redraw the parts with these numbers; the others are as they were."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number in sorted(changed):
            if number < len(self._shown):
                self._shown[number] = parts[number]
            else:
                self._shown.append(parts[number])
            self._draw(cursor, number)
        cursor.endEditBlock()

    def part_at(self, cursor: QTextCursor) -> int:
        """The number of the part in which a cursor stands."""
        return cursor.block().blockNumber()

    def go_to_part(self, number: int) -> None:
        """Put the cursor at the beginning of a part, and the part at the top of the view."""
        block = self.document().findBlockByNumber(number)
        if block.isValid():
            self.following.let_go()
            self.setTextCursor(QTextCursor(block))
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(top))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.update_parts(list(self._shown), range(len(self._shown)))

    def _draw(self, cursor: QTextCursor, number: int) -> None:
        part = self._shown[number]
        block = self.document().findBlockByNumber(number)
        if block.isValid():
            cursor.setPosition(block.position())
            cursor.movePosition(
                QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertBlock()
        cursor.setBlockFormat(self._block_format(part.look))
        font = self.font()
        if part.look is Look.QUESTION:
            font = style.heading(font, larger=2)
        elif part.look is Look.HEADING:
            font = style.heading(font)
        for span in part.spans:
            made = style.char_format(span.tone, self.palette(), font)
            if part.look in (Look.QUESTION, Look.HEADING):
                made.setFont(font)
            cursor.insertText(clean(span.text).replace("\n", _BREAK), made)

    def _block_format(self, look: Look) -> QTextBlockFormat:
        made = QTextBlockFormat()
        space = self.fontMetrics().height()
        made.setBottomMargin(space * 0.35)
        match look:
            case Look.QUESTION:
                made.setBottomMargin(space * 0.5)
            case Look.HEADING:
                made.setTopMargin(space * 0.8)
            case Look.INDENTED:
                made.setLeftMargin(space * 1.2)
            case Look.CODE:
                made.setBackground(self.palette().alternateBase())
                made.setLineHeight(115, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            case Look.OUTPUT:
                made.setLeftMargin(space * 0.6)
            case _:
                pass
        return made
