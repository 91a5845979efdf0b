"""The views of the window, put together, and where the user left their borders."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import (
    QApplication,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.views.document_view import DocumentView
from rlm_desktop.gui.views.documents_view import DocumentsView
from rlm_desktop.gui.views.error_bar import ErrorBar
from rlm_desktop.gui.views.notice_bar import NoticeBar
from rlm_desktop.gui.views.page_view import PageView
from rlm_desktop.gui.views.question_view import QuestionView
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.gui.views.runs_view import RunsView
from rlm_desktop.gui.views.welcome_view import WelcomeView

#: Counts up when splitters come or go, so that old states are not applied to new ones.
_VERSION = 1


class Layout(QSplitter):
    """Sidebar; welcome or conversation, and answer; programs, calls, document; and the question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.documents = DocumentsView()
        self.runs = RunsView()
        self.question = QuestionView()
        self.notice = NoticeBar()
        self.errors = ErrorBar()
        self.start = WelcomeView()
        self.run_view = RunView(self)
        self.document = DocumentView()
        self.page = PageView()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Details of the run"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.run_view.code_view, self.tr("Code"))
        self.tabs.addTab(self.run_view.calls, self.tr("Calls"))
        self.tabs.addTab(self.document, self.tr("Document"))
        self.tabs.addTab(self.page, self.tr("Page"))
        self.offer_pages(offered=False)
        for number in range(self.tabs.count()):
            self.tabs.setTabToolTip(number, f"Ctrl+{number + 1}")
        self._sidebar = sidebar = _splitter(Qt.Orientation.Vertical, self.documents, self.runs)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.run_view.story)
        told = _splitter(Qt.Orientation.Vertical, self.pages, self.run_view.answer)
        told.setStretchFactor(0, 2)
        told.setStretchFactor(1, 3)
        self._seen = seen = _splitter(Qt.Orientation.Horizontal, told, self.tabs)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(8, 8, 8, 0)
        column.addWidget(self.notice)
        column.addWidget(self.errors)
        column.addWidget(seen, 1)
        right = _splitter(Qt.Orientation.Vertical, above, self.question)
        right.setStretchFactor(0, 1)
        self.addWidget(sidebar)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)
        self._splitters = {
            "window": self,
            "sidebar": sidebar,
            "told": told,
            "seen": seen,
            "right": right,
            "calls": self.run_view.calls.splitter,
        }
        self.setSizes([270, 1010])
        sidebar.setSizes([300, 360])
        seen.setSizes([520, 480])
        right.setSizes([580, 110])

    def restore(self, kept: QSettings) -> None:
        """Put the window and its borders where the user left them."""
        self.window().resize(1280, 760)
        geometry = kept.value("geometry")
        if isinstance(geometry, QByteArray):
            self.window().restoreGeometry(geometry)
        for name, splitter in self._splitters.items():
            state = kept.value(f"splitters{_VERSION}/{name}")
            if state is not None:
                splitter.restoreState(state)
        self.document.form.restore(kept)

    def keep(self, kept: QSettings) -> None:
        """Remember where the window and its borders are."""
        kept.setValue("geometry", self.window().saveGeometry())
        for name, splitter in self._splitters.items():
            kept.setValue(f"splitters{_VERSION}/{name}", splitter.saveState())
        self.document.form.keep(kept)

    def offer_pages(self, *, offered: bool) -> None:
        """Whether there is a page to look at: only PDFs have pages."""
        self.tabs.setTabVisible(self.tabs.indexOf(self.page), offered)

    def show_parts(self, *, sidebar: bool, programs: bool, wide: bool) -> None:
        """Whether the sidebar is shown, the programs and calls, and these wider than the rest."""
        self._sidebar.setVisible(sidebar)
        for view in (self.run_view.code_view, self.run_view.calls):
            self.tabs.setTabVisible(self.tabs.indexOf(view), programs)
        if wide:
            whole = sum(self._seen.sizes())
            self._seen.setSizes([whole * 2 // 5, whole * 3 // 5])

    def welcome(self) -> None:
        """Show no run, but how to begin one."""
        self._clear()
        self.pages.setCurrentWidget(self.start)

    def begin_run(self) -> None:
        """Show a run, of which nothing has happened yet."""
        self._clear()
        self.pages.setCurrentWidget(self.run_view.story)

    def next_pane(self) -> None:
        """Go to the next of the panes that are seen."""
        panes = self.panes
        here = next((n for n, pane in enumerate(panes) if _holds_focus(pane)), -1)
        panes[(here + 1) % len(panes)].setFocus()

    @property
    def panes(self) -> list[QWidget]:
        """What F6 goes through."""
        told = self.run_view.story
        panes = [
            self.question.box,
            self.documents.list,
            self.runs.list,
            told if self.pages.currentWidget() is told else self.start,
            self.tabs.currentWidget(),
        ]
        return [pane for pane in panes if pane.isVisible()]

    def _clear(self) -> None:
        self.run_view.clear()


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def _holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))
