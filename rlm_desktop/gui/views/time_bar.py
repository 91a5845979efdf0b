"""The bar of a call on the time axis of its run, painted into a cell."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rlm_desktop.gui import style
from rlm_desktop.gui.items.call_figures import Busy, Stretch
from rlm_desktop.gui.items.call_rows import Bar
from rlm_desktop.gui.items.call_tree import BAR_ROLE
from rlm_desktop.gui.style import Tone

Index = QModelIndex | QPersistentModelIndex

_MARGIN = 4
#: Part of the height of a row: what says the same as the colour.
_HEIGHTS = {Busy.CODE: 0.62, Busy.MODEL: 0.34, Busy.WAITING: 0.0}
#: No stretch is too short to be seen.
_NARROWEST = 2.0


class Roomy(QStyledItemDelegate):
    """Gives rows some air; asked once, since all rows are equal."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + 6)


class TimeBar(Roomy):
    """Paints the Bar of a row: high for code, half as high for the model, a line for waiting."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        widget = option.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        bar = index.data(BAR_ROLE)
        if not isinstance(bar, Bar) or bar.whole <= 0:
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        axis = QRectF(option.rect).adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.save()
        for stretch in bar.stretches:
            color = color_of(stretch.busy, option.palette, selected=selected)
            painter.fillRect(_place(stretch, bar.whole, axis), color)
        painter.restore()


def color_of(busy: Busy, palette: QPalette, *, selected: bool = False) -> QColor:
    """The colour of a stretch; on a selected row all have that of its text."""
    if selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    match busy:
        case Busy.MODEL:
            return style.color(Tone.NAME, palette)
        case Busy.CODE:
            return style.color(Tone.NUMBER, palette)
        case Busy.WAITING:
            return style.color(Tone.QUIET, palette)


def _place(stretch: Stretch, whole: float, axis: QRectF) -> QRectF:
    left = axis.left() + axis.width() * min(stretch.start / whole, 1.0)
    right = axis.left() + axis.width() * min(stretch.end / whole, 1.0)
    width = max(right - left, 0.0 if stretch.busy is Busy.WAITING else _NARROWEST)
    height = max(axis.height() * _HEIGHTS[stretch.busy], 1.0)
    left = min(left, axis.right() - width)
    return QRectF(left, axis.center().y() - height / 2, width, height)
