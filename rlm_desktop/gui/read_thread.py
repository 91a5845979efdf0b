"""Reading documents, beside the window."""

import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import ReadingProgress
from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.gui.worker import Worker

Reading = Generator[ReadingProgress, None, Collection]


class ReadThread(Worker):
    """Reads documents into one collection.

    Signals:
        progressed: a ReadingProgress.
        read: `collection` is there; whoever takes it closes it.
        refused: the text of an error we expect.
    """

    progressed = Signal(object)
    read = Signal()
    refused = Signal(str)

    def __init__(
        self,
        read_documents: Callable[[Sequence[Path], threading.Event], Reading],
        paths: Sequence[Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.collection: Collection | None = None
        self._read_documents = read_documents
        self._paths = tuple(paths)
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the reading to end; returns at once."""
        self._stop.set()

    def run(self) -> None:
        reading = self._read_documents(self._paths, self._stop)
        try:
            while True:
                self.progressed.emit(next(reading))
        except StopIteration as end:
            if self._stop.is_set():
                end.value.close()
            else:
                self.collection = end.value
                self.read.emit()
        except Stopped:
            return
        except RlmError as error:
            self.refused.emit(str(error))
        finally:
            reading.close()
