"""One row of a document, laid out: places are bytes outside of it, and units of Qt inside."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from rlm_desktop.gui.text_parts import UNSEEN
from rlm_desktop.gui.viewed_text import Row

#: What is not to be seen is shown as a sign of its own, so that places stay what they are.
_SIGN = "\u00b7"
_TAB_SPACES = 4


@dataclass(frozen=True, slots=True)
class Marked:
    """Bytes of the text that are drawn in a format of their own."""

    start: int
    end: int
    look: QTextCharFormat


class RowLayout:
    """A row with its lines; `top` is where it is drawn, in pixels of the viewport."""

    def __init__(self, row: Row, font: QFont, width: float, *, wrapped: bool) -> None:
        self.row = row
        self.top = 0.0
        self._layout = QTextLayout(UNSEEN.sub(_SIGN, row.text), font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        wrap = QTextOption.WrapMode
        option.setWrapMode(wrap.WrapAtWordBoundaryOrAnywhere if wrapped else wrap.NoWrap)
        option.setTabStopDistance(QFontMetricsF(font).horizontalAdvance(" ") * _TAB_SPACES)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        height = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        self._layout.endLayout()
        self.height = height or QFontMetricsF(font).height()

    @property
    def lines(self) -> int:
        return max(1, self._layout.lineCount())

    @property
    def width(self) -> float:
        """Of its longest line."""
        lines = range(self._layout.lineCount())
        return max((self._layout.lineAt(line).naturalTextWidth() for line in lines), default=0.0)

    def draw(self, painter: QPainter, left: float, marked: Iterable[Marked]) -> None:
        """Draw it at its top; of what is marked, the part that stands in it."""
        ranges = []
        for mark in marked:
            start, end = self._unit_of(mark.start), self._unit_of(mark.end)
            if end > start:
                one = QTextLayout.FormatRange()
                one.start, one.length, one.format = start, end - start, mark.look
                ranges.append(one)
        self._layout.draw(painter, QPointF(left, self.top), ranges)

    def byte_at(self, x: float, y: float) -> int:
        """The byte at a point, `y` from the top of the row."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            if y < line.y() + line.height() or number == self._layout.lineCount() - 1:
                units = line.xToCursor(x)
                before = self._layout.text().encode("utf-16-le")[: 2 * units]
                chars = len(before.decode("utf-16-le", "ignore"))
                return self.row.start + len(self.row.text[:chars].encode())
        return self.row.start

    def _unit_of(self, offset: int) -> int:
        """The unit of a byte, brought within the row."""
        inside = min(max(offset - self.row.start, 0), self.row.end - self.row.start)
        before = self.row.text.encode()[:inside].decode("utf-8", "ignore")
        return len(before.encode("utf-16-le")) // 2
