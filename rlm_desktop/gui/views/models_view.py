"""The Models window: the list, what can be done with a model, and how far it is."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.items.model_rows import at_length, model_rows
from rlm_desktop.gui.items.row_list import RowListItems
from rlm_desktop.gui.known_models import KnownModel
from rlm_desktop.gui.local_files import local_files
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.error_bar import ErrorBar
from rlm_desktop.gui.views.memory_choice import MemoryChoice
from rlm_desktop.gui.views.row_view import RowView
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.models.plain_words import amount


class ModelsView(QWidget):
    """A window of its own, which does not keep the user from the main one.

    Signals:
        looked_at: another model is the current one, or none; or it is known better.
        sub_chosen: the name of the model for sub-calls, "" for the same one.
        dropped: the Path of a file that was dropped.
    """

    looked_at = Signal()
    sub_chosen = Signal(str)
    dropped = Signal(object)

    def __init__(self, window: int, layers: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Models"))
        self.setAcceptDrops(True)
        self.errors = ErrorBar()
        self.state = TonedLabel(self.tr("State of the model in use"), Tone.QUIET)
        self.free = QPushButton(self.tr("&Free the memory"))
        self.list = RowView(self.tr("Models"), RowListItems())
        self.about = TonedLabel(self.tr("About this model"))
        self.about.setWordWrap(True)
        self.get = QPushButton(self.tr("&Get"))
        self.use = QPushButton(self.tr("&Use"))
        self.check = QPushButton(self.tr("&Check"))
        self.remove = QPushButton(self.tr("&Remove"))
        self.add = QPushButton(self.tr("&Add a GGUF file…"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.doing = TonedLabel(self.tr("What is going on"))
        self.doing.setWordWrap(True)
        self.cancel = QPushButton(self.tr("Ca&ncel"))
        self.memory = MemoryChoice(window, layers)
        self.sub_models = QComboBox()
        self.sub_models.setAccessibleName(self.tr("Model that answers the sub-calls"))
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._look)
        self.sub_models.activated.connect(
            lambda _row: self.sub_chosen.emit(self.sub_models.currentData())
        )
        self.end_job()
        self._look()
        self.resize(860, 600)

    @property
    def current(self) -> KnownModel | None:
        """The model that is looked at."""
        value = self.list.items.value(self.list.currentIndex())
        return value if isinstance(value, KnownModel) else None

    def show_models(self, models: tuple[KnownModel, ...], in_use: str, sub_model: str) -> None:
        """Show the list; the model that was looked at stays the current one."""
        before = self.current.file.name if self.current is not None else in_use
        self.list.items.show_rows(model_rows(models, in_use))
        self._go_to(before)
        self.sub_models.clear()
        self.sub_models.addItem(self.tr("the same model"), "")
        for each in models:
            if each.file.present or each.file.name == sub_model:
                text = f"{each.file.title} ({amount(each.file.size)})"
                self.sub_models.addItem(text, each.file.name)
        self.sub_models.setCurrentIndex(max(0, self.sub_models.findData(sub_model)))
        self._look()

    def show_job(self, text: str, fraction: float | None) -> None:
        """Show how far something is; None for a fraction that nobody knows."""
        self.bar.setRange(0, 0 if fraction is None else 1000)
        self.bar.setValue(round(1000 * (fraction or 0)))
        self.doing.say(text, Tone.PLAIN)
        for widget in (self.bar, self.doing, self.cancel):
            widget.show()

    def end_job(self, text: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Nothing is going on any more; a text says how it went."""
        self.bar.hide()
        self.cancel.hide()
        self.doing.say(text, tone)
        self.doing.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.scrollTo(self.list.currentIndex())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in _dropped(event)[:1]:
            self.dropped.emit(path)
        event.acceptProposedAction()

    def _go_to(self, name: str) -> None:
        index = self.list.items.find(name)
        if not index.isValid() and self.list.items.rowCount():
            index = self.list.items.index(0)
        self.list.setCurrentIndex(index)

    def _look(self) -> None:
        known = self.current
        self.about.say(at_length(known) if known is not None else "")
        self.memory.show_model(
            known.facts if known is not None else None, known.free_bytes if known else 0
        )
        self.looked_at.emit()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.state, 1)
        top.addWidget(self.free)
        buttons = QHBoxLayout()
        for button in (self.get, self.use, self.check, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.add)
        going_on = QHBoxLayout()
        going_on.addWidget(self.bar, 1)
        going_on.addWidget(self.cancel)
        sub = QFormLayout()
        sub.addRow(self.tr("&Sub-calls are answered by"), self.sub_models)
        layout = QVBoxLayout(self)
        layout.addWidget(self.errors)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.about)
        layout.addLayout(buttons)
        layout.addLayout(going_on)
        layout.addWidget(self.doing)
        layout.addWidget(self.memory)
        layout.addLayout(sub)


def _dropped(event: QDropEvent) -> list[Path]:
    return [path for path in local_files(event.mimeData()) if path.suffix.lower() == ".gguf"]
