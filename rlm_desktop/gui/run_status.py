"""The status bar: what goes on, for how long, and what it took so far."""

from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from rlm_desktop.gui import words
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.gui.workbench import Phase

#: Milliseconds between two updates of the elapsed time.
_TICK = 500


class RunStatus(QObject):
    """Writes into a status bar; the clock runs while a run goes on."""

    def __init__(self, bar: QStatusBar, run_view: RunView) -> None:
        super().__init__(bar)
        self._run_view = run_view
        self._began: float | None = None
        self.phase, self.facts = QLabel(), QLabel()
        self.phase.setAccessibleName(self.tr("What goes on"))
        self.facts.setAccessibleName(self.tr("Time and calls"))
        self.phase.setContentsMargins(8, 0, 0, 0)
        bar.addWidget(self.phase, 1)
        bar.addPermanentWidget(self.facts)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self.show_facts)

    @property
    def is_timing(self) -> bool:
        """Whether a run goes on."""
        return self._began is not None

    def begin(self) -> None:
        """A run begins now."""
        self._began = monotonic()
        self._clock.start()

    def end(self) -> None:
        """No run goes on any more."""
        self._clock.stop()
        self._began = None
        self.show_facts()

    def show_phase(self, phase: Phase) -> None:
        """Say what goes on."""
        self.phase.setText(
            {
                Phase.IDLE: self.tr("Ready"),
                Phase.WAITING: self.tr("Waiting for the model and the documents; then it begins"),
                Phase.RUNNING: self.tr("Running …"),
                Phase.STOPPING: self.tr("Stopping …"),
                Phase.OPENING: self.tr("Opening a past run …"),
            }[phase]
        )

    def show_facts(self) -> None:
        """Say how long the run takes, or took, and how much the model did."""
        run = self._run_view.run
        if run.started is None:
            self.facts.clear()
            return
        seconds = 0.0
        if self._began is not None:
            seconds = monotonic() - self._began
        elif run.ended is not None:
            seconds = run.ended.seconds
        usage = run.usage
        told = (
            words.seconds(seconds),
            words.calls(run.calls),
            words.tokens(usage.prompt_tokens + usage.reply_tokens),
        )
        self.facts.setText(" · ".join(told))
