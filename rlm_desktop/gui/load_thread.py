"""Loading a model, and asking which models there are, beside the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rlm_desktop.errors import ModelMissing, RlmError, Stopped
from rlm_desktop.gui.worker import StoppableWorker, Worker
from rlm_desktop.models.library import Library
from rlm_desktop.session import Session


class LoadThread(StoppableWorker):
    """Opens a session for a model and loads the model.

    `before` is the session to close first: two models at once might not fit into memory.

    Signals:
        progressed: how much is loaded, from 0 to 1.
        loaded: `session` is ready to be asked; whoever takes it closes it.
        missing: the model was not fetched yet.
        refused: the text of an error we expect.
    """

    progressed = Signal(float)
    loaded = Signal()
    missing = Signal()
    refused = Signal(str)

    def __init__(
        self,
        open_session: Callable[[str], Session],
        model: str,
        before: Session | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._open_session = open_session
        self.session: Session | None = None
        self._before = before

    def run(self) -> None:
        if self._before is not None:
            self._before.close()
        session: Session | None = None
        try:
            session = self._open_session(self.model)
            for fraction in session.engine.load(self._stop):
                self.progressed.emit(fraction)
            if not self._stop.is_set():
                self.session, session = session, None
                self.loaded.emit()
        except Stopped:
            return
        except ModelMissing:
            self.missing.emit()
        except RlmError as error:
            self.refused.emit(str(error))
        finally:
            if session is not None:
                session.close()


class FreeThread(Worker):
    """Closes a session, which frees the memory of its model."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def run(self) -> None:
        self._session.close()


class LibraryThread(Worker):
    """Lists the models of the library, after adding one if a path is given.

    Adding checks the file, which takes a while.

    Signals:
        listed: the models of the library, and the name of the one that was added, or "".
        refused: the text of an error we expect.
    """

    listed = Signal(object, str)
    refused = Signal(str)

    def __init__(
        self,
        open_library: Callable[[], Library],
        add: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_library = open_library
        self._add = add

    def run(self) -> None:
        try:
            library = self._open_library()
            added = library.add(self._add).name if self._add is not None else ""
            models = tuple(library.models())
        except RlmError as error:
            self.refused.emit(str(error))
        else:
            self.listed.emit(models, added)
