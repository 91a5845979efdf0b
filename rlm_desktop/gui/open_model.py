"""The model that is open in the window, and the thread that loads it."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from rlm_desktop.gui.load_thread import FreeThread, LibraryThread, LoadThread
from rlm_desktop.models.library import Library, ModelFile
from rlm_desktop.session import Session


class OpenModel(QObject):
    """The session with the chosen model, and the models there are to choose from.

    Signals:
        listed: the models of the library changed.
        progressed: how much of the model is loaded, from 0 to 1.
        ready: the session can be asked.
        freed: the model was unloaded.
        missing: it was not fetched yet.
        refused: the text of an error we expect.
        changeable_changed: whether another model may be chosen now.
    """

    listed = Signal()
    progressed = Signal(float)
    ready = Signal()
    freed = Signal()
    missing = Signal()
    refused = Signal(str)
    changeable_changed = Signal(bool)

    def __init__(
        self,
        open_session: Callable[[str], Session],
        open_library: Callable[[], Library],
        name: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.models: tuple[ModelFile, ...] = ()
        self.session: Session | None = None
        self._open_session = open_session
        self.open_library = open_library
        self._loading: LoadThread | None = None
        self._freeing: FreeThread | None = None
        self._again = False
        self._refusal = ""
        self._missing = False
        self._listing: LibraryThread | None = None
        self._changeable = True

    @property
    def loading(self) -> bool:
        """Whether a model is being loaded."""
        return self._loading is not None

    @property
    def changeable(self) -> bool:
        """Whether another model may be chosen now."""
        return self._changeable

    def set_changeable(self, changeable: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Whether another model may be chosen; not while this one answers."""
        if changeable != self._changeable:
            self._changeable = changeable
            self.changeable_changed.emit(changeable)

    def use(self, name: str) -> None:
        """Load a model of the library, instead of the one that is loaded or being loaded."""
        self.name = name
        if self._loading is not None:
            self._again = True
            self._loading.stop()
            return
        if self._freeing is not None:
            self._again = True
            return
        before, self.session = self.session, None
        self._loading = thread = LoadThread(self._open_session, name, before, self)
        thread.progressed.connect(self.progressed)
        thread.loaded.connect(self._take)
        thread.refused.connect(self._refuse)
        thread.missing.connect(self._miss)
        thread.finished.connect(self._finish)
        thread.start()

    def free(self) -> None:
        """Unload the model; the next question loads it again."""
        if self._loading is not None:
            self.stop()
        elif self.session is not None and self._freeing is None:
            self._freeing = thread = FreeThread(self.session, self)
            self.session = None
            thread.finished.connect(self._finish_freeing)
            thread.start()

    def give_up(self) -> Session | None:
        """Hand over the session, if there is one: whoever takes it closes it."""
        session, self.session = self.session, None
        if session is not None:
            self.freed.emit()
        return session

    def list_models(self, add: Path | None = None) -> None:
        """List the models; a file that is added becomes the model in use."""
        if self._listing is not None:
            return
        self._listing = thread = LibraryThread(self.open_library, add, self)
        thread.listed.connect(self._show)
        thread.refused.connect(self.refused)
        thread.finished.connect(self._finish_listing)
        thread.start()

    def stop(self) -> None:
        """Ask the loading to end; returns at once."""
        self._again = False
        if self._loading is not None:
            self._loading.stop()

    def close(self, deadline: float) -> None:
        """End the loading and close the session; waits until `deadline` of the clock."""
        for thread in (self._loading, self._listing, self._freeing):
            if thread is not None:
                thread.wait(deadline - monotonic())
        if self._loading is not None:
            self._take()
        if self.session is not None:
            self.session.close()
            self.session = None

    def _take(self) -> None:
        """A session that nobody wants any more is closed by the next LoadThread."""
        if self._loading is not None:
            self.session = self._loading.session

    def _refuse(self, text: str) -> None:
        """Told when the thread is through, so that another model can be tried at once."""
        self._refusal = text

    def _miss(self) -> None:
        self._missing = True

    def _finish(self) -> None:
        thread, self._loading = self._loading, None
        text, self._refusal = self._refusal, ""
        missing, self._missing = self._missing, False
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        if self._again:
            self._again = False
            self.use(self.name)
        elif self.session is not None:
            self.ready.emit()
        elif text:
            self.refused.emit(text)
        elif missing:
            self.missing.emit()
        else:
            self.freed.emit()

    def _finish_freeing(self) -> None:
        thread, self._freeing = self._freeing, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        self.freed.emit()
        if self._again:
            self._again = False
            self.use(self.name)

    def _show(self, models: tuple[ModelFile, ...], added: str) -> None:
        self.models = models
        self.listed.emit()
        if added:
            self.use(added)

    def _finish_listing(self) -> None:
        thread, self._listing = self._listing, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
