"""Notices that a document that is open has changed in its file."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from rlm_desktop.gui.open_documents import OpenDocuments

#: Milliseconds after a change before it is told: who writes a file changes it many times.
_PATIENCE = 500
#: The system watches only so many files for all programs together.
_MOST = 200


class Watching(QObject):
    """Watches the files of the documents that were read, and tells a change once.

    Signals:
        changed: the name of a document whose file is another one now.
    """

    changed = Signal(str)

    def __init__(self, documents: OpenDocuments, parent: QObject) -> None:
        super().__init__(parent)
        self._documents = documents
        self._stamps: dict[str, tuple[int, int]] = {}
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self._look)
        self._watcher.fileChanged.connect(lambda _path: self._timer.start())
        documents.changeable_changed.connect(lambda _changeable: self._timer.start())
        documents.read.connect(self._begin)

    @property
    def is_waiting(self) -> bool:
        """Whether a change is about to be looked at."""
        return self._timer.isActive()

    def _begin(self) -> None:
        """Watch what was read, instead of what was watched."""
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        collection = self._documents.collection
        read = collection.documents if collection is not None else ()
        self._stamps = {
            str(each.path): stamp
            for each in read[:_MOST]
            if (stamp := _stamp(str(each.path))) is not None
        }
        if self._stamps:
            self._watcher.addPaths(list(self._stamps))

    def _look(self) -> None:
        """Tell of a file that changed; during a run when it is over, since it cannot be read."""
        if not self._documents.is_changeable or self._documents.reading:
            return
        for path, before in self._stamps.items():
            if _stamp(path) != before:
                self._stamps = {}
                self.changed.emit(Path(path).name)
                return


def _stamp(path: str) -> tuple[int, int] | None:
    """What is another one when a file has changed; None if there is no file."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
