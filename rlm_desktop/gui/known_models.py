"""What is known of every model of the library, found out beside the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, Signal

from rlm_desktop.errors import RlmError
from rlm_desktop.gui.worker import Worker
from rlm_desktop.models import verify
from rlm_desktop.models.exams import Exams, Kept
from rlm_desktop.models.fit import Fit, fit
from rlm_desktop.models.library import Library, ModelFile
from rlm_desktop.session import window_of
from rlm_desktop.settings import Settings


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model, with what its file says, how it fits, and what its exam said.

    `facts` and `fit` are None where there is no file; `trouble` says what is wrong with one.
    `free_bytes` is the memory that was free.
    """

    file: ModelFile
    free_bytes: int
    facts: verify.GgufFacts | None = None
    fit: Fit | None = None
    exam: Kept | None = None
    trouble: str = ""


class KnownModelsThread(Worker):
    """Looks at all models of the library, after one was added or removed if so wanted.

    Signals:
        listed: a tuple of KnownModel.
        added: the name of the model that was added.
        removed: the model that was removed, a `Removed` of the library.
        refused: the text of an error we expect.
    """

    listed = Signal(object)
    added = Signal(str)
    removed = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        open_library: Callable[[], Library],
        settings: Settings,
        exams: Path,
        add: Path | None = None,
        remove: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_library = open_library
        self._settings = settings
        self._exams = Exams(exams)
        self._add = add
        self._remove = remove

    def run(self) -> None:
        try:
            library = self._open_library()
            try:
                if self._add is not None:
                    self.added.emit(library.add(self._add).name)
                if self._remove:
                    self.removed.emit(library.remove(self._remove))
            except RlmError as error:
                self.refused.emit(str(error))
            self.listed.emit(tuple(self._look_at(file) for file in library.models()))
        except RlmError as error:
            self.refused.emit(str(error))

    def _look_at(self, file: ModelFile) -> KnownModel:
        free = psutil.virtual_memory().available
        if not file.present:
            return KnownModel(file, free)
        try:
            facts = verify.check(file.path)
            exam = self._exams.of(file.name, file.size)
        except RlmError as error:
            return KnownModel(file, free, trouble=str(error))
        return KnownModel(
            file, free, facts, fit(facts, window_of(self._settings, facts), free), exam
        )
