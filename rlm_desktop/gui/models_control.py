"""The Models window at work: one slow thing at a time, each in a thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from rlm_desktop import places
from rlm_desktop.engine.base import Engine
from rlm_desktop.gui import words
from rlm_desktop.gui.exam_thread import ExamThread
from rlm_desktop.gui.get_thread import GetProgress, GetThread
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.known_models import KnownModelsThread
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.models_view import ModelsView
from rlm_desktop.models.fetching import Stage
from rlm_desktop.models.library import Library, ModelFile, Removed
from rlm_desktop.models.plain_words import amount
from rlm_desktop.runs.exam import Tried, Verdict, in_words
from rlm_desktop.session import library, open_engine
from rlm_desktop.settings import Settings

#: Seconds that closing waits for a job that was stopped.
_PATIENCE = 2.0


class ModelsControl(QObject):
    """Between the library, the model that is open, the settings, and the Models window."""

    def __init__(
        self,
        model: OpenModel,
        settings: KeptSettings,
        action: QAction,
        parent: QWidget,
        open_library: Callable[[], Library] = library,
        open_an_engine: Callable[[ModelFile, Settings], Engine] = open_engine,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self._model = model
        self._open_library = open_library
        self._open_engine = open_an_engine
        self._job: GetThread | ExamThread | None = None
        self._listing: KnownModelsThread | None = None
        self._list_again = False
        self._closed = False
        self._results: list[str] = []
        self._loaded = 0.0
        self.view = view = ModelsView(settings.now.window, settings.now.gpu_layers, parent)
        action.triggered.connect(self.open)
        view.get.clicked.connect(self._get)
        view.use.clicked.connect(self._use)
        view.check.clicked.connect(self._check)
        view.remove.clicked.connect(self._remove)
        view.add.clicked.connect(self._choose_file)
        view.dropped.connect(self._add)
        view.free.clicked.connect(model.free)
        view.cancel.clicked.connect(self._cancel)
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
        self._cancel()
        for thread in (self._job, self._listing):
            if thread is not None:
                thread.wait(_PATIENCE)

    # The list

    def _look(self, add: Path | None = None, remove: str = "") -> None:
        if self._listing is not None:
            # What changes the list is done by the user, who can do it again in a moment.
            self._list_again = True
            return
        self._listing = thread = KnownModelsThread(
            self._open_library, self.settings.now, places.exams(), add, remove, self
        )
        thread.listed.connect(self._show_models)
        thread.refused.connect(self._refuse)
        thread.added.connect(self._tell_added)
        thread.removed.connect(self._tell_removed)
        thread.finished.connect(self._finish_listing)
        thread.start()

    def _show_models(self, models: object) -> None:
        assert isinstance(models, tuple)
        self.view.show_models(models, self._model.name, self.settings.now.sub_model)

    def _finish_listing(self) -> None:
        thread, self._listing = self._listing, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        if self._list_again and not self._closed:
            self._list_again = False
            self._look()

    def _choose_file(self) -> None:
        models = self.tr("Models (*.gguf)")
        dialog = QFileDialog(self.view, self.tr("Add a GGUF file"), "", models)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._add(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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
        idle = self._job is None
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

    # Getting and checking

    def _get(self) -> None:
        known = self.view.current
        if known is None or self._job is not None:
            return
        thread = GetThread(self._open_library, known.file.name, self)
        thread.progressed.connect(self._show_get)
        thread.got.connect(self._tell_got)
        thread.stopped.connect(
            lambda: self.view.end_job(self.tr("Stopped. What arrived is kept: Get goes on there."))
        )
        self._begin(thread, self.tr("Getting {}").format(known.file.title))

    def _show_get(self, progress: object) -> None:
        assert isinstance(progress, GetProgress)
        at = progress.at
        match at.stage:
            case Stage.WAITING:
                text = self.tr("Waiting for another program that gets this model")
            case Stage.FETCHING:
                text = self.tr("Getting it from {}").format(at.source)
            case Stage.CHECKING:
                text = self.tr("Checking that it arrived whole")
        text += self.tr(": {} of {}").format(amount(at.done_bytes), amount(at.total_bytes))
        if progress.seconds_left is not None:
            text += self.tr(", about {} left").format(words.seconds(progress.seconds_left))
        self.view.show_job(text, at.done_bytes / at.total_bytes)

    def _tell_got(self) -> None:
        self.view.end_job(self.tr("✓ It is here, and whole: its hash is right"), Tone.GOOD)
        self._model.list_models()

    def _check(self) -> None:
        known = self.view.current
        if known is None or self._job is not None:
            return
        self._results = []
        before = self._model.give_up()
        now = self.settings.now
        thread = ExamThread(
            self._open_library, self._open_engine, known.file.name, now, before, self
        )
        thread.verified.connect(
            lambda part: self.view.show_job(self.tr("Checking that the file is whole"), part)
        )
        thread.loading.connect(lambda: self.view.show_job(self.tr("Loading the model"), None))
        thread.tried.connect(self._show_tried)
        thread.judged.connect(self._tell_verdict)
        thread.stopped.connect(
            lambda: self.view.end_job(
                self.tr("Stopped: the check says nothing, and can be begun again")
            )
        )
        self._begin(thread, self.tr("Checking {}").format(known.file.title))

    def _show_tried(self, done: int, tasks: int, tried: object) -> None:
        if isinstance(tried, Tried):
            sign = "✓" if tried.passed else "✗"
            took = words.seconds(tried.seconds)
            self._results.append(f"{sign} {in_words(tried.shows)}, {took}")
        text = self.tr("Task {} of {}").format(min(done + 1, tasks), tasks)
        self.view.show_job("\n".join([text, *self._results]), done / tasks)

    def _tell_verdict(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        self.view.end_job("\n".join([*self._results, verdict.sentence]))

    def _begin(self, thread: GetThread | ExamThread, text: str) -> None:
        self._job = thread
        thread.refused.connect(self._refuse)
        thread.finished.connect(self._finish_job)
        self.view.errors.dismiss()
        self.view.show_job(text, None)
        self._show_possible()
        thread.start()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _finish_job(self) -> None:
        thread, self._job = self._job, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self._show_possible()
        if not self._closed:
            self._look()

    def _refuse(self, text: str) -> None:
        if self._job is not None:
            self.view.end_job()
        self.view.errors.say(text, button=self.tr("&Look again"), way_out=self._look)
        self._show_state()
