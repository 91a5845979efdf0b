"""The window: what the user wants goes to the workbench, what happens there is drawn here."""

from collections.abc import Sequence
from dataclasses import replace
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
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMainWindow, QWidget

from rlm_desktop.documents.reading import ReadingProgress
from rlm_desktop.documents.sample import sample_questions
from rlm_desktop.errors import UsageError
from rlm_desktop.gui import style, words
from rlm_desktop.gui.call_passages import CallPassages
from rlm_desktop.gui.items.document_list import document_row, left_out_rows, unread_row
from rlm_desktop.gui.items.evidence_list import place
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.workbench import PATIENCE, Phase, Trouble, WayOut, Workbench
from rlm_desktop.runs.events import Evidence, Limits
from rlm_desktop.session import SERVER, can_be_followed
from rlm_desktop.settings import Settings

_PASSAGE = 2
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
        self._settings = settings
        self._settings_file = settings_file
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
        self._connect_run()
        CallPassages(workbench, self.views.run_view)
        self._connect_documents()
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
        try:
            samples = sample_questions(folder)
        except UsageError as error:
            self._show_trouble(Trouble(str(error)))
            return
        self.views.start.offer([(sample.document, sample.question) for sample in samples])
        self.views.start.show_samples(not self.workbench.documents.paths)

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
        views.runs.searched.connect(self._kept_runs.search)
        views.run_view.evidence_chosen.connect(self._show_passage)
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
        self._kept_runs.refused.connect(lambda text: self._show_trouble(Trouble(text)))

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
        session, started = self.workbench.model.session, self.views.run_view.run.started
        self.views.notice.show_addresses(
            session.address if session is not None else "", started.address if started else ""
        )

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

    def _show_passage(self, evidence: Evidence) -> None:
        found = self.workbench.passage(evidence)
        if found is not None:
            self.views.passage.show_passage(place(evidence), found.before, found.text, found.after)
            self.views.tabs.setCurrentIndex(_PASSAGE)

    # The documents

    def _connect_documents(self) -> None:
        documents, view = self.workbench.documents, self.views.documents
        view.added.connect(documents.add)
        view.removed.connect(documents.remove)
        documents.changed.connect(self._show_documents)
        documents.read.connect(self._show_documents)
        documents.read.connect(self._offer_follow_up)
        documents.changed.connect(self._offer_follow_up)
        documents.progressed.connect(self._show_reading)
        documents.changeable_changed.connect(view.set_changeable)
        documents.changeable_changed.connect(self.views.start.set_changeable)
        self.views.start.sample_chosen.connect(self._open_sample)

    def _show_documents(self) -> None:
        documents = self.workbench.documents
        collection = documents.collection
        view = self.views.documents
        self.views.start.show_samples(not documents.paths)
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
        self.views.documents.show_progress(text, progress.fraction)

    def _open_sample(self, document: Path, question: str) -> None:
        """Open a sample document, and leave it to the user to ask the question."""
        self.views.question.show_question(question)
        self.workbench.documents.add([document])

    def _add_documents_of_run(self) -> None:
        started = self.views.run_view.run.started
        if started is not None:
            paths = [Path(source.path) for source in started.sources]
            self.workbench.documents.add([path for path in paths if path.exists()])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.workbench.documents.add(_dropped(event))
        event.acceptProposedAction()

    # The model

    def _connect_model(self) -> None:
        model, picker = self.workbench.model, self.views.question.model
        picker.chosen.connect(self._use_model)
        picker.file_wanted.connect(self._choose_model_file)
        model.listed.connect(lambda: picker.show_models(model.models, model.name))
        model.progressed.connect(picker.show_progress)
        model.ready.connect(self._show_model_state)
        model.refused.connect(self._show_model_state)
        model.changeable_changed.connect(picker.box.setEnabled)
        if self._settings.server_address:
            picker.offer_server(SERVER, self._settings.server_address)
        picker.show_state(self.tr("not loaded yet"))

    def _show_model_state(self) -> None:
        picker, session = self.views.question.model, self.workbench.model.session
        if session is not None:
            picker.show_state(self.tr("✓ loaded"), Tone.GOOD)
            self._tell_notice()
        elif not self.workbench.model.loading:
            picker.show_state(self.tr("✗ not loaded"), Tone.BAD)
        self._show_notice()

    def _tell_notice(self) -> None:
        """Say once what is wrong with what is kept beside the runs; a run would hide it."""
        session = self.workbench.model.session
        notice = session.notice if session is not None else ""
        if notice and notice != self._told and self.workbench.phase is Phase.IDLE:
            self._told = notice
            self.views.errors.say(notice)

    def _use_model(self, name: str) -> None:
        if name != SERVER:  # which the settings name elsewhere
            self._set(replace(self._settings, model=name))
        self.workbench.model.use(name)
        self._show_notice()

    def _choose_model_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Use a GGUF file"), "", self.tr("Models (*.gguf)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.workbench.model.list_models(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # Troubles, actions, what is remembered

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
                    way_out=self._choose_model_file,
                )
            case WayOut.OPEN_DOCUMENTS_OF_RUN:
                errors.say(
                    trouble.text,
                    button=self.tr("Open its documents"),
                    way_out=self._add_documents_of_run,
                )
            case WayOut.STOP:
                errors.say(trouble.text, button=self.tr("Stop it"), way_out=self.workbench.stop)
            case None:
                errors.say(trouble.text)

    def _connect_actions(self) -> None:
        menus, views = self.menus, self.views
        menus.add_files.triggered.connect(views.documents.choose_files)
        menus.add_folder.triggered.connect(views.documents.choose_folder)
        menus.add_model.triggered.connect(self._choose_model_file)
        menus.quit.triggered.connect(self.close)
        menus.new.triggered.connect(self._new_question)
        menus.ask.triggered.connect(views.question.ask)
        menus.stop.triggered.connect(self.workbench.stop)
        menus.find_run.triggered.connect(views.runs.search.setFocus)
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
        self._set(replace(self._settings, theme=theme))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(theme, app)

    def _set(self, settings: Settings) -> None:
        self._settings = settings
        try:
            settings.write(self._settings_file)
        except OSError as error:
            self._show_trouble(Trouble(self.tr("the settings cannot be kept: {}").format(error)))

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
        self.workbench.close()
        self._kept_runs.wait(PATIENCE)
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))
