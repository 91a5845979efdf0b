"""Work beside the window's thread.

A `threading.Thread` inside a QObject, not a QThread: Python knows its own threads, so that a bug
in one reaches `threading.excepthook`, none is counted twice, and one that does not end in time
does not abort the process when the window closes. Signals may be emitted from any thread; they
arrive in the thread of the receiver.
"""

import threading

from PySide6.QtCore import QObject, Signal


class Worker(QObject):
    """Does `run` in a thread of its own, once.

    Signals:
        finished: `run` is through, well or not.
    """

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = threading.Thread(target=self._work, name=type(self).__name__, daemon=True)

    def start(self) -> None:
        """Begin the work; returns at once."""
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the work is through, at most so many seconds; return whether it is."""
        if self._thread.ident is not None:
            self._thread.join(None if seconds is None else max(0.0, seconds))
        return not self._thread.is_alive()

    def run(self) -> None:
        """The work; called in the thread."""
        raise NotImplementedError

    def _work(self) -> None:
        try:
            self.run()
        finally:
            self.finished.emit()


class StoppableWorker(Worker):
    """Work that looks at `_stop` now and then, and ends when that is set."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the work to end; returns at once."""
        self._stop.set()
