"""Which document is open in the viewer, at which place, and the threads that look through it."""

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.documents.spans import LineMarks
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui import words
from rlm_desktop.gui.document_forms import DocumentForms
from rlm_desktop.gui.items.evidence_list import place
from rlm_desktop.gui.lines_thread import LinesThread
from rlm_desktop.gui.search_thread import Found, SearchThread
from rlm_desktop.gui.viewed_text import ViewedText
from rlm_desktop.gui.views.document_view import DocumentView
from rlm_desktop.gui.worker import Worker
from rlm_desktop.runs.events import Evidence


class DocumentControl(QObject):
    """Opens documents in a DocumentView, from files of its own: a run may go on meanwhile.

    Signals:
        shown: a document is shown, or another place of it.
        missing: the name of a document that is not open, or has changed since.
        refused: the text of an error we expect.
    """

    shown = Signal()
    missing = Signal(str)
    refused = Signal(str)

    def __init__(self, view: DocumentView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._parts: dict[Path, Part] = {}
        self._part: Part | None = None
        self._text: ViewedText | None = None
        self._lines: LineMarks | None = None
        self._evidence: Sequence[Evidence] = ()
        self._here = -1
        self._forms = DocumentForms(view, self._begin, self)
        self._pattern: re.Pattern[str] | None = None
        self._search: SearchThread | None = None
        self._counting: LinesThread | None = None
        self._working: list[Worker] = []
        view.find_bar.wanted.connect(self._look_for)
        view.find_bar.chosen.connect(self._go_to_match)
        view.line_wanted.connect(self._go_to_line)
        view.passage_wanted.connect(self._go_to_passage)
        view.text.refused.connect(self.refused)
        self._forms.refused.connect(self.refused)
        view.show_nothing()

    @property
    def knows_lines(self) -> bool:
        """Whether the lines of the document that is shown were counted."""
        return self._lines is not None

    @property
    def knows_rows(self) -> bool:
        """Whether all rows of the table that is shown were found."""
        return self._forms.knows_rows

    def offer(self, collection: Collection | None) -> None:
        """These documents can be looked at; what is shown of others is closed."""
        documents = () if collection is None else collection.documents
        parts = () if collection is None else collection.parts
        self._parts = {each.path: part for each, part in zip(documents, parts, strict=True)}
        if self._part is not None and self._part not in parts:
            self._close_text()

    def open(self, path: Path) -> None:
        """Show a document from its beginning, if it was read."""
        part = self._parts.get(path)
        if part is not None and self._show(part):
            self._tell(part)

    def go_to_place(self, position: int) -> None:
        """Show a code point of all documents together, as a run sees them."""
        start = 0
        found: Part | None = None
        for part in self._parts.values():
            if found is not None and position < start:
                break
            found, first = part, start + len(part.header)
            start = first + part.chars
        if found is None:
            self.missing.emit(self.tr("one of the documents of the run"))
        elif self._show(found) and self._text is not None:
            try:
                self._forms.go_to(self._text.byte_of(max(0, position - first)))
            except DocumentError as error:
                self.refused.emit(str(error))
            self._tell(found)

    def _tell(self, part: Part) -> None:
        """Say which document is shown."""
        self._view.show_place(f"{part.name} · {words.characters(part.chars)}")
        self.shown.emit()

    def show_evidence(self, chosen: Evidence, evidence: Sequence[Evidence]) -> None:
        """Show one of the passages of an answer in its document, the others marked as well."""
        self._evidence = evidence if chosen in evidence else [chosen]
        parts = self._parts.values()
        part = next((each for each in parts if each.name == chosen.document), None)
        if part is None or not self._show(part) or not self._stands(chosen):
            self.missing.emit(chosen.document)
            return
        self._here = list(self._evidence).index(chosen)
        self._mark()
        assert self._text is not None
        self._forms.go_to(*map(self._text.byte_of, (chosen.start, chosen.end)))
        self._view.show_place(place(chosen))
        self.shown.emit()

    def forget_evidence(self) -> None:
        """Another run is shown."""
        self._evidence, self._here = (), -1
        self._mark()

    def close(self) -> None:
        """End the threads and close the files."""
        self._close_text()
        for worker in self._working:
            worker.wait()
            if isinstance(worker, LinesThread):
                _close(worker.text)

    def _show(self, part: Part) -> bool:
        """Open a document, if it is not open already."""
        if part is self._part:
            return True
        self._close_text()
        try:
            self._text = ViewedText(part)
        except DocumentError as error:
            self.refused.emit(str(error))
            return False
        self._part = part
        self._forms.show(part, self._text)
        self._mark()
        self._counting = counting = LinesThread(part, self)
        counting.counted.connect(self._number)
        self._begin(counting)
        self._view.find_bar.forget()
        return True

    def _close_text(self) -> None:
        self._stop_search()
        self._forms.close()
        if self._counting is not None and self._counting not in self._working:
            _close(self._counting.text)  # else it is closed when its thread is through
        if self._text is not None:
            self._text.close()
        self._text = self._lines = self._part = self._counting = None

    def _stands(self, evidence: Evidence) -> bool:
        assert self._text is not None
        try:
            start, end = map(self._text.byte_of, (evidence.start, evidence.end))
            return self._text.text(start, end) == evidence.quote
        except DocumentError:
            return False

    def _mark(self) -> None:
        """Mark the passages that stand in the document that is shown."""
        self._view.show_passages(self._here + 1, len(self._evidence))
        if self._text is None or self._part is None or self._text.shrunk:
            return
        text, name = self._text, self._part.name
        here = [number for number, one in enumerate(self._evidence) if one.document == name]
        marks = [
            (text.byte_of(self._evidence[number].start), text.byte_of(self._evidence[number].end))
            for number in here
        ]
        current = here.index(self._here) if self._here in here else None
        self._forms.mark(marks, current)

    def _go_to_passage(self, step: int) -> None:
        if self._evidence:
            number = (self._here + step) % len(self._evidence)
            self.show_evidence(self._evidence[number], self._evidence)

    def _go_to_line(self, line: int) -> None:
        if self._forms.in_columns:
            self._forms.go_to_row(line)
        elif self._lines is not None and self._text is not None:
            if self._text.shrunk:  # counting lines reads the text
                self.refused.emit(str(self._text.changed()))
                return
            self._forms.go_to(min(self._lines.start_of(line), self._text.size))
        else:
            return
        self._view.setFocus()

    def _number(self, lines: LineMarks) -> None:
        if self.sender() is self._counting:
            self._lines = lines
            self._view.text.show_lines(lines)

    def _look_for(self, pattern: re.Pattern[str] | None) -> None:
        self._stop_search()
        self._forms.look_for(pattern)
        self._pattern = pattern
        if pattern is None or self._part is None:
            return
        self._search = search = SearchThread(self._part, pattern, self)
        search.found.connect(self._take)
        search.refused.connect(self.refused)
        self._begin(search)

    def _take(self, found: Found) -> None:
        if found.pattern is self._pattern and self._search is not None:
            self._view.find_bar.show_found(found)

    def _go_to_match(self, match: tuple[int, int]) -> None:
        self._forms.go_to_match(*match)

    def _stop_search(self) -> None:
        if self._search is not None:
            self._search.stop()
            self._search = None

    def _begin(self, worker: Worker) -> None:
        self._working.append(worker)
        worker.finished.connect(self._bury)
        worker.start()

    def _bury(self) -> None:
        worker = self.sender()
        assert isinstance(worker, Worker)
        worker.wait()
        self._working.remove(worker)
        if worker is self._search:
            self._search = None
        if isinstance(worker, LinesThread) and worker is not self._counting:
            _close(worker.text)
        if worker is not self._counting:
            worker.deleteLater()


def _close(text: ViewedText | None) -> None:
    if text is not None:
        text.close()
