"""Where documents are read: as text or table, and as the pages of a PDF."""

from PySide6.QtCore import QObject

from rlm_desktop.gui.document_control import DocumentControl
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.page_control import PageControl
from rlm_desktop.gui.troubles import Troubles
from rlm_desktop.runs.events import Evidence


class Viewers(QObject):
    """Connects the viewers with what chooses a place: passages, the strip, the list, the menu."""

    def __init__(
        self,
        documents: OpenDocuments,
        views: Layout,
        menus: Menus,
        troubles: Troubles,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._views = views
        self.text = text = DocumentControl(views.document, self)
        self.pages = pages = PageControl(views.page, self)
        views.run_view.evidence_chosen.connect(self._show_evidence)
        views.run_view.answer.place_chosen.connect(text.go_to_place)
        views.documents.opened.connect(text.open)
        views.documents.opened.connect(pages.open)
        documents.changed.connect(self._offer)
        documents.read.connect(self._offer)
        text.shown.connect(lambda: views.tabs.setCurrentWidget(views.document))
        text.missing.connect(troubles.miss_document)
        text.refused.connect(troubles.refuse)
        pages.available_changed.connect(lambda offered: views.offer_pages(offered=offered))
        pages.shown.connect(lambda: views.tabs.setCurrentWidget(views.page))
        find = views.document.find_bar
        menus.find.triggered.connect(lambda: views.tabs.setCurrentWidget(views.document))
        menus.find.triggered.connect(find.field.setFocus)
        menus.find_next.triggered.connect(find.go_next)
        menus.find_previous.triggered.connect(find.go_previous)

    def close(self) -> None:
        """End the threads and close the files."""
        self.text.close()
        self.pages.close()

    def _offer(self) -> None:
        for viewer in (self.text, self.pages):
            viewer.offer(self._documents.collection)

    def _show_evidence(self, evidence: Evidence) -> None:
        """In the text, and on its page where it has one."""
        ended = self._views.run_view.run.ended
        self.text.show_evidence(evidence, ended.evidence if ended is not None else ())
        self.pages.show_evidence(evidence)
