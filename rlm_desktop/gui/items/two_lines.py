"""Rows of two lines: what it is, and below it, smaller and quieter, what is known about it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rlm_desktop.gui import style
from rlm_desktop.gui.style import Tone

Index = QModelIndex | QPersistentModelIndex

#: The second line, and its tone.
BELOW = Qt.ItemDataRole.UserRole + 1
TONE = Qt.ItemDataRole.UserRole + 2
#: What the row stands for: a number, a path, a passage.
VALUE = Qt.ItemDataRole.UserRole + 3
#: What stands above the first row of a group; empty for the others.
HEADING = Qt.ItemDataRole.UserRole + 4

_MARGIN = 6


class TwoLines(QStyledItemDelegate):
    """Draws DisplayRole above BELOW, both cut at the width of the view."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        if heading := index.data(HEADING):
            option.rect = _below_heading(painter, option, heading)
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        below_font = _smaller(option.font)
        rect = option.rect.adjusted(_MARGIN, _MARGIN - 2, -_MARGIN, 0)
        metrics, below_metrics = QFontMetrics(option.font), QFontMetrics(below_font)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette = option.palette
        painter.save()
        painter.setFont(option.font)
        ink = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        painter.setPen(palette.color(ink))
        top = rect.top() + metrics.ascent()
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(rect.left(), top, metrics.elidedText(text, elide, rect.width()))
        painter.setFont(below_font)
        if not selected:
            painter.setPen(style.color(Tone(index.data(TONE) or Tone.QUIET), palette))
        below = below_metrics.elidedText(index.data(BELOW) or "", elide, rect.width())
        painter.drawText(rect.left(), top + below_metrics.height() + 1, below)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        self.initStyleOption(option, index)
        height = QFontMetrics(option.font).height() + QFontMetrics(_smaller(option.font)).height()
        if index.data(HEADING):
            height += _heading_height(option.font)
        return QSize(120, height + 2 * _MARGIN - 2)


def _below_heading(painter: QPainter, option: QStyleOptionViewItem, heading: str) -> QRect:
    """Draw the heading, and return what it leaves of the row."""
    font = style.heading(_smaller(option.font))
    height = _heading_height(option.font)
    painter.save()
    painter.setFont(font)
    painter.setPen(style.color(Tone.QUIET, option.palette))
    top = option.rect.top() + height - QFontMetrics(font).descent() - 2
    painter.drawText(option.rect.left() + _MARGIN, top, heading)
    painter.restore()
    return option.rect.adjusted(0, height, 0, 0)


def _heading_height(font: QFont) -> int:
    return QFontMetrics(style.heading(_smaller(font))).height() + _MARGIN


def _smaller(font: QFont) -> QFont:
    made = QFont(font)
    made.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
    return made
