"""The list of past runs, with a search."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rlm_desktop.gui.items.row_list import RowListItems
from rlm_desktop.gui.items.run_list import run_row
from rlm_desktop.gui.views.row_view import RowView
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.storage.kept_run import KeptRun

#: Milliseconds after the last key before a search begins.
_PATIENCE = 200


class RunsView(QWidget):
    """Shows the runs that are kept, the newest first.

    Signals:
        searched: the words to look for; all runs if there are none.
        chosen: the number of the run to open.
    """

    searched = Signal(str)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = TonedLabel(self.tr("Past runs"), bold=True)
        title.say(self.tr("Past runs"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search questions and answers"))
        self.search.setAccessibleName(self.tr("Search past runs"))
        self.search.setClearButtonEnabled(True)
        self.list = RowView(self.tr("Past runs"), RowListItems())
        self.list.chosen.connect(lambda number: self.chosen.emit(number))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self.search_again)
        self.search.textChanged.connect(lambda _: self._timer.start())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.addWidget(title)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)

    def search_again(self) -> None:
        """Ask for the runs anew, with the words that are in the box."""
        self.searched.emit(self.search.text())

    def show_runs(self, runs: Sequence[KeptRun]) -> None:
        """Show these runs."""
        self.list.items.show_rows([run_row(run) for run in runs])

    def mark(self, number: int) -> None:
        """Select the run that is shown in the window."""
        index = self.list.items.find(number)
        if index.isValid():
            self.list.setCurrentIndex(index)
