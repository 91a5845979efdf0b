"""What the window has open: the model, the documents, the run; and the threads that work on them.

It knows no widget. The window tells it what the user wants, and draws what it signals.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from rlm_desktop.gui.event_pump import EventPump
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.run_thread import Asking, RunThread
from rlm_desktop.gui.timed_asking import kept, live
from rlm_desktop.runs.events import Limits
from rlm_desktop.runs.pace import Pace
from rlm_desktop.runs.run import Run, Turn
from rlm_desktop.session import Session

#: Seconds that closing waits for a run to end by itself.
PATIENCE = 2.0


class Phase(StrEnum):
    """What goes on with the run in the window."""

    IDLE = "idle"
    WAITING = "waiting"  # for the model or the documents; the question follows
    RUNNING = "running"
    STOPPING = "stopping"
    OPENING = "opening"  # a kept run is read back
    LENT = "lent"  # somebody else asks the model


class WayOut(StrEnum):
    """What the window can offer to do about a trouble."""

    READ_AGAIN = "read the documents again"
    ADD_DOCUMENTS = "add documents"
    CHOOSE_MODEL = "choose a model"
    GET_MODEL = "get the model"
    STOP = "stop"
    ASK_AGAIN = "ask again"
    OPEN_DOCUMENTS_OF_RUN = "open the documents of the run"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the user should know, and which way out of it to offer."""

    text: str
    way_out: WayOut | None = None


class Workbench(QObject):
    """One model, one set of documents, one run at a time.

    Signals:
        phase_changed: the Phase.
        began: a run begins, with its number; everything of an earlier one goes.
        ticked: seconds since it began, at which what follows happened.
        happened: one Event of it.
        flushed: now is the time to draw what happened.
        ended: the run is through.
        held_changed: whether the run is held.
        trouble: a Trouble.
        crashed: the traceback of a bug.
    """

    phase_changed = Signal(object)
    began = Signal(int)
    ticked = Signal(float)
    happened = Signal(object)
    flushed = Signal()
    ended = Signal()
    held_changed = Signal(bool)
    trouble = Signal(object)
    crashed = Signal(str)

    def __init__(
        self,
        model: OpenModel,
        documents: OpenDocuments,
        database: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.documents = documents
        self.phase = Phase.IDLE
        self.pace = Pace()
        self._database = database
        self._pending: tuple[str, Limits, int | None, tuple[int, int] | None] | None = None
        self._thread: RunThread | None = None
        self._closed = False
        self._pump = EventPump(self)
        self._pump.ticked.connect(self.ticked)
        self._pump.happened.connect(self.happened)
        self._pump.flushed.connect(self.flushed)
        self._pump.drained.connect(self._end)
        model.ready.connect(self._ask_pending)
        model.refused.connect(self._refuse_model)
        model.missing.connect(self._miss_model)
        documents.read.connect(self._ask_pending)
        documents.refused.connect(self._refuse_documents)

    def ask(
        self,
        question: str,
        limits: Limits,
        follows: int | None = None,
        fork: tuple[int, int] | None = None,
    ) -> None:
        """Ask; as soon as model and documents are there, if they are on their way.

        `follows` is the number of the run that the question follows up on, `fork` that of a run
        with this question, and the turn from which on it is to go another way.
        """
        if self.phase is not Phase.IDLE:
            return
        if not self.documents.paths:
            text = self.tr("there are no documents to ask about: add a file or a folder")
            self.trouble.emit(Trouble(text, WayOut.ADD_DOCUMENTS))
            return
        if self.documents.collection is None and not self.documents.reading:
            self.documents.read_again()
        if self.model.session is None and not self.model.loading:
            self.model.use(self.model.name)
        self._pending = (question, limits, follows, fork)
        self._enter(Phase.WAITING)
        self._ask_pending()

    def depart(self, number: int, run: Run, turn: Turn, limits: Limits) -> None:
        """Ask the question of a run again, going another way from one of its turns on."""
        if self.phase is not Phase.IDLE:
            text = self.tr("a run is going on: stop it first to go another way")
            self.trouble.emit(Trouble(text, WayOut.STOP))
        elif run.started is not None and run.root is not None:
            place = next(n for n, each in enumerate(run.root.turns) if each is turn)
            self.ask(run.written_out or run.started.question, limits, fork=(number, place))

    def stop(self) -> None:
        """End the run, or do not begin the one that waits. Returns at once."""
        if self.phase is Phase.WAITING:
            self._pending = None
            self._enter(Phase.IDLE)
        elif self._thread is not None and self.phase in (Phase.RUNNING, Phase.OPENING):
            self.hold(held=False)
            self._enter(Phase.STOPPING)
            self._thread.stop()

    def hold(self, held: bool) -> None:  # noqa: FBT001 - a slot
        """Let the run wait before its next step, or go on."""
        if self.phase is Phase.RUNNING and held != self.pace.is_held:
            (self.pace.hold if held else self.pace.go_on)()
            self.held_changed.emit(held)

    def answer_now(self) -> None:
        """Let the run answer with what it has. Returns at once."""
        if self.phase is Phase.RUNNING:
            self.hold(held=False)
            self.pace.answer_now()

    def lend(self) -> Session | None:
        """The session, for who asks its model something else; None if there is none, or it is busy.

        Until `take_back` nothing else is begun.
        """
        if self.phase is not Phase.IDLE or self.model.session is None:
            return None
        self._enter(Phase.LENT)
        return self.model.session

    def take_back(self) -> None:
        """What was lent is free again."""
        if self.phase is Phase.LENT:
            self._enter(Phase.IDLE)

    def show_kept(self, number: int, *, may_be_gone: bool = False) -> None:
        """Read a kept run back into the views; one that `may_be_gone` is no trouble then."""
        if self.phase is not Phase.IDLE:
            text = self.tr("a run is going on: stop it first to look at another one")
            self.trouble.emit(Trouble(text, WayOut.STOP))
            return
        self._start(
            Phase.OPENING, lambda stop: kept(self._database, number, stop), quiet=may_be_gone
        )

    def close(self) -> None:
        """End everything. Waits for the run, at most PATIENCE seconds before its engine goes."""
        self._pending, self._closed = None, True
        deadline = monotonic() + PATIENCE
        for stop in (self.documents.stop, self.model.stop):
            stop()
        if self._thread is not None:
            self._pump.stop()
            self._thread.stop()
            self._thread.wait(deadline - monotonic())
        self.model.close(deadline)
        if self._thread is not None:
            # Without an engine the run ends.
            self._thread.wait(PATIENCE)
        self.documents.close(deadline)

    def _ask_pending(self) -> None:
        session, collection = self.model.session, self.documents.collection
        if self._pending is None or session is None or collection is None:
            return
        if self.documents.reading:
            return
        (question, limits, follows, fork), self._pending = self._pending, None
        self.pace = pace = Pace()
        self._start(
            Phase.RUNNING,
            lambda stop: live(session.ask(question, collection, limits, stop, follows, pace, fork)),
        )

    def _start(
        self, phase: Phase, begin: Callable[[threading.Event], Asking], *, quiet: bool = False
    ) -> None:
        self._enter(phase)
        self._pump.clear()
        thread = RunThread(begin, self._pump.take, self)
        thread.began.connect(self._begin)
        if not quiet:
            thread.refused.connect(lambda text: self.trouble.emit(Trouble(text)))
        thread.crashed.connect(self.crashed)
        thread.finished.connect(self._finish)
        self._thread = thread
        thread.start()

    def _begin(self, number: int) -> None:
        """Only now may events go on their way: the views must be empty before the first."""
        if not self._closed:
            self.began.emit(number)
            self._pump.start()

    def _finish(self) -> None:
        if not self._closed:
            self._pump.finish()

    def _end(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self._enter(Phase.IDLE)
        self.ended.emit()

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.documents.set_changeable(phase is Phase.IDLE)
        self.model.set_changeable(phase is Phase.IDLE)
        self.phase_changed.emit(phase)

    def _refuse_model(self, text: str) -> None:
        self._give_up_pending()
        self.trouble.emit(Trouble(text, WayOut.CHOOSE_MODEL))

    def _miss_model(self) -> None:
        """Said only to who asks: before that, the first page offers it."""
        if self.phase is Phase.WAITING:
            self._give_up_pending()
            text = self.tr("the model {} is not here yet: get it first, then ask again")
            self.trouble.emit(Trouble(text.format(self.model.name), WayOut.GET_MODEL))

    def _refuse_documents(self, text: str) -> None:
        self._give_up_pending()
        self.trouble.emit(Trouble(text, WayOut.ADD_DOCUMENTS))

    def _give_up_pending(self) -> None:
        if self.phase is Phase.WAITING:
            self._pending = None
            self._enter(Phase.IDLE)
