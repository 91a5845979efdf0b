"""The list of documents that questions are about."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui import words
from rlm_desktop.gui.items.row_list import ListRow, RowListItems
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.row_view import RowView
from rlm_desktop.gui.views.toned_label import TonedLabel


class DocumentsView(QWidget):
    """Shows the documents and how far reading has come.

    Signals:
        added: the paths of files and folders the user chose.
        removed: the path of the document that the user no longer wants.
        opened: the path of the document that the user wants to read.
    """

    added = Signal(list)
    removed = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = TonedLabel(self.tr("Documents"), bold=True)
        title.say(self.tr("Documents"))
        self._sum = TonedLabel(self.tr("How much text there is"), Tone.QUIET)
        self.list = RowView(self.tr("Documents"), RowListItems())
        self._empty = QLabel(self.tr("Drop files or folders here"), self.list.viewport())
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Reading documents"))
        self._progress.hide()
        self.add_files = QPushButton(self.tr("Add &files…"))
        self.add_folder = QPushButton(self.tr("Add f&older…"))
        self.remove = QPushButton(self.tr("Re&move"))
        self.remove.setEnabled(False)
        self.add_files.clicked.connect(self.choose_files)
        self.add_folder.clicked.connect(self.choose_folder)
        self.remove.clicked.connect(self._remove)
        self.list.chosen.connect(self.opened)
        self.list.selectionModel().currentChanged.connect(self._offer_removal)
        self.list.items.modelReset.connect(self._offer_removal)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._sum)
        buttons = QHBoxLayout()
        for button in (self.add_files, self.add_folder, self.remove):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 4)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._progress)
        layout.addLayout(buttons)
        self._place_hint()

    def show_rows(self, rows: Sequence[ListRow], chars: int = 0) -> None:
        """Show these documents, which have so many characters together."""
        self.list.items.show_rows(rows)
        self._sum.say(words.characters(chars) if chars else "")
        self._place_hint()

    def show_progress(self, text: str, fraction: float) -> None:
        """Say what is being read, and how much of all is read, from 0 to 1."""
        self._progress.setRange(0, 1000)
        self._progress.setValue(round(fraction * 1000))
        self._progress.setFormat(text.replace("%", "%%"))
        self._progress.show()

    def hide_progress(self) -> None:
        self._progress.hide()

    def set_changeable(self, changeable: bool) -> None:  # noqa: FBT001 - a slot
        """Whether documents may be added and removed now."""
        for button in (self.add_files, self.add_folder):
            button.setEnabled(changeable)
        self._changeable = changeable
        self._offer_removal()

    def choose_files(self) -> None:
        """Let the user choose files."""
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._choose(dialog)

    def choose_folder(self) -> None:
        """Let the user choose a folder."""
        dialog = QFileDialog(self, self.tr("Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._choose(dialog)

    _changeable = True

    def _choose(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(lambda names: self.added.emit([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _remove(self) -> None:
        path = self.list.items.value(self.list.currentIndex())
        if path is not None:
            self.removed.emit(path)

    def _offer_removal(self) -> None:
        path = self.list.items.value(self.list.currentIndex())
        self.remove.setEnabled(self._changeable and path is not None)

    def _place_hint(self) -> None:
        self._empty.setVisible(self.list.items.rowCount() == 0)
        self._empty.move(10, 8)
        self._empty.setEnabled(False)
