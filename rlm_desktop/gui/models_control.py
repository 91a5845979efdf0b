"""The Models window at work: its list, the model in use, and the settings of models."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from rlm_desktop import places
from rlm_desktop.engine.base import Engine
from rlm_desktop.gui import words
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.known_models import KnownModelsThread
from rlm_desktop.gui.model_jobs import PATIENCE, ModelJobs
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.gguf_dialog import choose_gguf
from rlm_desktop.gui.views.models_view import ModelsView
from rlm_desktop.models.library import ModelFile, Removed
from rlm_desktop.models.plain_words import amount
from rlm_desktop.session import open_engine
from rlm_desktop.settings import Settings


class ModelsControl(QObject):
    """Between the library, the model that is open, the settings, and the Models window."""

    def __init__(
        self,
        model: OpenModel,
        settings: KeptSettings,
        action: QAction,
        parent: QWidget,
        open_an_engine: Callable[[ModelFile, Settings], Engine] = open_engine,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self._model = model
        self._listing: KnownModelsThread | None = None
        self._wanted: list[tuple[Path | None, str]] = []
        self._closed = False
        self._loaded = 0.0
        self.view = view = ModelsView(settings.now.window, settings.now.gpu_layers, parent)
        self.jobs = jobs = ModelJobs(model, settings, open_an_engine, self)
        jobs.progressed.connect(view.show_job)
        jobs.told.connect(view.end_job)
        jobs.changed.connect(self._show_possible)
        jobs.ended.connect(self._look_once_more)
        jobs.refused.connect(self._refuse)
        action.triggered.connect(self.open)
        view.get.clicked.connect(self._get)
        view.use.clicked.connect(self._use)
        view.check.clicked.connect(self._check)
        view.remove.clicked.connect(self._remove)
        view.add.clicked.connect(self._choose_file)
        view.dropped.connect(self._add)
        view.free.clicked.connect(model.free)
        view.cancel.clicked.connect(jobs.cancel)
        view.looked_at.connect(self._show_possible)
        view.sub_chosen.connect(lambda name: self._change(sub_model=name))
        view.memory.window_chosen.connect(lambda window: self._change(window=window))
        view.memory.layers_chosen.connect(lambda layers: self._change(gpu_layers=layers))
        for signal in (model.ready, model.freed, model.changeable_changed, model.listed):
            signal.connect(self._show_state)
        model.progressed.connect(self._show_loading)
        model.refused.connect(self._refuse)
        self._show_state()

    def open(self) -> None:
        """Show the window, or bring it to the front, with what is known by now."""
        self.view.show()
        self.view.activateWindow()
        self._look()
        self.view.list.setFocus()

    def close(self) -> None:
        """Close the window and end what is going on; what arrived of a model is kept."""
        self._closed = True
        self.view.close()
        self.jobs.close()
        if self._listing is not None:
            self._listing.wait(PATIENCE)

    # The list

    def _look(self, add: Path | None = None, remove: str = "") -> None:
        if self._listing is not None:
            if (add, remove) not in self._wanted:
                self._wanted.append((add, remove))
            return
        self._listing = thread = KnownModelsThread(
            self._model.open_library, self.settings.now, places.exams(), add, remove, self
        )
        thread.listed.connect(self._show_models)
        thread.refused.connect(self._refuse)
        thread.added.connect(self._tell_added)
        thread.removed.connect(self._tell_removed)
        thread.finished.connect(self._finish_listing)
        thread.start()

    def _look_once_more(self) -> None:
        if not self._closed:
            self._look()

    def _show_models(self, models: object) -> None:
        assert isinstance(models, tuple)
        self.view.show_models(models, self._model.name, self.settings.now.sub_model)

    def _finish_listing(self) -> None:
        thread, self._listing = self._listing, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        if self._wanted and not self._closed:
            self._look(*self._wanted.pop(0))

    def _choose_file(self) -> None:
        choose_gguf(self.view, self.tr("Add a GGUF file"), self._add)

    def _add(self, path: Path) -> None:
        self._look(add=path)

    def _tell_added(self, name: str) -> None:
        self.view.end_job(self.tr("✓ {} is on the list; its file stays where it is").format(name))
        self._model.list_models()

    def _remove(self) -> None:
        known = self.view.current
        if known is None:
            return
        name = known.file.name
        if not known.file.in_catalogue:
            self._look(remove=name)
            return
        # Nobody can give the bytes back but another fetch: the one thing that is asked about.
        text = self.tr("The file of {} ({}) will be deleted; it can be fetched again.")
        self.view.errors.say(
            text.format(known.file.title, amount(known.file.size)),
            button=self.tr("De&lete it"),
            way_out=lambda: self._look(remove=name),
            tone=Tone.WARNING,
        )

    def _tell_removed(self, removed: object) -> None:
        assert isinstance(removed, Removed)
        self._model.list_models()
        if removed.model.in_catalogue:
            text = self.tr("{} was deleted: {} are free again")
            self.view.end_job(text.format(removed.model.title, amount(removed.freed_bytes)))
            return
        self.view.errors.say(
            self.tr("{} is off the list; its file stays.").format(removed.model.title),
            button=self.tr("&Undo"),
            way_out=lambda: self._add(removed.model.path),
            tone=Tone.PLAIN,
        )

    # The model in use, and the settings

    def _get(self) -> None:
        if (known := self.view.current) is not None:
            self.view.errors.dismiss()
            self.jobs.get(known.file)

    def _check(self) -> None:
        if (known := self.view.current) is not None:
            self.view.errors.dismiss()
            self.jobs.check(known.file)

    def _use(self) -> None:
        if (known := self.view.current) is not None:
            self._change(model=known.file.name)
            self._model.use(known.file.name)
            self._model.list_models()
            self._show_state()
            self._look()

    def _change(self, **fields: str | int) -> None:
        now = self.settings.now
        if all(getattr(now, name) == value for name, value in fields.items()):
            return
        self.settings.change(**fields)
        if "model" not in fields and self._model.session is not None:
            self.view.end_job(
                self.tr("Kept. It holds when the model is loaded again: free the memory, and ask.")
            )
        self._look()

    def _show_loading(self, fraction: float) -> None:
        self._loaded = fraction
        self._show_state()

    def _show_state(self) -> None:
        model, state = self._model, self.view.state
        if model.loading:
            told = self.tr("{}: loading, {}")
            state.say(told.format(model.name, words.percent(self._loaded)), Tone.PLAIN)
        elif model.session is not None:
            state.say(self.tr("✓ {} is loaded").format(model.name), Tone.GOOD)
        else:
            text = self.tr("{} is not loaded: the next question loads it").format(model.name)
            state.say(text, Tone.QUIET)
        self._show_possible()

    def _show_possible(self) -> None:
        """Enable what can be done now with the model that is looked at."""
        view, known, model = self.view, self.view.current, self._model
        idle = self.jobs.idle
        usable = known is not None and known.file.present and not known.trouble
        busy = model.session is not None or model.loading
        loaded = known is not None and known.file.name == model.name and busy
        listed = known is not None and (known.file.present or not known.file.in_catalogue)
        gettable = known is not None and known.file.in_catalogue and not known.file.present
        view.get.setEnabled(idle and gettable)
        view.use.setEnabled(usable and model.changeable and not loaded)
        view.check.setEnabled(idle and usable and model.changeable)
        view.remove.setEnabled(idle and listed and not loaded)
        why = self.tr("It is loaded: free the memory first") if loaded else ""
        view.remove.setToolTip(why)
        view.free.setEnabled(model.changeable and busy)

    def _refuse(self, text: str) -> None:
        self.view.errors.say(text, button=self.tr("&Look again"), way_out=self._look)
        self._show_state()
