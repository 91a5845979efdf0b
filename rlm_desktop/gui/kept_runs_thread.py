"""Listing the runs that are kept, beside the window."""

from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal

from rlm_desktop.errors import RlmError
from rlm_desktop.gui.worker import Worker
from rlm_desktop.storage.run_store import RunStore


class KeptRunsThread(Worker):
    """Answers searches in the list of runs until it is closed, with a connection of its own.

    Searches that wait behind a newer one are dropped: nobody looks at their result.

    Signals:
        listed: the list of KeptRun, newest first.
        refused: the text of an error we expect.
    """

    listed = Signal(object)
    refused = Signal(str)

    def __init__(self, database: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._searches: SimpleQueue[str | None] = SimpleQueue()

    def search(self, text: str = "") -> None:
        """List the runs that have these words; all runs if there are none."""
        self._searches.put(text)

    def close(self) -> None:
        """End the thread; returns at once, wait for it with `wait`."""
        self._searches.put(None)

    def run(self) -> None:
        store: RunStore | None = None
        try:
            while (text := self._newest()) is not None:
                try:
                    store = store or self._opened()
                    self.listed.emit(store.runs(search=text))
                except RlmError as error:
                    self.refused.emit(str(error))
        finally:
            if store is not None:
                store.close()

    def _opened(self) -> RunStore:
        """The store, in which runs that a crash cut off are marked."""
        store = RunStore(self._database)
        try:
            store.mark_interrupted()
        except RlmError:
            store.close()
            raise
        return store

    def _newest(self) -> str | None:
        text = self._searches.get()
        while text is not None and not self._searches.empty():
            text = self._searches.get()
        return text
