"""The window: what the user wants goes to the workbench, what happens there is drawn here."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QByteArray, QSettings, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from rlm_desktop.gui import style, words
from rlm_desktop.gui.call_passages import CallPassages
from rlm_desktop.gui.document_control import DocumentControl
from rlm_desktop.gui.documents_control import DocumentsControl
from rlm_desktop.gui.kept_runs_control import KeptRunsControl
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.model_control import ModelControl
from rlm_desktop.gui.palette_control import PaletteControl
from rlm_desktop.gui.workbench import PATIENCE, Phase, Trouble, WayOut, Workbench
from rlm_desktop.runs.events import Evidence, Limits
from rlm_desktop.session import can_be_followed
from rlm_desktop.settings import Settings

#: Milliseconds between two updates of the elapsed time.
_TICK = 500


class MainWindow(QMainWindow):
    """Holds the views together; owns the workbench and ends it when it closes."""

    def __init__(
        self,
        workbench: Workbench,
        kept_runs: KeptRunsThread,
        settings: Settings,
        settings_file: Path,
        kept: QSettings,
    ) -> None:
        super().__init__()
        self.workbench = workbench
        self._kept_runs = kept_runs
        self._settings = KeptSettings(settings, settings_file, self)
        self._kept = kept
        self._began: float | None = None
        self._told = ""
        self._number: int | None = None
        self.setWindowTitle("RLM Desktop")
        self.setAcceptDrops(True)
        self.views = Layout()
        self.views.question.offer_minutes(settings.max_minutes)
        self.setCentralWidget(self.views)
        self.menus = Menus(self, settings.theme)
        self._phase_label, self._facts_label = QLabel(), QLabel()
        self._phase_label.setAccessibleName(self.tr("What goes on"))
        self._facts_label.setAccessibleName(self.tr("Time and calls"))
        self._phase_label.setContentsMargins(8, 0, 0, 0)
        self.statusBar().addWidget(self._phase_label, 1)
        self.statusBar().addPermanentWidget(self._facts_label)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._show_facts)
        self.viewer = DocumentControl(self.views.document, self)
        self.palette_of_commands = PaletteControl(self, self.views)
        self._connect_run()
        CallPassages(workbench, self.views.run_view)
        self._connect_documents()
        self._connect_viewer()
        self._connect_model()
        self._connect_actions()
        self._restore()
        self.views.welcome()
        kept_runs.start()
        kept_runs.search()
        workbench.model.list_models()
        self._show_phase(Phase.IDLE)
        self.views.question.box.setFocus()

    def begin(self, files: Sequence[Path] = (), run: int | None = None) -> None:
        """Load the model, open these documents, and show a kept run if one is given."""
        self.workbench.model.use(self.workbench.model.name)
        self.workbench.documents.add(files)
        if run is not None:
            self.workbench.show_kept(run)

    def offer_samples(self, folder: Path) -> None:
        """Offer the sample documents in a folder; they are seen while no document is open."""
        self.documents.offer_samples(folder)

    def show_bug(self, trace: str) -> None:
        """Show the traceback of a bug; the window goes on where it can."""
        self.views.errors.say(
            self.tr("Something went wrong inside the program. What was done so far is kept."),
            details=trace,
            button=self.tr("Copy details"),
            way_out=lambda: QGuiApplication.clipboard().setText(trace),
        )

    # The run

    def _connect_run(self) -> None:
        workbench, views = self.workbench, self.views
        views.question.asked.connect(self._ask)
        views.question.stopped.connect(workbench.stop)
        views.runs.chosen.connect(workbench.show_kept)
        workbench.phase_changed.connect(self._show_phase)
        workbench.began.connect(self._begin)
        workbench.ticked.connect(views.run_view.tick)
        workbench.happened.connect(views.run_view.add)
        workbench.flushed.connect(views.run_view.refresh)
        workbench.flushed.connect(self._show_facts)
        workbench.flushed.connect(self._show_notice)
        workbench.ended.connect(self._end)
        workbench.trouble.connect(self._show_trouble)
        workbench.crashed.connect(self.show_bug)
        self._kept_runs.listed.connect(self._show_runs)
        self.kept_runs = KeptRunsControl(views.runs, self._kept_runs, views.errors, self)
        self.menus.export.triggered.connect(lambda: self.kept_runs.choose_export(self._number))

    def _ask(self, question: str, limits: object, follows: bool) -> None:  # noqa: FBT001 - a slot
        assert isinstance(limits, Limits)
        self.workbench.ask(question, limits, self._number if follows else None)

    def _offer_follow_up(self) -> None:
        """A question may follow up on the answer that is shown, if its documents are open."""
        run, documents = self.views.run_view.run, self.workbench.documents
        offered = (
            self._number is not None
            and documents.collection is not None
            and not documents.reading
            and can_be_followed(run, documents.collection)
        )
        self.views.question.offer_follow_up(offered=offered)

    def _begin(self, number: int) -> None:
        self._number = number
        self.views.errors.dismiss()
        self.viewer.forget_evidence()
        self.views.begin_run()
        self._show_notice()
        if self.workbench.phase is Phase.RUNNING:
            self._began = monotonic()
            self._clock.start()
            self._kept_runs.search()

    def _end(self) -> None:
        self._clock.stop()
        if self._began is not None:
            self._announce(self.tr("The run has ended"))
        self._began = None
        self._tell_notice()
        self._show_facts()
        self._offer_follow_up()
        self.views.runs.search_again()

    def _show_notice(self) -> None:
        """Say where texts are sent to, as long as that is so, and where those of this run were."""
        started = self.views.run_view.run.started
        self.views.notice.show_addresses(self.model.address, started.address if started else "")

    def _announce(self, text: str) -> None:
        """Have a screen reader say something, at its next pause."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _show_phase(self, phase: Phase) -> None:
        text = {
            Phase.IDLE: self.tr("Ready"),
            Phase.WAITING: self.tr("Waiting for the model and the documents; then it begins"),
            Phase.RUNNING: self.tr("Running …"),
            Phase.STOPPING: self.tr("Stopping …"),
            Phase.OPENING: self.tr("Opening a past run …"),
        }[phase]
        self._phase_label.setText(text)
        self.views.question.set_running(running=phase is not Phase.IDLE)
        self.menus.ask.setEnabled(phase is Phase.IDLE)
        self.menus.stop.setEnabled(phase is not Phase.IDLE)

    def _show_facts(self) -> None:
        run = self.views.run_view.run
        if run.started is None:
            self._facts_label.clear()
            return
        seconds = 0.0
        if self._began is not None:
            seconds = monotonic() - self._began
        elif run.ended is not None:
            seconds = run.ended.seconds
        usage = run.usage
        facts = (
            words.seconds(seconds),
            words.calls(run.calls),
            words.tokens(usage.prompt_tokens + usage.reply_tokens),
        )
        self._facts_label.setText(" · ".join(facts))

    def _show_runs(self, runs: object) -> None:
        assert isinstance(runs, list)
        self.views.runs.show_runs(runs)
        if self._number is not None:
            self.views.runs.mark(self._number)

    # The viewer

    def _connect_viewer(self) -> None:
        viewer, views, menus = self.viewer, self.views, self.menus
        documents, find = self.workbench.documents, self.views.document.find_bar
        views.run_view.evidence_chosen.connect(self._show_evidence)
        views.run_view.answer.place_chosen.connect(viewer.go_to_place)
        views.documents.opened.connect(viewer.open)
        documents.changed.connect(lambda: viewer.offer(documents.collection))
        documents.read.connect(lambda: viewer.offer(documents.collection))
        viewer.shown.connect(lambda: views.tabs.setCurrentWidget(views.document))
        viewer.missing.connect(self._miss_document)
        viewer.refused.connect(self._refuse)
        menus.find.triggered.connect(lambda: views.tabs.setCurrentWidget(views.document))
        menus.find.triggered.connect(find.field.setFocus)
        menus.find_next.triggered.connect(find.go_next)
        menus.find_previous.triggered.connect(find.go_previous)

    def _show_evidence(self, evidence: Evidence) -> None:
        ended = self.views.run_view.run.ended
        self.viewer.show_evidence(evidence, ended.evidence if ended is not None else ())

    def _miss_document(self, name: str) -> None:
        text = self.tr("the passage is in {}, which is not open, or has changed since")
        self._show_trouble(Trouble(text.format(name), WayOut.OPEN_DOCUMENTS_OF_RUN))

    # The documents

    def _connect_documents(self) -> None:
        documents = self.workbench.documents
        self.documents = DocumentsControl(documents, self.views.documents, self.views.start, self)
        self.documents.question_offered.connect(self.views.question.show_question)
        self.documents.refused.connect(self._refuse)
        documents.read.connect(self._offer_follow_up)
        documents.changed.connect(self._offer_follow_up)

    def _open_documents_of_run(self) -> None:
        started = self.views.run_view.run.started
        if started is not None:
            self.documents.open_sources(started.sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.workbench.documents.add(_dropped(event))
        event.acceptProposedAction()

    # The model

    def _connect_model(self) -> None:
        picker = self.views.question.model
        self.model = ModelControl(self.workbench.model, picker, self._settings, self)
        self.model.changed.connect(self._show_notice)
        self.model.changed.connect(self._tell_notice)
        self._settings.refused.connect(self._refuse)

    def _tell_notice(self) -> None:
        """Say once what is wrong with what is kept beside the runs; a run would hide it."""
        notice = self.model.notice
        if notice and notice != self._told and self.workbench.phase is Phase.IDLE:
            self._told = notice
            self.views.errors.say(notice)

    # Troubles, actions, what is remembered

    def _refuse(self, text: str) -> None:
        self._show_trouble(Trouble(text))

    def _show_trouble(self, trouble: Trouble) -> None:
        errors, documents = self.views.errors, self.views.documents
        match trouble.way_out:
            case WayOut.ADD_DOCUMENTS:
                errors.say(
                    trouble.text, button=self.tr("Add files…"), way_out=documents.choose_files
                )
            case WayOut.CHOOSE_MODEL:
                errors.say(
                    trouble.text,
                    button=self.tr("Use a GGUF file…"),
                    way_out=self.model.choose_file,
                )
            case WayOut.OPEN_DOCUMENTS_OF_RUN:
                errors.say(
                    trouble.text,
                    button=self.tr("Open its documents"),
                    way_out=self._open_documents_of_run,
                )
            case WayOut.STOP:
                errors.say(trouble.text, button=self.tr("Stop it"), way_out=self.workbench.stop)
            case None:
                errors.say(trouble.text)

    def _connect_actions(self) -> None:
        menus, views = self.menus, self.views
        menus.add_files.triggered.connect(views.documents.choose_files)
        menus.add_folder.triggered.connect(views.documents.choose_folder)
        menus.add_model.triggered.connect(self.model.choose_file)
        menus.quit.triggered.connect(self.close)
        menus.new.triggered.connect(self._new_question)
        menus.ask.triggered.connect(views.question.ask)
        menus.stop.triggered.connect(self.workbench.stop)
        menus.find_run.triggered.connect(views.runs.search.setFocus)
        menus.commands.triggered.connect(self.palette_of_commands.open)
        menus.next_pane.triggered.connect(self._next_pane)
        menus.larger.triggered.connect(lambda: self._zoom(1))
        menus.smaller.triggered.connect(lambda: self._zoom(-1))
        menus.normal.triggered.connect(lambda: self._zoom(0))
        menus.on_theme(self._use_theme)
        for number, action in enumerate(menus.tabs):
            action.triggered.connect(
                lambda _checked, number=number: views.tabs.setCurrentIndex(number)
            )

    def _new_question(self) -> None:
        if self.workbench.phase is Phase.IDLE:
            self._number = None
            self.views.welcome()
            self._offer_follow_up()
            self._show_facts()
            self._show_notice()
        self.views.question.box.setFocus()
        self.views.question.box.selectAll()

    def _next_pane(self) -> None:
        panes = self.views.panes
        here = next((n for n, pane in enumerate(panes) if _holds_focus(pane)), -1)
        panes[(here + 1) % len(panes)].setFocus()

    def _zoom(self, step: int) -> None:
        """Make all text larger (1), smaller (-1), or as the system has it (0)."""
        style.zoom(step)
        self._kept.setValue("points", QApplication.font().pointSizeF() if step else None)

    def _use_theme(self, theme: str) -> None:
        self._settings.change(theme=theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(theme, app)

    def _restore(self) -> None:
        self.resize(1280, 760)
        geometry = self._kept.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.views.restore(self._kept)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._kept.setValue("geometry", self.saveGeometry())
        self.views.keep(self._kept)
        self._kept.sync()
        self._kept_runs.close()
        self.viewer.close()
        self.workbench.close()
        self._kept_runs.wait(PATIENCE)
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))
