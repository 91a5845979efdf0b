"""The run that goes on: how far it is, and what holds it, hurries it or ends it."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMainWindow

from rlm_desktop.gui import words
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.notifier import Notifier
from rlm_desktop.gui.run_status import RunStatus
from rlm_desktop.gui.workbench import Phase, Workbench


class RunControl(QObject):
    """Between the workbench, the buttons below the question, the Run menu and the status bar."""

    def __init__(
        self, workbench: Workbench, views: Layout, menus: Menus, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._workbench = workbench
        self._views = views
        self._menus = menus
        self._window = window
        self.status = RunStatus(window.statusBar(), views.run_view)
        self.notifier = Notifier(window)
        question = views.question
        question.stopped.connect(workbench.stop)
        question.held.connect(workbench.hold)
        question.hurried.connect(self._answer_now)
        menus.ask.triggered.connect(question.ask)
        menus.stop.triggered.connect(workbench.stop)
        menus.hold.triggered.connect(question.hold_button.click)
        menus.answer_now.triggered.connect(question.now_button.click)
        workbench.phase_changed.connect(self._show_phase)
        workbench.began.connect(self._begin)
        workbench.held_changed.connect(self.status.show_held)
        workbench.held_changed.connect(lambda held: question.show_held(held=held))
        workbench.ticked.connect(views.run_view.tick)
        workbench.happened.connect(views.run_view.add)
        workbench.happened.connect(self.status.add)
        workbench.flushed.connect(views.run_view.refresh)
        workbench.flushed.connect(self.status.show_facts)
        workbench.ended.connect(self._end)
        self._show_phase(Phase.IDLE)

    def close(self) -> None:
        """Take what was said off the desktop."""
        self.notifier.close()

    def _begin(self) -> None:
        if self._workbench.phase is Phase.RUNNING:
            self.status.begin(self._workbench.pace.seconds)

    def _answer_now(self) -> None:
        self._workbench.answer_now()
        self._views.question.show_hurried()
        self.status.show_hurried()

    def _end(self) -> None:
        if self.status.is_timing:
            self._tell_end()
        self.status.end()

    def _tell_end(self) -> None:
        """To who cannot see the window, or looks at another one."""
        told, started = self.tr("The run has ended"), self._views.run_view.run.started
        # A screen reader says it at its next pause.
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, told))
        question = words.first_line(started.question) if started else ""
        self.notifier.tell(told, question, self.status.seconds)

    def _show_phase(self, phase: Phase) -> None:
        idle, running = phase is Phase.IDLE, phase is Phase.RUNNING
        self.status.show_phase(phase)
        self._views.question.set_running(running=not idle)
        self._views.question.offer_pace(offered=running)
        self._menus.ask.setEnabled(idle)
        self._menus.stop.setEnabled(not idle)
        for action in (self._menus.hold, self._menus.answer_now):
            action.setEnabled(running)
