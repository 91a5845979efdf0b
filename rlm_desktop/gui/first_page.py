"""The first page at work: the model while it is not here, and the promise put to the test."""

from PySide6.QtCore import QObject

from rlm_desktop.gui.model_control import ModelControl
from rlm_desktop.gui.models_control import ModelsControl
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.proof import Proof
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.welcome_view import WelcomeView
from rlm_desktop.models.library import ModelFile


class FirstPage(QObject):
    """Between the model in use, the jobs that get models, and the page."""

    def __init__(
        self,
        model: OpenModel,
        chooser: ModelControl,
        models: ModelsControl,
        view: WelcomeView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._models = models
        self._card = card = view.model
        self._proof = Proof(view.proof, self)
        card.get_wanted.connect(self.get)
        card.cancel_wanted.connect(models.jobs.cancel)
        card.file_wanted.connect(chooser.choose_file)
        card.others_wanted.connect(models.open)
        models.jobs.progressed.connect(self._show_progress)
        models.jobs.told.connect(self._tell)
        models.jobs.changed.connect(self._show)
        models.jobs.refused.connect(self._refuse)
        for signal in (model.listed, model.ready, model.missing, model.refused, model.freed):
            signal.connect(self._show)

    def close(self) -> None:
        """Wait for a trial that goes on."""
        self._proof.close()

    def get(self) -> None:
        """Fetch the model that is missing."""
        if (missing := self._missing()) is not None:
            self._models.jobs.get(missing)

    def get_in_view(self) -> None:
        """Fetch it where that is seen, also beside a run that is shown."""
        self._models.open()
        self.get()

    def _missing(self) -> ModelFile | None:
        """The model in use, if it can be fetched, and has to be."""
        model = self._model
        if model.session is not None or model.loading:
            return None
        found = next((each for each in model.models if each.name == model.name), None)
        return found if found is not None and found.in_catalogue and not found.present else None

    def _show(self) -> None:
        missing = self._missing()
        if missing is not None:
            self._card.offer(missing)
            self._card.get.setEnabled(self._models.jobs.idle)
        self._card.setVisible(missing is not None)

    def _is_ours(self) -> bool:
        missing = self._missing()
        return missing is not None and self._models.jobs.name == missing.name

    def _show_progress(self, text: str, fraction: float | None) -> None:
        if self._is_ours():
            self._card.progress(text, fraction)

    def _tell(self, text: str, tone: Tone) -> None:
        if self._is_ours():
            self._card.end(text, tone)

    def _refuse(self, text: str) -> None:
        if self._is_ours():
            self._card.end(text, Tone.BAD)
