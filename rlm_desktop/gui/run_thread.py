"""The bridge from the events of a run to the window."""

import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.gui.moments import Moment
from rlm_desktop.gui.worker import StoppableWorker
from rlm_desktop.runs.events import Event


class Asking(Protocol):
    """A run that has begun: its number in the database, and what happens in it, and when."""

    @property
    def number(self) -> int: ...

    @property
    def events(self) -> Iterator[Event | Moment]: ...


class RunThread(StoppableWorker):
    """Begins a run, or opens a kept one, and follows its events in a thread of its own.

    `begin` is called in this thread, since what it opens (a database connection) belongs to one
    thread. `take` is given each event, in this thread too: it must be quick and safe to call
    from any thread, as `EventPump.take` is. A signal for each event would flood the window's
    thread, which could then not draw between them.

    A run that is stopped still tells its last events.

    Signals:
        began: the number of the run.
        refused: the text of an error we expect, fit for the user.
        crashed: the traceback of a bug.
    """

    began = Signal(int)
    refused = Signal(str)
    crashed = Signal(str)

    def __init__(
        self,
        begin: Callable[[threading.Event], Asking],
        take: Callable[[Event | Moment], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._begin = begin
        self._take = take

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    def run(self) -> None:
        try:
            asking = self._begin(self._stop)
            self.began.emit(asking.number)
            for event in asking.events:
                self._take(event)
        except Stopped:
            return
        except RlmError as error:
            self.refused.emit(str(error))
        except Exception:  # noqa: BLE001 - a bug ends the run, not the window
            self.crashed.emit(traceback.format_exc())
