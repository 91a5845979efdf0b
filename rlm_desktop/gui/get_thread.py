"""Fetching a model beside the window."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal

from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.gui.worker import StoppableWorker
from rlm_desktop.models import download
from rlm_desktop.models.fetching import FetchProgress, Stage
from rlm_desktop.models.library import Library

#: Seconds between two signals: more would only keep the window busy.
_PACE = 0.1
#: Seconds before the time that is left is worth telling.
_GUESS_AFTER = 3.0


@dataclass(frozen=True, slots=True)
class GetProgress:
    """How far a fetch is. `seconds_left` is None where it cannot be told yet."""

    at: FetchProgress
    seconds_left: float | None


class TimeLeft:
    """Tells from what went by since a stage began how long the rest of it takes.

    What was there before does not count, so that a fetch that goes on is not thought to be fast.
    """

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._began = 0.0
        self._first = 0

    def of(self, at: FetchProgress, now: float) -> float | None:
        """The seconds that are left at a moment."""
        if at.stage is not self._stage:
            self._stage, self._began, self._first = at.stage, now, at.done_bytes
        passed, done = now - self._began, at.done_bytes - self._first
        if passed < _GUESS_AFTER or done <= 0 or at.stage is Stage.WAITING:
            return None
        return passed * (at.total_bytes - at.done_bytes) / done


class GetThread(StoppableWorker):
    """Fetches and verifies a model; goes on where an earlier fetch ended.

    Signals:
        progressed: a GetProgress.
        got: the model is here, and whole.
        stopped: it was stopped; what arrived is kept.
        refused: the text of an error we expect.
    """

    progressed = Signal(object)
    got = Signal()
    stopped = Signal()
    refused = Signal(str)

    def __init__(
        self, open_library: Callable[[], Library], name: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._open_library = open_library

    def run(self) -> None:
        left, last = TimeLeft(), 0.0
        try:
            library = self._open_library()
            for at in download.fetch(library.entry(self.name), library.folder, self._stop):
                now = monotonic()
                seconds = left.of(at, now)
                if now - last >= _PACE:
                    last = now
                    self.progressed.emit(GetProgress(at, seconds))
        except Stopped:
            self.stopped.emit()
        except RlmError as error:
            self.refused.emit(str(error))
        else:
            self.got.emit()
