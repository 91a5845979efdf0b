"""What later starts of the program ask of the window that is open."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt

from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.one_window import OneWindow, Request


class LaterStarts(QObject):
    """Opens in the window what a second start was given, and brings the window to the front."""

    def __init__(self, one: OneWindow, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._documents = window.workbench.documents
        self._changeable = True
        self._waiting: list[Path] = []
        one.requested.connect(self.answer)
        self._documents.changeable_changed.connect(self._open_waiting)

    def answer(self, request: Request) -> None:
        """Open what is asked for; documents that come during a run, when it has ended."""
        self._raise()
        self._waiting += request.files
        if self._changeable:
            self._open_waiting(True)  # noqa: FBT003 - the slot's state
        elif request.files:
            self._window.views.errors.say(
                self.tr("A run is going on: the documents are opened when it has ended.")
            )
        if request.run is not None:
            self._window.workbench.show_kept(request.run)

    def _open_waiting(self, changeable: bool) -> None:  # noqa: FBT001 - a slot
        self._changeable = changeable
        if changeable and self._waiting:
            waiting, self._waiting = self._waiting, []
            self._documents.add(waiting)

    def _raise(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
