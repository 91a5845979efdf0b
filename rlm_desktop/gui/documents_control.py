"""The documents in the window: chosen, dropped, read, and told in their list."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from rlm_desktop.documents.reading import ReadingProgress
from rlm_desktop.documents.sample import sample_questions
from rlm_desktop.errors import UsageError
from rlm_desktop.gui.items.document_list import document_row, left_out_rows, unread_row
from rlm_desktop.gui.local_files import local_files
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.views.documents_view import DocumentsView
from rlm_desktop.gui.views.welcome_view import WelcomeView
from rlm_desktop.gui.watching import Watching
from rlm_desktop.runs.events import Source


class DocumentsControl(QObject):
    """Between what is open and the views that show it.

    Signals:
        question_offered: the question that goes with a sample document.
        refused: the text of an error we expect.
    """

    question_offered = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        documents: OpenDocuments,
        view: DocumentsView,
        start: WelcomeView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._view = view
        self._start = start
        self.watching = Watching(documents, self)
        view.added.connect(documents.add)
        view.removed.connect(documents.remove)
        documents.changed.connect(self._show)
        documents.read.connect(self._show)
        documents.progressed.connect(self._show_reading)
        documents.changeable_changed.connect(view.set_changeable)
        documents.changeable_changed.connect(start.set_changeable)
        start.sample_chosen.connect(self._open_sample)

    def offer_samples(self, folder: Path) -> None:
        """Offer the sample documents in a folder; they are seen while no document is open."""
        try:
            samples = sample_questions(folder)
        except UsageError as error:
            self.refused.emit(str(error))
            return
        self._start.offer([(sample.document, sample.question) for sample in samples])
        self._start.show_samples(not self._documents.paths)

    def open_sources(self, sources: Sequence[Source]) -> None:
        """Open the documents that a run was asked about, those that are still there."""
        paths = [Path(source.path) for source in sources]
        self._documents.add([path for path in paths if path.exists()])

    def open_instead(self, sources: Sequence[Source]) -> None:
        """Open the documents that a run was asked about, and no others, if all are still there."""
        paths = [Path(source.path) for source in sources]
        if paths and all(path.exists() for path in paths):
            self._documents.replace(paths)
        else:
            self.open_sources(sources)

    def paste(self) -> None:
        """Open the files that were copied in another program."""
        if files := local_files(QGuiApplication.clipboard().mimeData()):
            self._documents.add(files)
        else:
            text = self.tr("there are no files to paste: copy some in a file manager first")
            self.refused.emit(text)

    def _show(self) -> None:
        documents, view = self._documents, self._view
        collection = documents.collection
        self._start.show_samples(not documents.paths)
        if not documents.reading:
            view.hide_progress()
        if collection is None or documents.reading:
            view.show_rows(
                [unread_row(path, reading=documents.reading) for path in documents.paths]
            )
            return
        rows = [document_row(each) for each in collection.documents]
        rows += left_out_rows(collection.left_out)
        view.show_rows(rows, sum(each.chars for each in collection.documents))

    def _show_reading(self, progress: ReadingProgress) -> None:
        text = self.tr("Reading {} ({} of {})").format(
            progress.name, progress.done_files, progress.total_files
        )
        self._view.show_progress(text, progress.fraction)

    def _open_sample(self, document: Path, question: str) -> None:
        """Open a sample document, and leave it to the user to ask the question."""
        self.question_offered.emit(question)
        self._documents.add([document])
