"""Listing the runs that are kept, and changing their list, beside the window."""

from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal

from rlm_desktop.errors import RlmError
from rlm_desktop.exporting.rlms_import import from_rlms_log
from rlm_desktop.gui.worker import Worker
from rlm_desktop.runs.run import Run
from rlm_desktop.storage.run_store import RunStore

#: What is done with the store: a search that tells its runs, or a change.
_Work = Callable[[RunStore], None]


class KeptRunsThread(Worker):
    """Answers searches in the list of runs until it is closed, with a connection of its own.

    Searches that wait behind a newer one are dropped: nobody looks at their result. After a
    change the list is told again.

    Signals:
        listed: the list of KeptRun, newest first.
        trashed: the number of a run that is in the trash now.
        all_trashed: the numbers of all runs that went there at once.
        emptied: how many runs were removed for good.
        compared: two pairs of a number and its Run.
        brought: the number of the run that a log was kept as.
        exported: the path of the file that a run was written to.
        refused: the text of an error we expect.
    """

    listed = Signal(object)
    trashed = Signal(int)
    all_trashed = Signal(object)
    emptied = Signal(int)
    compared = Signal(object)
    brought = Signal(int)
    exported = Signal(object)
    refused = Signal(str)

    def __init__(self, database: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._waiting: SimpleQueue[_Work | tuple[str, bool] | None] = SimpleQueue()
        self._search: tuple[str, bool] = ("", False)

    def search(self, text: str = "", in_trash: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        """List the runs that have these words; all runs if there are none."""
        self._waiting.put((text, in_trash))

    def rename(self, number: int, title: str) -> None:
        """Call a run by another title."""
        self._waiting.put(lambda store: store.rename(number, title))

    def pin(self, number: int, pinned: bool) -> None:  # noqa: FBT001 - a slot
        """Keep a run at the top of the list, or no longer."""
        self._waiting.put(lambda store: store.pin(number, pinned=pinned))

    def trash(self, number: int) -> None:
        """Put a run into the trash."""

        def put(store: RunStore) -> None:
            store.delete(number)
            self.trashed.emit(number)

        self._waiting.put(put)

    def trash_all(self) -> None:
        """Put all runs into the trash."""

        def put(store: RunStore) -> None:
            self.all_trashed.emit(store.delete_all())

        self._waiting.put(put)

    def restore(self, *numbers: int) -> None:
        """Take runs out of the trash."""

        def put(store: RunStore) -> None:
            for number in numbers:
                store.restore(number)

        self._waiting.put(put)

    def empty_trash(self) -> None:
        """Remove for good what is in the trash."""
        self._waiting.put(lambda store: self.emptied.emit(store.purge_deleted()))

    def forget_older(self, days: int) -> None:
        """Remove for good what is older than so many days, and not pinned."""

        def forget(store: RunStore) -> None:
            store.purge_older(days)

        self._waiting.put(forget)

    def compare(self, left: int, right: int) -> None:
        """Read two runs."""

        def read(store: RunStore) -> None:
            pair = [(number, Run.of(store.events(number))) for number in (left, right)]
            self.compared.emit(pair)

        self._waiting.put(read)

    def export(self, number: int, path: Path, write: Callable[[RunStore, int, Path], None]) -> None:
        """Write a run to a file."""

        def put(store: RunStore) -> None:
            write(store, number, path)
            self.exported.emit(path)

        self._waiting.put(put)

    def bring(self, path: Path) -> None:
        """Keep a log of rlms as a run."""
        self._waiting.put(lambda store: self.brought.emit(store.record_all(from_rlms_log(path))))

    def close(self) -> None:
        """End the thread; returns at once, wait for it with `wait`."""
        self._waiting.put(None)

    def run(self) -> None:
        store: RunStore | None = None
        try:
            while (work := self._waiting.get()) is not None:
                try:
                    store = store or self._opened()
                    if callable(work):
                        work(store)
                    else:
                        self._search = work
                    if self._waiting.empty():
                        text, in_trash = self._search
                        self.listed.emit(store.runs(search=text, deleted=in_trash))
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
