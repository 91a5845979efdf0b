"""The tree of calls, and the selected call in full."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.call_page import call_parts
from rlm_desktop.gui.items.call_tree import CALL, STATE, TIME, TOKENS, CallTreeItems
from rlm_desktop.gui.views.parts_view import PartsView

Index = QModelIndex | QPersistentModelIndex


class CallTree(QTreeView):
    """A tree view for a large tree: equal rows, fixed columns, no animation."""

    def __init__(self, items: CallTreeItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        items.setParent(self)  # a model that goes before its view makes Qt complain
        self.setModel(items)
        self.setAccessibleName(self.tr("Tree of calls"))
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setIndentation(12)
        self.setItemDelegate(_Roomy(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setAccessibleName(self.tr("Columns of the tree of calls"))
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(CALL, QHeaderView.ResizeMode.Stretch)
        width = self.fontMetrics().averageCharWidth()
        for column, characters in ((STATE, 17), (TOKENS, 9), (TIME, 12)):
            header.resizeSection(column, width * characters)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A screen reader says the current row; there must be one."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))


class _Roomy(QStyledItemDelegate):
    """Gives rows some air; asked once, since all rows are equal."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), size.height() + 6)


class CallsView(QWidget):
    """The tree above, the detail of the selected call below."""

    def __init__(self, items: CallTreeItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self.tree = CallTree(items)
        self.detail = PartsView(self.tr("The selected call"))
        self.detail.setPlaceholderText(self.tr("Select a call to see what was asked and replied."))
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.tree.selectionModel().currentChanged.connect(self._show)
        items.modelReset.connect(self.detail.clear)
        items.rowsInserted.connect(self._open_root)

    def refresh(self, touched: set[str]) -> None:
        """Draw the selected call again if it is among the calls that changed."""
        call = self._items.call_at(self.tree.currentIndex())
        if call is not None and call.path in touched:
            self._draw(self.tree.currentIndex())

    def _open_root(self, parent: QModelIndex) -> None:
        """The first row is opened, so that the calls below it are seen as they come."""
        if not parent.isValid():
            self.tree.expand(self._items.index(0, 0))

    def _show(self, index: QModelIndex) -> None:
        self._draw(index)
        self.detail.verticalScrollBar().setValue(0)

    def _draw(self, index: QModelIndex) -> None:
        call = self._items.call_at(index)
        self.detail.show_parts([] if call is None else call_parts(call))
