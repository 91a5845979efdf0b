"""A list view for rows of two lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from rlm_desktop.gui.items.row_list import RowListItems
from rlm_desktop.gui.items.two_lines import TwoLines


class RowView(QListView):
    """Shows rows; a click or Return chooses one.

    Signals:
        chosen: what the row stands for.
    """

    chosen = Signal(object)

    def __init__(self, name: str, items: RowListItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = items
        items.setParent(self)  # a model that goes before its view makes Qt complain
        self.setModel(items)
        self.setAccessibleName(name)
        self.setItemDelegate(TwoLines(self))
        self.setUniformItemSizes(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A screen reader says the current row; there must be one."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.items.rowCount():
            self.setCurrentIndex(self.items.index(0))

    def _choose(self, index: QModelIndex | QPersistentModelIndex) -> None:
        value = self.items.value(index)
        several = len(self.selectionModel().selectedIndexes()) > 1
        if value is not None and not several:
            self.chosen.emit(value)
