"""The tree view of calls, and which of its columns are shown."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QToolButton, QTreeView, QWidget

from rlm_desktop.gui.items.call_tree import (
    BAR,
    CACHED,
    CALL,
    OWN,
    RATE,
    READ,
    STATE,
    TIME,
    WRITTEN,
    CallTreeItems,
)
from rlm_desktop.gui.views.time_bar import Roomy, TimeBar

#: Characters that fit into each column but the first, which takes the rest.
_WIDTHS = {STATE: 16, BAR: 20, TIME: 13, OWN: 9, READ: 10, WRITTEN: 9, CACHED: 10, RATE: 9}
#: What is shown when there is room for it, in this order; the others always are.
_WITH_ROOM = (READ, WRITTEN, OWN, CACHED, RATE)
#: Characters that the first column keeps.
_FIRST = 30


class CallTree(QTreeView):
    """A tree view for a large tree: equal rows, fixed columns, no animation.

    Signals:
        typed: a letter that was typed into the tree.
        looked_at: the user opened or chose a row.
    """

    typed = Signal(str)
    looked_at = Signal()

    def __init__(self, name: str, items: CallTreeItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = items
        items.setParent(self)  # a model that goes before its view makes Qt complain
        self.setModel(items)
        self._chosen: dict[int, bool] = {}
        self.setAccessibleName(name)
        self.setUniformRowHeights(True)
        self.setAnimated(False)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setIndentation(12)
        self.setItemDelegate(Roomy(self))
        self.setItemDelegateForColumn(BAR, TimeBar(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setAccessibleName(self.tr("Columns of the tree of calls"))
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(CALL, QHeaderView.ResizeMode.Stretch)
        width = self.fontMetrics().averageCharWidth()
        for column, characters in _WIDTHS.items():
            header.resizeSection(column, width * characters)
        self._fit()
        self.clicked.connect(self.looked_at)

    def choose_column(self, column: int, shown: bool) -> None:  # noqa: FBT001 - a slot
        """Show a column or not, however wide the view is."""
        self._chosen[column] = shown
        self._fit()

    def keyboardSearch(self, search: str) -> None:
        """Letters begin a search in all calls; Qt's own would ask for every row at once."""
        if search.strip():
            self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() != Qt.Key.Key_End:
            self.looked_at.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A screen reader says the current row; there must be one."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def open_to(self, index: QModelIndex) -> None:
        """Open the rows above a row."""
        above = index.parent()
        while above.isValid():
            if not self.isExpanded(above):
                self.expand(above)
            above = above.parent()

    def _fit(self) -> None:
        """Show the columns that were chosen, and of the others those that there is room for."""
        width = self.fontMetrics().averageCharWidth()
        room = self.viewport().width() // max(width, 1) - _FIRST
        for column in (STATE, BAR, TIME, *_WITH_ROOM):
            fits = column not in _WITH_ROOM or room >= _WIDTHS[column]
            shown = self._chosen.get(column, fits)
            self.setColumnHidden(column, not shown)
            if shown:
                room -= _WIDTHS[column]


class ColumnsButton(QToolButton):
    """A button with a menu of the columns of some trees."""

    def __init__(self, *trees: CallTree, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trees = trees
        self.setText(self.tr("Columns"))
        self.setToolTip(self.tr("Choose which columns are shown"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.actions_of = {column: self._menu.addAction(self._title(column)) for column in _WIDTHS}
        for column, action in self.actions_of.items():
            action.setCheckable(True)
            action.triggered.connect(lambda shown, column=column: self._choose(column, shown))
        self._menu.aboutToShow.connect(self._look)

    def _title(self, column: int) -> str:
        return str(self._trees[0].items.headerData(column, Qt.Orientation.Horizontal))

    def _choose(self, column: int, shown: bool) -> None:  # noqa: FBT001 - a slot
        for tree in self._trees:
            tree.choose_column(column, shown)

    def _look(self) -> None:
        for column, action in self.actions_of.items():
            action.setChecked(not self._trees[0].isColumnHidden(column))
