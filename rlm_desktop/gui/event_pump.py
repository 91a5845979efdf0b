"""Events on their way from the run's thread into the window, at a pace the window can draw."""

import threading
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from rlm_desktop.gui.moments import Moment
from rlm_desktop.runs.events import Event, LoadGrew, OutputGrew, ReplyGrew

#: Milliseconds between two updates: 20 a second.
INTERVAL = 50

#: Seconds of the window's thread that one update may take; the rest waits for the next, so that
#: keys and mouse are served in between. Half of what a stall may last.
BUDGET = 0.015


class EventPump(QObject):
    """Takes events from any thread, and signals them in the thread that owns it.

    Pieces of the same text that come between two updates are joined into one event.

    Signals:
        ticked: seconds since the run began, at which what follows happened.
        happened: one Event.
        flushed: the events of one update are through: now draw.
        drained: `finish` was called, and all that was taken before it is through.
    """

    ticked = Signal(float)
    happened = Signal(object)
    flushed = Signal()
    drained = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._waiting: list[Event | Moment] = []
        self._growing: dict[tuple[type[Event], str], int] = {}
        self._events: list[Event | Moment] = []
        self._next = 0
        self._finishing = False
        self._undrawn = False
        self._drawn = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._update)

    def clear(self) -> None:
        """Forget what is left of an earlier run; nothing is passed on before `start`."""
        self._timer.stop()
        with self._lock:
            self._waiting, self._growing = [], {}
        self._events, self._next, self._finishing = [], 0, False

    def start(self) -> None:
        """Begin to pass on events, those that were taken already first."""
        self._timer.start()

    def take(self, event: Event | Moment) -> None:
        """Queue an event, or the moment of those that follow. May be called from any thread."""
        with self._lock:
            match event:
                case ReplyGrew(path, text) | OutputGrew(path, text):
                    earlier = self._growing.get((type(event), path))
                    if earlier is not None:
                        grown = self._waiting[earlier]
                        assert isinstance(grown, ReplyGrew | OutputGrew)
                        self._waiting[earlier] = replace(grown, text=grown.text + text)
                        return
                    self._growing[type(event), path] = len(self._waiting)
                case LoadGrew() if self._waiting and isinstance(self._waiting[-1], LoadGrew):
                    self._waiting[-1] = event
                    return
                case Moment() if self._waiting and isinstance(self._waiting[-1], Moment):
                    self._waiting[-1] = event
                    return
                case _:
                    # Nothing may overtake it.
                    self._growing.clear()
            self._waiting.append(event)

    def finish(self) -> None:
        """No more events will be taken; `drained` follows."""
        self._finishing = True
        self._timer.start()

    def stop(self) -> None:
        """Pass on nothing more."""
        self._timer.stop()

    def _update(self) -> None:
        began = perf_counter()
        passed = False
        while perf_counter() - began < BUDGET:
            if self._next == len(self._events):
                self._refill()
            if self._next == len(self._events):
                break
            event = self._events[self._next]
            self._next += 1
            passed = True
            if isinstance(event, Moment):
                self.ticked.emit(event.seconds)
            else:
                self.happened.emit(event)
        through = self._next == len(self._events)
        self._undrawn = self._undrawn or passed
        if self._undrawn and (through or began - self._drawn > INTERVAL / 1000):
            self._undrawn, self._drawn = False, began
            self.flushed.emit()
        self._timer.setInterval(INTERVAL if through else 1)
        if self._finishing and through and not self._waiting:
            self._timer.stop()
            self.drained.emit()

    def _refill(self) -> None:
        with self._lock:
            self._events, self._waiting, self._growing = self._waiting, [], {}
        self._next = 0
