"""Reading documents, beside the window."""

import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import ReadingProgress
from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.gui.worker import StoppableWorker

Reading = Generator[ReadingProgress, None, Collection]


class ReadThread(StoppableWorker):
    """Reads documents into one collection; whoever takes it, when it is through, closes it.

    Signals:
        progressed: a ReadingProgress.
        refused: the text of an error we expect.
    """

    progressed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        read_documents: Callable[[Sequence[Path], threading.Event], Reading],
        paths: Sequence[Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._collection: Collection | None = None
        self._read_documents = read_documents
        self._paths = tuple(paths)

    def take(self) -> Collection | None:
        """The collection, once; None if there is none."""
        taken, self._collection = self._collection, None
        return taken

    def run(self) -> None:
        reading = self._read_documents(self._paths, self._stop)
        try:
            while True:
                self.progressed.emit(next(reading))
        except StopIteration as end:
            if self._stop.is_set():
                end.value.close()
            else:
                self._collection = end.value
        except Stopped:
            return
        except RlmError as error:
            self.refused.emit(str(error))
        finally:
            reading.close()
