"""Which model answers, and whether it is loaded."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QWidget

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.models.library import ModelFile


class ModelPicker(QWidget):
    """Shows the models on this machine; the state of the chosen one is always visible.

    Signals:
        chosen: the name of a model.
        file_wanted: the user wants to use another GGUF file.
    """

    chosen = Signal(str)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Model"))
        self.box.setMinimumContentsLength(10)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        label = QLabel(self.tr("Mode&l"))
        label.setBuddy(self.box)
        self._state = TonedLabel(self.tr("State of the model"), Tone.QUIET)
        self._progress = QProgressBar()
        self._progress.setAccessibleName(self.tr("Loading the model"))
        self._progress.setRange(0, 100)
        self._progress.setFixedWidth(110)
        self._progress.hide()
        self._current = ""
        self._server: tuple[str, str] | None = None
        self.box.activated.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.box, 1)
        layout.addWidget(self._progress)
        layout.addWidget(self._state)

    def offer_server(self, name: str, address: str) -> None:
        """Offer a server among the models, under this name, from the next list on."""
        self._server = (name, address)

    def show_models(self, models: Sequence[ModelFile], current: str) -> None:
        """Offer these models; those that are not on this machine cannot be chosen."""
        self._current = current
        self.box.clear()
        items = self.box.model()
        assert isinstance(items, QStandardItemModel)
        if self._server is not None:
            name, address = self._server
            self.box.addItem(self.tr("Server at {}").format(address), name)
        for model in models:
            title = model.title if model.present else self.tr("{} (not here)").format(model.title)
            self.box.addItem(title, model.name)
            index = self.box.count() - 1
            self.box.setItemData(index, self._about(model), Qt.ItemDataRole.StatusTipRole)
            items.item(index).setEnabled(model.present)
        if current and self.box.findData(current) < 0:
            self.box.addItem(Path(current).name, current)
        self.box.insertSeparator(self.box.count())
        self.box.addItem(self.tr("Use another GGUF file…"), None)
        self._select_current()

    def show_state(self, text: str, tone: Tone = Tone.QUIET) -> None:
        """Say how it is with the model."""
        self._progress.hide()
        self._state.say(text, tone)

    def show_progress(self, fraction: float) -> None:
        """Say how much of the model is loaded, from 0 to 1."""
        self._progress.setValue(round(fraction * 100))
        self._progress.show()
        self._state.say(self.tr("loading"), Tone.QUIET)

    @property
    def state(self) -> str:
        """What is said of the model."""
        return self._state.text()

    def _choose(self, index: int) -> None:
        name = self.box.itemData(index)
        if name is None:
            self._select_current()
            self.file_wanted.emit()
        elif name != self._current:
            self._current = name
            self.chosen.emit(name)

    def _select_current(self) -> None:
        self.box.setCurrentIndex(max(0, self.box.findData(self._current)))

    def _about(self, model: ModelFile) -> str:
        size = model.size / 1_000_000_000
        if model.present:
            about = self.tr("{}, {:.1f} GB, licence {}").format(model.path, size, model.licence)
            return f"{about}. {model.notice}" if model.notice else about
        fetch = self.tr("Fetch it ({:.1f} GB) with: rlm-desktop models get {}")
        return f"{model.good_for} {fetch.format(size, model.name)}".lstrip()
