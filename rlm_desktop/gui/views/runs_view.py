"""The list of past runs, with a search, and what can be done with one of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.items.run_list import RunListItems
from rlm_desktop.gui.views.row_view import RowView
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.storage.kept_run import KeptRun

#: Milliseconds after the last key before a search begins.
_PATIENCE = 200
_TWO = 2


class RunsView(QWidget):
    """Shows the runs that are kept, the pinned ones first, then the newest; or the trash.

    Signals:
        searched: the words to look for, all runs if there are none; and whether in the trash.
        chosen: the number of the run to open.
        renamed: the number of a run and what it is to be called.
        pinned: the number of a run and whether it is to stay at the top.
        trashed: the number of the run to put into the trash.
        restored: the number of the run to take out of it.
        compared: the numbers of two runs to see side by side.
    """

    searched = Signal(str, bool)
    chosen = Signal(int)
    renamed = Signal(int, str)
    pinned = Signal(int, bool)
    trashed = Signal(int)
    restored = Signal(int)
    compared = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TonedLabel(self.tr("Past runs"), bold=True)
        self._title.say(self.tr("Past runs"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search questions, answers, documents, #tags"))
        self.search.setAccessibleName(self.tr("Search past runs"))
        self.search.setClearButtonEnabled(True)
        self.items = RunListItems()
        self.items.renamed.connect(self.renamed)
        self.list = RowView(self.tr("Past runs"), self.items)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(False)  # the first of a day has a heading
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.chosen.connect(lambda number: self.chosen.emit(number))
        self.rename = self._action(self.tr("&Rename, or add #tags"), "F2", self._rename)
        self.pin = self._action(self.tr("&Pin to the top"), "Ctrl+Shift+P", self._pin)
        self.trash = self._action(self.tr("Move to the &trash"), "Del", self._trash)
        self.restore = self._action(self.tr("Take &out of the trash"), "", self._restore)
        self.compare = self._action(self.tr("&Compare two"), "Ctrl+Shift+B", self._compare)
        self.show_trash = QAction(self.tr("&Show the trash"), self, checkable=True)
        self.show_trash.toggled.connect(self._turn)
        menu = QMenu(self)
        menu.addActions([self.rename, self.pin, self.compare, self.trash, self.restore])
        menu.addSeparator()
        menu.addAction(self.show_trash)
        self.list.addActions(menu.actions())
        more = QToolButton()
        more.setText("⋯")
        more.setAccessibleName(self.tr("What can be done with a past run"))
        more.setToolTip(self.tr("What can be done with a past run"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self.search_again)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.list.selectionModel().selectionChanged.connect(self._offer)
        self.items.modelReset.connect(self._offer)
        self.items.dataChanged.connect(self._offer)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.addLayout(head)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self._offer()

    def search_again(self) -> None:
        """Ask for the runs anew, with the words that are in the box."""
        self.searched.emit(self.search.text(), self.show_trash.isChecked())

    def show_runs(self, runs: Sequence[KeptRun]) -> None:
        """Show these runs; what was searched for is sorted by how well it fits, not by day."""
        self.items.show_runs(runs, by_day=not self.search.text().strip())

    def mark(self, number: int) -> None:
        """Select the run that is shown in the window."""
        index = self.items.find(number)
        if index.isValid():
            self.list.setCurrentIndex(index)

    @property
    def _run(self) -> KeptRun | None:
        return self.items.run(self.list.currentIndex())

    def _action(self, text: str, key: str, do: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        return action

    def _offer(self) -> None:
        """What can be done with the run that is selected."""
        run, in_trash = self._run, self.show_trash.isChecked()
        for action in (self.rename, self.pin, self.trash):
            action.setEnabled(run is not None)
            action.setVisible(not in_trash)
        self.compare.setEnabled(len(self._selected) == _TWO)
        self.restore.setEnabled(run is not None)
        self.restore.setVisible(in_trash)
        pinned = run is not None and run.pinned
        self.pin.setText(self.tr("Un&pin") if pinned else self.tr("&Pin to the top"))

    def _turn(self) -> None:
        in_trash = self.show_trash.isChecked()
        self._title.say(self.tr("Trash") if in_trash else self.tr("Past runs"))
        self._offer()
        self.search_again()

    def _rename(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex())

    def _pin(self) -> None:
        if (run := self._run) is not None:
            self.pinned.emit(run.number, not run.pinned)

    def _trash(self) -> None:
        if (run := self._run) is not None:
            self.trashed.emit(run.number)

    @property
    def _selected(self) -> list[int]:
        """The numbers of the runs that are selected, in the order of the list."""
        rows = sorted(self.list.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self.items.value(index) for index in rows]

    def _compare(self) -> None:
        if len(self._selected) == _TWO:
            self.compared.emit(*self._selected)

    def _restore(self) -> None:
        if (run := self._run) is not None:
            self.restored.emit(run.number)
