"""Errors and bugs, told in the bar of the window, each with its way out."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from rlm_desktop.gui.views.error_bar import ErrorBar
from rlm_desktop.gui.workbench import Trouble, WayOut


class Troubles(QObject):
    """Says what went wrong. `ways_out` is what each way out does."""

    def __init__(
        self, bar: ErrorBar, ways_out: Mapping[WayOut, Callable[[], None]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._ways_out = ways_out
        self._told = ""

    def say(self, trouble: Trouble) -> None:
        """Say a trouble, with a button for the way out of it."""
        if trouble.way_out is None:
            self._bar.say(trouble.text)
            return
        button = {
            WayOut.READ_AGAIN: self.tr("Read it again"),
            WayOut.ADD_DOCUMENTS: self.tr("Add files…"),
            WayOut.CHOOSE_MODEL: self.tr("Use a GGUF file…"),
            WayOut.GET_MODEL: self.tr("Get it"),
            WayOut.ASK_AGAIN: self.tr("Ask again"),
            WayOut.OPEN_DOCUMENTS_OF_RUN: self.tr("Open its documents"),
            WayOut.STOP: self.tr("Stop it"),
        }[trouble.way_out]
        self._bar.say(trouble.text, button=button, way_out=self._ways_out[trouble.way_out])

    def refuse(self, text: str) -> None:
        """Say an error that has no other way out than its words."""
        self._bar.say(text)

    def say_once(self, notice: str) -> None:
        """Say what is wrong all the time, once."""
        if notice and notice != self._told:
            self._told = notice
            self._bar.say(notice)

    def miss_document(self, name: str) -> None:
        """Say that a passage cannot be shown."""
        text = self.tr("the passage is in {}, which is not open, or has changed since")
        self.say(Trouble(text.format(name), WayOut.OPEN_DOCUMENTS_OF_RUN))

    def tell_changed(self, name: str) -> None:
        """Say that a document is not what it was when it was read."""
        text = self.tr("{} has changed since it was read")
        self.say(Trouble(text.format(name), WayOut.READ_AGAIN))

    def say_bug(self, trace: str) -> None:
        """Show the traceback of a bug; the window goes on where it can."""
        self._bar.say(
            self.tr("Something went wrong inside the program. What was done so far is kept."),
            details=trace,
            button=self.tr("Copy details"),
            way_out=lambda: QGuiApplication.clipboard().setText(trace),
        )
