"""A question to choose, with the document it is about below it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from rlm_desktop.gui import style
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import clean

#: Pixels around the text, and of the rounded corners.
_ACROSS, _ABOVE, _CORNER = 10, 5, 4
#: The narrowest that a question is still easy to read, in average letters.
_LETTERS = 24
_WRAP = Qt.TextFlag.TextWordWrap


class SampleButton(QPushButton):
    """Looks like a link and wraps its text, which a button of the style cannot.

    Space and Return choose it.
    """

    def __init__(self, question: str, document: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question, self._document = clean(question), clean(document)
        self.setAccessibleName(f"{self._question} — {self._document}")
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._question) + 2 * _ACROSS + 1
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = self.fontMetrics().averageCharWidth() * _LETTERS + 2 * _ACROSS
        return QSize(width, self.fontMetrics().height() + 2 * _ABOVE)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        below = QFontMetrics(self._small()).height()
        return self._question_height(width) + below + 2 * _ABOVE

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        palette = self.palette()
        self._paint_ground(painter, palette)
        inner = self.rect().adjusted(_ACROSS, _ABOVE, -_ACROSS, -_ABOVE)
        asked = QRect(inner)
        asked.setHeight(self._question_height(self.width()))
        role = QPalette.ColorRole.Link if self.isEnabled() else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        painter.drawText(asked, _WRAP, self._question)
        painter.setPen(style.color(Tone.QUIET, palette))
        painter.setFont(self._small())
        about = inner.adjusted(0, asked.height(), 0, 0)
        name = painter.fontMetrics().elidedText(
            self._document, Qt.TextElideMode.ElideMiddle, about.width()
        )
        painter.drawText(about, Qt.TextFlag.TextSingleLine, name)
        painter.end()

    def _paint_ground(self, painter: QPainter, palette: QPalette) -> None:
        """A ground under the pointer, a border with the focus."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setBrush(palette.midlight() if self.isDown() else palette.alternateBase())
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), _CORNER, _CORNER)

    def _question_height(self, width: int) -> int:
        box = QRect(0, 0, max(width - 2 * _ACROSS, 1), 1_000_000)
        return self.fontMetrics().boundingRect(box, _WRAP, self._question).height()

    def _small(self) -> QFont:
        made = QFont(self.font())
        made.setPointSizeF(made.pointSizeF() * 0.9)
        return made
