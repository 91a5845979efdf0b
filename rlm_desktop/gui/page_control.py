"""Which page of which PDF is shown, and the thread that has it drawn."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Document, Kind
from rlm_desktop.documents.pdf_page import PagePicture, draw_page
from rlm_desktop.errors import DocumentError, Stopped
from rlm_desktop.gui.views.page_view import PageView
from rlm_desktop.gui.worker import StoppableWorker
from rlm_desktop.runs.events import Evidence


class PageThread(StoppableWorker):
    """Has one page drawn.

    Signals:
        drawn: the PagePicture.
        refused: the text of an error we expect.
    """

    drawn = Signal(object)
    refused = Signal(str)

    def __init__(
        self, document: Document, page: int, width: int, quote: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._wanted = (page, width, quote)

    def run(self) -> None:
        document = self._document
        try:
            picture = draw_page(document.path, document.sha256, *self._wanted, self._stop)
        except Stopped:
            return
        except DocumentError as error:
            self.refused.emit(f"{document.name}: {error}")
        else:
            self.drawn.emit(picture)


class PageControl(QObject):
    """Shows pages of the PDFs that are open.

    Signals:
        available_changed: whether there is a page to look at.
        shown: the page of a passage is shown.
    """

    available_changed = Signal(bool)
    shown = Signal()

    def __init__(self, view: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._documents: tuple[Document, ...] = ()
        self._document: Document | None = None
        self._page = 1
        self._quote, self._quote_page = "", 0
        self._width = 0
        self._thread: PageThread | None = None
        self._again = False
        view.page_wanted.connect(self._go_to)
        view.width_changed.connect(self._fit)

    def offer(self, collection: Collection | None) -> None:
        """These documents can be looked at."""
        known = () if collection is None else collection.documents
        self._documents = tuple(each for each in known if each.kind is Kind.PDF)
        if self._document not in self._documents:
            self._show(self._documents[0] if self._documents else None, 1)
        self.available_changed.emit(self._document is not None)

    def open(self, path: Path) -> None:
        """Show the first page of a document, if it has pages."""
        for each in self._documents:
            if each.path == path and each is not self._document:
                self._quote = ""
                self._show(each, 1)

    def show_evidence(self, evidence: Evidence) -> None:
        """Show the page of a passage, if it has one."""
        for each in self._documents:
            if each.name == evidence.document and evidence.page is not None:
                self._quote, self._quote_page = evidence.quote, evidence.page
                self._show(each, evidence.page)
                self.shown.emit()

    def close(self) -> None:
        """End the drawing."""
        self._again = False
        if self._thread is not None:
            self._thread.stop()
            self._thread.wait()

    def _show(self, document: Document | None, page: int) -> None:
        self._document, self._page = document, page
        if document is not None:
            self._view.show_page(document.name, page, document.pages)
            self._draw()

    def _go_to(self, page: int) -> None:
        self._show(self._document, page)

    def _fit(self) -> None:
        """Draw the page anew in the room that there is now."""
        if self._document is not None and self._view.width_wanted != self._width:
            self._draw()

    def _draw(self) -> None:
        """Have it drawn, after what is being drawn was given up."""
        if not self._view.isVisible():
            self._width = 0  # when it is seen, its size is known
            return
        if self._thread is not None:
            self._again = True
            self._thread.stop()
            return
        assert self._document is not None
        self._width = self._view.width_wanted
        quote = self._quote if self._page == self._quote_page else ""
        self._thread = thread = PageThread(self._document, self._page, self._width, quote, self)
        thread.drawn.connect(self._take)
        thread.refused.connect(self._view.show_trouble)
        thread.finished.connect(self._finish)
        thread.start()

    def _take(self, picture: PagePicture) -> None:
        if not self._again:
            quoted = bool(self._quote) and self._page == self._quote_page
            self._view.show_picture(picture, quoted=quoted)

    def _finish(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.wait()
            thread.deleteLater()
        if self._again:
            self._again = False
            self._draw()
