"""The exam of a model, taken beside the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rlm_desktop.engine.base import Engine
from rlm_desktop.errors import ModelError, RlmError, Stopped
from rlm_desktop.gui.worker import StoppableWorker
from rlm_desktop.models import download
from rlm_desktop.models.library import Library, ModelFile
from rlm_desktop.runs.exam import Tried, verdict_of
from rlm_desktop.session import Session, exam_of, keep_verdict
from rlm_desktop.settings import Settings


class ExamThread(StoppableWorker):
    """Verifies and loads a model, lets it take the exam, and keeps what the exam says.

    `before` is a session to close first: two models at once might not fit into memory.

    Signals:
        verified: how much of the file is read through, from 0 to 1.
        loading: the model is being loaded now.
        tried: how many tasks are done, how many there are, and the last Tried or None.
        judged: the Verdict, which is kept.
        stopped: it was stopped before its end; nothing is kept.
        refused: the text of an error we expect.
    """

    verified = Signal(float)
    loading = Signal()
    tried = Signal(int, int, object)
    judged = Signal(object)
    stopped = Signal()
    refused = Signal(str)

    def __init__(
        self,
        open_library: Callable[[], Library],
        open_engine: Callable[[ModelFile, Settings], Engine],
        name: str,
        settings: Settings,
        before: Session | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._open_library = open_library
        self._open_engine = open_engine
        self._settings = settings
        self._before = before

    def run(self) -> None:
        if self._before is not None:
            self._before.close()
        try:
            library = self._open_library()
            file = library.get(self.name)
            if file.in_catalogue:
                self._verify(library, file)
            engine = self._open_engine(file, self._settings)
            try:
                self._take(file, engine)
            finally:
                engine.close()
        except Stopped:
            self.stopped.emit()
        except RlmError as error:
            self.refused.emit(str(error))

    def _verify(self, library: Library, file: ModelFile) -> None:
        steps = download.has_right_hash(library.entry(file.name), file.path, self._stop)
        while True:
            try:
                at = next(steps)
            except StopIteration as end:
                if not end.value:
                    raise ModelError(
                        f"{file.path} is damaged (its hash is wrong): delete it, and get it again"
                    ) from None
                return
            except OSError as error:
                raise ModelError(f"{file.path} cannot be read: {error.strerror}") from error
            self.verified.emit(at.done_bytes / at.total_bytes)

    def _take(self, file: ModelFile, engine: Engine) -> None:
        self.loading.emit()
        for _ in engine.load(self._stop):
            pass
        exam = exam_of(engine, self._settings, self._stop)
        tasks, done = len(exam.tasks), list[Tried]()
        self.tried.emit(0, tasks, None)
        for each in exam.take():
            done.append(each)
            self.tried.emit(len(done), tasks, each)
        verdict = verdict_of(done)
        keep_verdict(file, verdict)
        self.judged.emit(verdict)
