"""The tree of calls with search and filters, and the selected call in full."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.call_page import call_parts
from rlm_desktop.gui.call_search import CallFilter, CallSearch
from rlm_desktop.gui.items.call_tree import CallTreeItems
from rlm_desktop.gui.views.call_filter_bar import CallFilterBar
from rlm_desktop.gui.views.call_tree_view import CallTree, ColumnsButton
from rlm_desktop.gui.views.following import Following
from rlm_desktop.gui.views.parts_view import PartsView
from rlm_desktop.runs.run import Call


class CallsView(QWidget):
    """The tree above, the detail of the selected call below.

    What is searched for is shown in a tree of its own, so that the other one stays as the user
    left it.

    Signals:
        passage_wanted: where in the whole text a call's piece begins, and the piece.
    """

    passage_wanted = Signal(int, str)

    def __init__(self, items: CallTreeItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self.tree = CallTree(self.tr("Tree of calls"), items)
        self.searching = CallSearch(items, self)
        self.found_tree = CallTree(self.tr("Calls that were found"), self.searching.found)
        self.trees = QStackedWidget()
        self.trees.addWidget(self.tree)
        self.trees.addWidget(self.found_tree)
        self.following = Following(self.tree)
        self.follow = self.following.button()
        self.columns = ColumnsButton(self.tree, self.found_tree)
        self.filters = CallFilterBar()
        self.filters.add_button(self.columns)
        self.filters.add_button(self.follow)
        self.detail = PartsView(self.tr("The selected call"))
        self.detail.setPlaceholderText(self.tr("Select a call to see what was asked and replied."))
        self.show_passage = QPushButton(self.tr("Show in the document"))
        self.show_passage.setToolTip(self.tr("Show where the text stands that the call was given"))
        self.copy_reply = QPushButton(self.tr("Copy reply"))
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self._upper())
        self.splitter.addWidget(self._lower())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self._connect()
        self._draw_anew()

    def refresh(self, touched: set[str]) -> None:
        """Draw the selected call again if it is among the calls that changed."""
        self.searching.look_again(touched)
        call = self.current
        if call is not None and call.path in touched:
            self._draw(call)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Pass it on. A focus proxy would take the buttons out of the order of the Tab key."""
        self.shown.setFocus()

    @property
    def current(self) -> Call | None:
        """The selected call."""
        return self.shown.items.call_at(self.shown.currentIndex())

    @property
    def shown(self) -> CallTree:
        """The tree of all calls, or the one of those that were found."""
        tree = self.trees.currentWidget()
        assert isinstance(tree, CallTree)
        return tree

    def _upper(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.trees, 1)
        return made

    def _lower(self) -> QWidget:
        made = QWidget()
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 4)
        buttons.addWidget(self.show_passage)
        buttons.addWidget(self.copy_reply)
        buttons.addStretch(1)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(buttons)
        column.addWidget(self.detail, 1)
        return made

    def _connect(self) -> None:
        self._items.modelReset.connect(self._begin_anew)
        self._items.rowsInserted.connect(self._open_root)
        self.searching.found.rowsInserted.connect(self._open_found)
        self.searching.grew.connect(self.filters.say_found)
        self.filters.chosen.connect(self._search)
        self.filters.search.returnPressed.connect(self._go_to_found)
        for tree in (self.tree, self.found_tree):
            tree.selectionModel().currentChanged.connect(self._draw_anew)
            tree.typed.connect(self.filters.type)
            tree.activated.connect(self.detail.setFocus)
        self.tree.looked_at.connect(self.following.let_go)
        self.show_passage.clicked.connect(self._want_passage)
        self.copy_reply.clicked.connect(self._copy_reply)

    def _begin_anew(self) -> None:
        self.filters.clear()
        self.searching.look_for(CallFilter())
        self.detail.clear()
        self.following.follow()
        self._draw_anew()

    def _open_root(self, parent: QModelIndex) -> None:
        """The first row is opened, so that the calls below it are seen as they come."""
        if not parent.isValid():
            self.tree.expand(self._items.index(0, 0))

    def _open_found(self, parent: QModelIndex) -> None:
        """What was found is seen, but for large groups of it."""
        if parent.isValid() and self.searching.found.call_at(parent) is not None:
            self.found_tree.open_to(self.searching.found.index(0, 0, parent))

    def _search(self, wanted: CallFilter) -> None:
        path = self.current.path if self.current is not None else ""
        self.searching.look_for(wanted)
        self.trees.setCurrentWidget(self.tree if wanted.wants_all else self.found_tree)
        self.follow.setEnabled(wanted.wants_all)
        if wanted.wants_all and path:
            # What was chosen among the found is shown among all.
            index = self._items.index_of(path)
            self.tree.open_to(index)
            self.tree.setCurrentIndex(index)
        self._draw_anew()

    def _go_to_found(self) -> None:
        self.shown.setFocus()

    def _draw_anew(self) -> None:
        self.detail.show_parts([])
        self.detail.following.let_go()
        self._draw(self.current)
        self.detail.following.let_go()
        self.detail.verticalScrollBar().setValue(0)

    def _draw(self, call: Call | None) -> None:
        if call is None:
            self.detail.show_parts([])
        else:
            self.detail.change_parts(call_parts(call, self._items.figures.of(call.path)))
        self.show_passage.setEnabled(call is not None and call.start is not None)
        self.copy_reply.setEnabled(call is not None and bool(_reply(call)))

    def _want_passage(self) -> None:
        call = self.current
        if call is not None and call.start is not None:
            self.passage_wanted.emit(call.start, call.text)

    def _copy_reply(self) -> None:
        if self.current is not None:
            QGuiApplication.clipboard().setText(_reply(self.current))


def _reply(call: Call) -> str:
    return call.turns[-1].reply if call.turns else call.answer or ""
