"""The status bar: what goes on, for how long, and what it took so far."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from rlm_desktop.gui import words
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.runs.events import Event
from rlm_desktop.runs.pieces_left import PiecesLeft

#: Milliseconds between two updates of the elapsed time.
_TICK = 500


class RunStatus(QObject):
    """Writes into a status bar; the clock runs while a run goes on."""

    def __init__(self, bar: QStatusBar, run_view: RunView) -> None:
        super().__init__(bar)
        self._run_view = run_view
        self._clock: Callable[[], float] | None = None
        self._began = 0.0
        self._left = PiecesLeft()
        self.phase, self.facts = QLabel(), QLabel()
        self.phase.setAccessibleName(self.tr("What goes on"))
        self.facts.setAccessibleName(self.tr("Time and calls"))
        self.phase.setContentsMargins(8, 0, 0, 0)
        bar.addWidget(self.phase, 1)
        bar.addPermanentWidget(self.facts)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.show_facts)

    @property
    def is_timing(self) -> bool:
        """Whether a run goes on."""
        return self._clock is not None

    @property
    def seconds(self) -> float:
        """Since the run began that goes on; 0 if none does."""
        return self._clock() - self._began if self._clock is not None else 0.0

    def begin(self, clock: Callable[[], float]) -> None:
        """A run begins now, whose time this clock tells."""
        self._clock, self._began = clock, clock()
        self._left = PiecesLeft()
        self._timer.start()

    def add(self, event: Event) -> None:
        """Take in the next event of the run."""
        self._left.add(event, self.seconds)

    def end(self) -> None:
        """No run goes on any more."""
        self._timer.stop()
        self._clock = None
        self.show_facts()

    def show_held(self, held: bool) -> None:  # noqa: FBT001 - a slot
        """Say whether the run is held."""
        if held:
            self.phase.setText(self.tr("Paused: the step at hand is finished, then it waits"))
        else:
            self.show_phase(Phase.RUNNING)

    def show_hurried(self) -> None:
        """Say that the answer is on its way."""
        self.phase.setText(self.tr("Answering with what is known so far …"))

    def show_phase(self, phase: Phase) -> None:
        """Say what goes on."""
        self.phase.setText(
            {
                Phase.IDLE: self.tr("Ready"),
                Phase.WAITING: self.tr("Waiting for the model and the documents; then it begins"),
                Phase.RUNNING: self.tr("Running …"),
                Phase.STOPPING: self.tr("Stopping …"),
                Phase.LENT: self.tr("The model answers as a plain chat …"),
                Phase.OPENING: self.tr("Opening a past run …"),
            }[phase]
        )

    def show_facts(self) -> None:
        """Say how long the run takes, or took, and how much the model did."""
        run = self._run_view.run
        if run.started is None:
            self.facts.clear()
            return
        seconds = self.seconds
        if not self.is_timing and run.ended is not None:
            seconds = run.ended.seconds
        usage = run.usage
        told = [
            words.seconds(seconds),
            words.calls(run.calls),
            words.tokens(usage.prompt_tokens + usage.reply_tokens),
        ]
        if self.is_timing:
            told += self._told_left(run.started.limits.seconds)
        self.facts.setText(" · ".join(told))

    def _told_left(self, limit: float) -> list[str]:
        """How far the reading of many pieces is, and how long the run may go on at most."""
        told = []
        if self._left.total:
            done, total = words.number(self._left.done), words.number(self._left.total)
            told.append(self.tr("{} of {} pieces read").format(done, total))
            left = self._left.seconds_left(self.seconds)
            if left is not None:
                told.append(self.tr("about {} left for them").format(words.about(left)))
        most = max(0.0, limit - self.seconds)
        told.append(self.tr("at most {} in all").format(words.about(most)))
        return told
