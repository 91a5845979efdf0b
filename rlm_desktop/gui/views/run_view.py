"""All that is seen of a run: the story, the answer, the programs, the calls."""

from PySide6.QtCore import QObject, Signal

from rlm_desktop.gui.code_page import CodePage
from rlm_desktop.gui.items.call_tree import CallTreeItems
from rlm_desktop.gui.story import Story
from rlm_desktop.gui.text_parts import Page
from rlm_desktop.gui.views.answer_view import AnswerView
from rlm_desktop.gui.views.calls_view import CallsView
from rlm_desktop.gui.views.code_view import CodeView
from rlm_desktop.gui.views.parts_view import PartsView
from rlm_desktop.runs.events import Event, RunEnded
from rlm_desktop.runs.run import Run


class RunView(QObject):
    """The views of one run, live or read back: both go through `add`.

    `refresh` draws what was added since the last time; the text views are slow to draw and are
    not drawn for each event.

    Signals:
        evidence_chosen: the Evidence that the user wants to see in its document.
    """

    evidence_chosen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items = CallTreeItems()
        self.story = PartsView(self.tr("Conversation"))
        self.code_view = CodeView()
        self.code = self.code_view.text
        self.calls = CallsView(self.items)
        self.answer = AnswerView()
        self.answer.evidence_chosen.connect(self.evidence_chosen)
        self._pages: dict[Page, tuple[PartsView, set[int]]] = {}
        self._touched: set[str] = set()
        self._end: RunEnded | None = None
        self._begin_pages()

    @property
    def run(self) -> Run:
        """The run that is shown."""
        return self.items.run

    def clear(self) -> None:
        """Show no run."""
        self.items.clear()
        self.answer.clear()
        for view in (self.story, self.code):
            view.show_parts([])
        self._begin_pages()

    def tick(self, seconds: float) -> None:
        """What is added from now on happened so many seconds after the run began."""
        self.items.figures.now = seconds

    def add(self, event: Event) -> None:
        """Take in the next event."""
        self.items.add(event)
        for page, (_, changed) in self._pages.items():
            changed |= page.add(event, self.run)
        path = getattr(event, "path", None)
        if path is not None:
            self._touched.add(path)
        if isinstance(event, RunEnded):
            self._end = event

    def refresh(self) -> None:
        """Draw what was added."""
        self.items.refresh()
        for page, (view, changed) in self._pages.items():
            if changed:
                view.update_parts(page.parts, changed)
                changed.clear()
        self.code_view.refresh()
        self.calls.refresh(self._touched)
        self._touched.clear()
        if self._end is not None:
            self.answer.show_end(self._end, self.run)
            self._end = None

    def _begin_pages(self) -> None:
        programs = CodePage()
        self.code_view.show_page(programs)
        self._pages = {
            Story(): (self.story, set()),
            programs: (self.code, set()),
        }
        self._touched = set()
        self._end = None
