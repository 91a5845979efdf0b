"""The list of past runs: what the user does with it, with an undo, and how it is told."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from rlm_desktop.exporting.export_file import write_export
from rlm_desktop.gui.comparing import side_of
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.pdf_file import write_pdf
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.error_bar import ErrorBar
from rlm_desktop.gui.views.runs_view import RunsView
from rlm_desktop.gui.views.side_by_side import SideBySide
from rlm_desktop.runs.run import Run
from rlm_desktop.storage.run_store import RunStore


class KeptRunsControl(QObject):
    """Between the view of past runs, the thread that keeps their list, and the message bar."""

    def __init__(
        self, view: RunsView, thread: KeptRunsThread, bar: ErrorBar, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._thread = thread
        self._bar = bar
        self.comparison: SideBySide | None = None
        view.searched.connect(thread.search)
        view.renamed.connect(thread.rename)
        view.pinned.connect(thread.pin)
        view.trashed.connect(thread.trash)
        view.restored.connect(thread.restore)
        view.compared.connect(thread.compare)
        thread.compared.connect(self._show_both)
        thread.trashed.connect(self._offer_undo)
        thread.exported.connect(self._tell_export)
        thread.refused.connect(bar.say)

    def choose_export(self, number: int | None) -> None:
        """Let the user choose where to write a run to."""
        if number is None:
            self._bar.say(self.tr("there is no run to export: ask a question, or open a past run"))
            return
        suffixes = {
            self.tr("Web page (*.html)"): "html",
            self.tr("PDF (*.pdf)"): "pdf",
            self.tr("Markdown (*.md)"): "md",
            self.tr("JSON (*.json)"): "json",
            self.tr("Events (*.jsonl)"): "jsonl",
            self.tr("Log of rlms (*.rlms.jsonl)"): "rlms.jsonl",
        }
        dialog = QFileDialog(self._window, self.tr("Export the run"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(suffixes))
        dialog.setDefaultSuffix("html")
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(suffixes[kind]))
        dialog.selectFile(self.tr("run {}").format(number))
        dialog.fileSelected.connect(lambda name: self.export(number, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_log(self) -> None:
        """Let the user choose a log of rlms to look at."""
        kinds = self.tr("Logs of rlms (*.jsonl)")
        dialog = QFileDialog(self._window, self.tr("Import a log"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.bring(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def bring(self, path: Path) -> None:
        """Keep a log of rlms as a run, and look at it."""
        self._thread.bring(path)

    def export(self, number: int, path: Path) -> None:
        """Write a run to a file; the kind of export follows from how its name ends."""
        self._thread.export(number, path, _write)

    def _show_both(self, pair: list[tuple[int, Run]]) -> None:
        self.comparison = SideBySide(self.tr("Two runs"), self._window)
        self.comparison.show_sides(*(side_of(number, run) for number, run in pair))
        self.comparison.show()

    def _offer_undo(self, number: int) -> None:
        self._say(
            self.tr("Run {} is in the trash").format(number),
            self.tr("&Undo"),
            lambda: self._thread.restore(number),
        )

    def _tell_export(self, path: Path) -> None:
        self._say(
            self.tr("Written to {}").format(path),
            self.tr("&Open folder"),
            lambda: _open_folder(path.parent),
        )

    def _say(self, text: str, button: str, way_out: Callable[[], None]) -> None:
        self._bar.say(text, button=button, way_out=way_out, tone=Tone.PLAIN)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _write(store: RunStore, number: int, path: Path) -> None:
    happened = list(store.events(number))
    if path.suffix.lower() == ".pdf":
        write_pdf(path, Run.of(happened))
    else:
        write_export(path, number, Run.of(happened), happened)
