"""The model in the window: chosen, loaded, and told in its picker."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.gguf_dialog import choose_gguf
from rlm_desktop.gui.views.model_picker import ModelPicker
from rlm_desktop.session import SERVER


class ModelControl(QObject):
    """Between the model that is open and its picker.

    Signals:
        changed: another model is loaded, or none, or another one is on its way.
    """

    changed = Signal()

    def __init__(
        self, model: OpenModel, picker: ModelPicker, settings: KeptSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._model = model
        self._picker = picker
        self._settings = settings
        picker.chosen.connect(self._use)
        picker.file_wanted.connect(self.choose_file)
        model.listed.connect(lambda: picker.show_models(model.models, model.name))
        model.progressed.connect(picker.show_progress)
        model.ready.connect(self._show_state)
        model.refused.connect(self._show_state)
        model.freed.connect(self._show_state)
        model.missing.connect(self._show_state)
        model.changeable_changed.connect(picker.box.setEnabled)
        if settings.now.server_address:
            picker.offer_server(SERVER, settings.now.server_address)
        picker.show_state(self.tr("not loaded yet"))

    @property
    def address(self) -> str:
        """Where texts go that are asked about; empty if they stay here."""
        return self._model.session.address if self._model.session is not None else ""

    @property
    def notice(self) -> str:
        """What is wrong with what is kept beside the runs; empty if nothing."""
        return self._model.session.notice if self._model.session is not None else ""

    def choose_file(self) -> None:
        """Let the user choose a GGUF file."""
        choose_gguf(self._window, self.tr("Use a GGUF file"), self._model.list_models)

    def _use(self, name: str) -> None:
        if name != SERVER:  # which the settings name elsewhere
            self._settings.change(model=name)
        self._model.use(name)
        self.changed.emit()

    def _show_state(self) -> None:
        if self._model.session is not None:
            self._picker.show_state(self.tr("✓ loaded"), Tone.GOOD)
        elif not self._model.loading:
            self._picker.show_state(self.tr("✗ not loaded"), Tone.BAD)
        self.changed.emit()
