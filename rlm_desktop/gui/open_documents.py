"""The documents that are open in the window, and the thread that reads them."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.collection import Collection
from rlm_desktop.gui.read_thread import Reading, ReadThread


class OpenDocuments(QObject):
    """What the user chose, and the collection that was read from it.

    When the choice changes everything is read again; what is unchanged is quickly known again
    from the document store.

    Signals:
        changed: other paths were chosen.
        progressed: a ReadingProgress.
        read: the collection is there, or there is none because nothing is chosen.
        refused: the text of an error we expect.
        changeable_changed: whether the choice may be changed now.
    """

    changed = Signal()
    progressed = Signal(object)
    read = Signal()
    refused = Signal(str)
    changeable_changed = Signal(bool)

    def __init__(
        self,
        read_documents: Callable[[Sequence[Path], threading.Event], Reading],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.paths: list[Path] = []
        self.collection: Collection | None = None
        self._read_documents = read_documents
        self._thread: ReadThread | None = None
        self._again = False
        self._refusal = ""
        self._changeable = True

    @property
    def reading(self) -> bool:
        """Whether documents are being read."""
        return self._thread is not None

    @property
    def is_changeable(self) -> bool:
        """Whether documents may be added and removed now."""
        return self._changeable

    def set_changeable(self, changeable: bool) -> None:  # noqa: FBT001 - a state, not an option
        """Whether documents may be added and removed; not while a run reads them."""
        if changeable != self._changeable:
            self._changeable = changeable
            self.changeable_changed.emit(changeable)

    def add(self, paths: Sequence[Path]) -> None:
        """Open these files and folders too."""
        chosen = dict.fromkeys(path.absolute() for path in paths)
        fresh = [path for path in chosen if path not in self.paths]
        if fresh and self._changeable:
            self.paths += fresh
            self.read_again()

    def replace(self, paths: Sequence[Path]) -> None:
        """Open these files and folders instead of what is open."""
        chosen = list(dict.fromkeys(path.absolute() for path in paths))
        if chosen != self.paths and self._changeable:
            self.paths = chosen
            self.read_again()

    def remove(self, path: Path) -> None:
        """Close a file; if it was opened with a folder, close the folder."""
        kept = [chosen for chosen in self.paths if chosen not in (path, *path.parents)]
        if kept != self.paths and self._changeable:
            self.paths = kept
            self.read_again()

    def read_again(self) -> None:
        """Read what is chosen, instead of what is being read."""
        if self._thread is not None:
            self._again = True
            self._thread.stop()
            self.changed.emit()
            return
        self._close_collection()
        if not self.paths:
            self.read.emit()
            return
        self._thread = thread = ReadThread(self._read_documents, self.paths, self)
        thread.progressed.connect(self.progressed)
        thread.refused.connect(self._refuse)
        thread.finished.connect(self._finish)
        thread.start()
        self.changed.emit()

    def stop(self) -> None:
        """Ask the reading to end; returns at once."""
        self._again = False
        if self._thread is not None:
            self._thread.stop()

    def close(self, deadline: float) -> None:
        """End the reading and close the collection; waits until `deadline` of the clock."""
        if self._thread is not None:
            self._thread.wait(deadline - monotonic())
            self.collection = self._thread.take()
        self._close_collection()

    def _refuse(self, text: str) -> None:
        """Told when the thread is through, so that other documents can be read at once."""
        self._refusal = text

    def _finish(self) -> None:
        thread, self._thread = self._thread, None
        text, self._refusal = self._refusal, ""
        if thread is not None:
            thread.wait()
            thread.deleteLater()
            self.collection = thread.take()
        if self._again:  # a collection that nobody wants any more is closed
            self._again = False
            self.read_again()
            return
        self.read.emit()
        if text:
            self.refused.emit(text)

    def _close_collection(self) -> None:
        if self.collection is not None:
            self.collection.close()
            self.collection = None
