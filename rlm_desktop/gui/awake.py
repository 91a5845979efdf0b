"""Keeps the computer from going to sleep while a run goes on.

By the system's own tool, in a process that ends with its stdin: so nothing is kept awake for a
window that crashed, and the window's thread waits for no other program. Where there is no such
tool the computer sleeps as it is used to.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from rlm_desktop.gui.workbench import Phase, Workbench
from rlm_desktop.gui.worker import StoppableWorker
from rlm_desktop.ipc import held_tool


class AwakeThread(StoppableWorker):
    """Holds the process of the tool until it is told to end."""

    def __init__(self, tool: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = tool

    def run(self) -> None:
        held_tool.hold(self._tool, self._stop)


class Awake(QObject):
    """Follows the phases of a workbench; its owner calls `stop` when the window has closed."""

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tool = held_tool.keeping_awake()
        self._thread: AwakeThread | None = None
        self._threads: list[AwakeThread] = []
        workbench.phase_changed.connect(self._follow)

    def stop(self) -> None:
        """Let the computer sleep; waits a moment for the tool to end."""
        self._thread = None
        for thread in self._threads:
            thread.stop()
        for thread in self._threads:
            thread.wait(2)

    def _follow(self, phase: Phase) -> None:
        runs = phase in (Phase.RUNNING, Phase.STOPPING)
        if runs and self._thread is None and self._tool:
            self._thread = thread = AwakeThread(self._tool, self)
            self._threads.append(thread)
            thread.finished.connect(self._forget)
            thread.start()
        elif not runs and self._thread is not None:
            self._thread.stop()
            self._thread = None

    def _forget(self) -> None:
        thread = self.sender()
        if isinstance(thread, AwakeThread) and thread is not self._thread:
            thread.wait()
            self._threads.remove(thread)
            thread.deleteLater()
