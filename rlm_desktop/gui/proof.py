"""The trial of the jail that the first page offers, beside the window."""

from PySide6.QtCore import QObject, Signal

from rlm_desktop.gui.views.proof_line import ProofLine
from rlm_desktop.gui.worker import Worker
from rlm_desktop.jail import probe


class ProofThread(Worker):
    """Lets a locked process try what it must not be able to do.

    Signals:
        tried: why the jail does not hold; empty if it does.
    """

    tried = Signal(str)

    def run(self) -> None:
        self.tried.emit(probe.why_not() or "")


class Proof(QObject):
    """Runs the trial when the user wants to see it."""

    def __init__(self, line: ProofLine, parent: QObject) -> None:
        super().__init__(parent)
        self._line = line
        self._thread: ProofThread | None = None
        line.prove.clicked.connect(self._try)

    def close(self) -> None:
        """Wait for a trial that goes on: it takes a tenth of a second."""
        if self._thread is not None:
            self._thread.wait()

    def _try(self) -> None:
        self._line.prove.setEnabled(False)
        self._thread = thread = ProofThread(self)
        thread.tried.connect(self._line.show_result)
        thread.finished.connect(self._finish)
        thread.start()

    def _finish(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
