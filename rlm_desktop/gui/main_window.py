"""The window: what the user wants goes to the workbench, what happens there is drawn here."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QMainWindow

from rlm_desktop.gui import last_time
from rlm_desktop.gui.appearance import Appearance
from rlm_desktop.gui.call_passages import CallPassages
from rlm_desktop.gui.documents_control import DocumentsControl
from rlm_desktop.gui.first_page import FirstPage
from rlm_desktop.gui.kept_runs_control import KeptRunsControl
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.local_files import local_files
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.model_control import ModelControl
from rlm_desktop.gui.models_control import ModelsControl
from rlm_desktop.gui.palette_control import PaletteControl
from rlm_desktop.gui.plain_chat import PlainChat
from rlm_desktop.gui.recent_files import RecentFiles
from rlm_desktop.gui.run_control import RunControl
from rlm_desktop.gui.settings_control import SettingsControl
from rlm_desktop.gui.troubles import Troubles
from rlm_desktop.gui.viewers import Viewers
from rlm_desktop.gui.workbench import PATIENCE, Phase, Trouble, WayOut, Workbench
from rlm_desktop.runs.events import Limits
from rlm_desktop.runs.run import Turn
from rlm_desktop.session import can_be_followed
from rlm_desktop.settings import Settings


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
        self._number: int | None = None
        self.setWindowTitle("RLM Desktop")
        self.setAcceptDrops(True)
        self.views = Layout()
        self.views.question.offer_minutes(settings.max_minutes)
        self.setCentralWidget(self.views)
        self.menus = Menus(self, settings.theme)
        self.palette_of_commands = PaletteControl(self, self.views)
        self.documents = DocumentsControl(
            workbench.documents, self.views.documents, self.views.start, self
        )
        self.model = ModelControl(workbench.model, self.views.question.model, self._settings, self)
        self.models = ModelsControl(workbench.model, self._settings, self.menus.models, self)
        self.first = FirstPage(workbench.model, self.model, self.models, self.views.start, self)
        self.troubles = Troubles(
            self.views.errors,
            {
                WayOut.READ_AGAIN: workbench.documents.read_again,
                WayOut.ADD_DOCUMENTS: self.views.documents.choose_files,
                WayOut.CHOOSE_MODEL: self.model.choose_file,
                WayOut.GET_MODEL: self.first.get_in_view,
                WayOut.ASK_AGAIN: self._ask_again,
                WayOut.OPEN_DOCUMENTS_OF_RUN: self._open_documents_of_run,
                WayOut.STOP: workbench.stop,
            },
            self,
        )
        self._connect_run()
        self.run_control = RunControl(workbench, self.views, self.menus, self)
        self.viewers = Viewers(workbench.documents, self.views, self.menus, self.troubles, self)
        self.plain_chat = PlainChat(workbench, self.views, self.menus, self.troubles, self)
        CallPassages(workbench, self.views.run_view)
        self._connect_documents()
        self._connect_model()
        self._connect_actions()
        self._restore()
        self.views.welcome()
        kept_runs.start()
        kept_runs.search()
        workbench.model.list_models()
        self.views.question.box.setFocus()

    def begin(self, files: Sequence[Path] = (), run: int | None = None) -> None:
        """Load the model, open these documents, and show a kept run if one is given."""
        self.workbench.model.use(self.workbench.model.name)
        self.workbench.documents.add(files)
        if run is not None:
            self.workbench.show_kept(run)

    def begin_as_last_time(self) -> None:
        """Load the model, with the documents and the run that were open when it was closed."""
        if not self._settings.now.reopen:
            self.begin()
            return
        self.begin(last_time.documents(self._kept))
        if (run := last_time.run(self._kept)) is not None:
            self.workbench.show_kept(run, may_be_gone=True)

    def offer_samples(self, folder: Path) -> None:
        """Offer the sample documents in a folder; they are seen while no document is open."""
        self.documents.offer_samples(folder)

    # The run

    def _connect_run(self) -> None:
        workbench, views = self.workbench, self.views
        views.question.asked.connect(self._ask)
        views.runs.chosen.connect(workbench.show_kept)
        self.menus.depart.triggered.connect(views.run_view.code_view.again.trigger)
        views.run_view.code_view.departed.connect(self._depart)
        workbench.began.connect(self._begin)
        workbench.flushed.connect(self._show_notice)
        workbench.ended.connect(self._end)
        workbench.trouble.connect(self.troubles.say)
        workbench.crashed.connect(self.troubles.say_bug)
        self._kept_runs.listed.connect(self._show_runs)
        self.kept_runs = KeptRunsControl(views.runs, self._kept_runs, views.errors, self)
        self.menus.bring.triggered.connect(self.kept_runs.choose_log)
        self._kept_runs.brought.connect(workbench.show_kept)
        self.menus.export.triggered.connect(lambda: self.kept_runs.choose_export(self._number))

    def _ask(self, question: str, limits: object, follows: bool) -> None:  # noqa: FBT001 - a slot
        assert isinstance(limits, Limits)
        self.workbench.ask(question, limits, self._number if follows else None)

    def _depart(self, turn: object) -> None:
        assert isinstance(turn, Turn)
        if self._number is not None:
            limits = self.views.question.limits.currentData()
            self.workbench.depart(self._number, self.views.run_view.run, turn, limits)

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
        self.viewers.text.forget_evidence()
        self.views.begin_run()
        self._show_notice()
        if self.workbench.phase is Phase.RUNNING:
            self._kept_runs.search()

    def _ask_again(self) -> None:
        """Put the question of the run that is shown into the box, over its documents."""
        run = self.views.run_view.run
        if run.started is not None:
            # A question that followed up on another must be understood alone now.
            self.views.question.show_question(run.written_out or run.started.question)
            self.views.question.follows.setChecked(False)
            self.documents.open_instead(run.started.sources)

    def _end(self) -> None:
        run = self.views.run_view.run
        if run.started is not None and run.ended is None:
            told = self.tr(
                "this run was interrupted: the program, or the computer, ended before it"
            )
            self.troubles.say(Trouble(told, WayOut.ASK_AGAIN))
        self.views.question.follows.setChecked(True)
        self._tell_notice()
        self._offer_follow_up()
        self.views.runs.search_again()

    def _show_notice(self) -> None:
        """Say where texts are sent to, as long as that is so, and where those of this run were."""
        started = self.views.run_view.run.started
        address = self.model.address
        self.views.notice.show_addresses(address, started.address if started else "")
        self.views.start.proof.setVisible(not address)

    def _show_runs(self, runs: object) -> None:
        assert isinstance(runs, list)
        self.views.runs.show_runs(runs)
        if self._number is not None:
            self.views.runs.mark(self._number)

    # The documents

    def _connect_documents(self) -> None:
        documents = self.workbench.documents
        self.documents.question_offered.connect(self.views.question.show_question)
        self.documents.refused.connect(self.troubles.refuse)
        self.documents.watching.changed.connect(self.troubles.tell_changed)
        recent = RecentFiles(self.menus.recent, self._kept, documents.add)
        documents.read.connect(lambda: recent.note(documents.paths))
        documents.read.connect(self._offer_follow_up)
        documents.changed.connect(self._offer_follow_up)

    def _open_documents_of_run(self) -> None:
        started = self.views.run_view.run.started
        if started is not None:
            self.documents.open_sources(started.sources)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.workbench.documents.add(local_files(event.mimeData()))
        event.acceptProposedAction()

    # The model

    def _connect_model(self) -> None:
        self.model.changed.connect(self._show_notice)
        self.model.changed.connect(self._tell_notice)
        self._settings.refused.connect(self.troubles.refuse)

    def _tell_notice(self) -> None:
        """Say once what is wrong with what is kept beside the runs; a run would hide it."""
        if self.workbench.phase is Phase.IDLE:
            self.troubles.say_once(self.model.notice)

    # Troubles, actions, what is remembered

    def _connect_actions(self) -> None:
        menus, views = self.menus, self.views
        menus.add_files.triggered.connect(views.documents.choose_files)
        menus.add_folder.triggered.connect(views.documents.choose_folder)
        menus.paste.triggered.connect(self.documents.paste)
        menus.add_model.triggered.connect(self.model.choose_file)
        menus.quit.triggered.connect(self.close)
        menus.new.triggered.connect(self._new_question)
        menus.ask_again.triggered.connect(self._ask_again)
        menus.find_run.triggered.connect(views.runs.search.setFocus)
        menus.commands.triggered.connect(self.palette_of_commands.open)
        menus.next_pane.triggered.connect(views.next_pane)
        for number, action in enumerate(menus.tabs):
            action.triggered.connect(
                lambda _checked, number=number: views.tabs.setCurrentIndex(number)
            )

    def _new_question(self) -> None:
        if self.workbench.phase is Phase.IDLE:
            self._number = None
            self.views.welcome()
            self._offer_follow_up()
            self.run_control.status.show_facts()
            self._show_notice()
        self.views.question.box.setFocus()
        self.views.question.box.selectAll()

    def _restore(self) -> None:
        self.views.restore(self._kept)
        self.appearance = Appearance(self.views, self.menus, self._settings, self._kept)
        self.settings = SettingsControl(
            self._settings, self.menus, self.appearance, self._kept_runs, self
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        last_time.keep(self._kept, self.workbench.documents.paths, self._number)
        self.views.keep(self._kept)
        self._kept.sync()
        self._kept_runs.close()
        self.viewers.close()
        self.plain_chat.close()
        self.models.close()
        self.settings.close()
        self.first.close()
        self.run_control.close()
        self.workbench.close()
        self._kept_runs.wait(PATIENCE)
        super().closeEvent(event)
