"""Getting and checking models: one of it at a time, told in words."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rlm_desktop.engine.base import Engine
from rlm_desktop.gui import words
from rlm_desktop.gui.exam_thread import ExamThread
from rlm_desktop.gui.get_thread import GetProgress, GetThread
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.style import Tone
from rlm_desktop.models.fetching import Stage
from rlm_desktop.models.library import ModelFile
from rlm_desktop.models.plain_words import amount
from rlm_desktop.runs.exam import Tried, Verdict, in_words
from rlm_desktop.settings import Settings

#: Seconds that closing waits for a job that was stopped.
PATIENCE = 2.0


class ModelJobs(QObject):
    """The slow things that are done with a model.

    Signals:
        progressed: what goes on, and how far it is, from 0 to 1, or None if nobody knows.
        told: how a job went, in words that may be empty, and their Tone.
        changed: a job began or ended.
        ended: a job ended, well or not.
        refused: the text of an error we expect.
    """

    progressed = Signal(str, object)
    told = Signal(str, object)
    changed = Signal()
    ended = Signal()
    refused = Signal(str)

    def __init__(
        self,
        model: OpenModel,
        settings: KeptSettings,
        open_engine: Callable[[ModelFile, Settings], Engine],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._settings = settings
        self._open_engine = open_engine
        self._job: GetThread | ExamThread | None = None
        self._results: list[str] = []

    @property
    def idle(self) -> bool:
        """Whether a job can be begun."""
        return self._job is None

    def close(self) -> None:
        """End the job; what arrived of a model is kept."""
        self.cancel()
        if self._job is not None:
            self._job.wait(PATIENCE)

    @property
    def name(self) -> str:
        """The model that a job works on; empty if none does."""
        return self._job.name if self._job is not None else ""

    def get(self, file: ModelFile) -> None:
        """Fetch a model, if no job goes on."""
        if self._job is not None:
            return
        thread = GetThread(self._model.open_library, file.name, self)
        thread.progressed.connect(self._show_get)
        thread.got.connect(self._tell_got)
        thread.stopped.connect(
            lambda: self._tell(self.tr("Stopped. What arrived is kept: Get goes on there."))
        )
        self._begin(thread, self.tr("Getting {}").format(file.title))

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
        self.progressed.emit(text, at.done_bytes / at.total_bytes)

    def _tell_got(self) -> None:
        self._tell(self.tr("✓ It is here, and whole: its hash is right"), Tone.GOOD)
        self._model.list_models()
        missing = self._model.session is None and not self._model.loading
        if missing and self._job is not None and self._job.name == self._model.name:
            self._model.use(self._model.name)

    def check(self, file: ModelFile) -> None:
        """Let a model take the exam, if no job goes on."""
        if self._job is not None:
            return
        self._results = []
        before = self._model.give_up()
        now = self._settings.now
        thread = ExamThread(
            self._model.open_library, self._open_engine, file.name, now, before, self
        )
        thread.verified.connect(
            lambda part: self.progressed.emit(self.tr("Checking that the file is whole"), part)
        )
        thread.loading.connect(lambda: self.progressed.emit(self.tr("Loading the model"), None))
        thread.tried.connect(self._show_tried)
        thread.judged.connect(self._tell_verdict)
        thread.stopped.connect(
            lambda: self._tell(self.tr("Stopped: the check says nothing, and can be begun again"))
        )
        self._begin(thread, self.tr("Checking {}").format(file.title))

    def _show_tried(self, done: int, tasks: int, tried: object) -> None:
        if isinstance(tried, Tried):
            sign = "✓" if tried.passed else "✗"
            took = words.seconds(tried.seconds)
            self._results.append(f"{sign} {in_words(tried.shows)}, {took}")
        text = self.tr("Task {} of {}").format(min(done + 1, tasks), tasks)
        self.progressed.emit("\n".join([text, *self._results]), done / tasks)

    def _tell_verdict(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        self._tell("\n".join([*self._results, verdict.sentence]))

    def _tell(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.told.emit(text, tone)

    def _begin(self, thread: GetThread | ExamThread, text: str) -> None:
        self._job = thread
        thread.refused.connect(lambda _text: self._tell(""))
        thread.refused.connect(self.refused)
        thread.finished.connect(self._finish_job)
        self.changed.emit()
        self.progressed.emit(text, None)
        thread.start()

    def cancel(self) -> None:
        """Ask the job to end; returns at once."""
        if self._job is not None:
            self._job.stop()

    def _finish_job(self) -> None:
        thread, self._job = self._job, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self.changed.emit()
        self.ended.emit()
