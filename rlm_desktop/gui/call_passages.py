"""From a call to the place in the documents where the text stands that it was given."""

from PySide6.QtCore import QObject

from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.gui.workbench import Phase, Trouble, WayOut, Workbench
from rlm_desktop.runs.evidence import quoted


class CallPassages(QObject):
    """Shows the piece of a call as the passages of an answer are shown."""

    def __init__(self, workbench: Workbench, run_view: RunView) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._run_view = run_view
        run_view.calls.passage_wanted.connect(self.show_passage)

    def show_passage(self, start: int, text: str) -> None:
        """Show this text, which stands at `start` of all documents together."""
        if self._workbench.phase is not Phase.IDLE:
            # The run reads the documents, which are for one thread at a time.
            self._say(self.tr("the document can be shown when the run is over"), WayOut.STOP)
            return
        collection = self._workbench.documents.collection
        try:
            if collection is not None and collection.stands_at(start, text):
                evidence = quoted(collection, (start, start + len(text)))
                self._run_view.evidence_chosen.emit(evidence)
                return
        except DocumentError as error:
            self._workbench.trouble.emit(Trouble(str(error)))
            return
        self._say(
            self.tr("the documents of this run are not open, or have changed since"),
            WayOut.OPEN_DOCUMENTS_OF_RUN,
        )

    def _say(self, text: str, way_out: WayOut) -> None:
        self._workbench.trouble.emit(Trouble(text, way_out))
