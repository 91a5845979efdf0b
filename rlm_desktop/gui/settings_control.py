"""The Settings window at work: every setting with its control; a change holds and is kept at once.

The model in use, its context and its layers are in the Models window, where their cost is told.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLabel, QMainWindow, QPushButton, QSpinBox

from rlm_desktop import places
from rlm_desktop.errors import UsageError
from rlm_desktop.gui.appearance import Appearance
from rlm_desktop.gui.commands import commands
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.menus import Menus
from rlm_desktop.gui.setting_boxes import SettingBoxes, choose
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.setting_row import SettingRow
from rlm_desktop.gui.views.settings_view import SettingsView


class SettingsControl(QObject):
    """Between the settings and their window, which is made when it is first wanted."""

    def __init__(
        self,
        settings: KeptSettings,
        menus: Menus,
        appearance: Appearance,
        kept_runs: KeptRunsThread,
        parent: QMainWindow,
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._settings = settings
        self._menus = menus
        self._appearance = appearance
        self._kept_runs = kept_runs
        self._boxes = SettingBoxes(settings, self._change, self)
        self.view: SettingsView | None = None
        menus.settings.triggered.connect(self.open)
        settings.refused.connect(self._refuse)
        kept_runs.all_trashed.connect(self._offer_undo)
        kept_runs.emptied.connect(self._tell_emptied)
        if settings.now.keep_days:
            kept_runs.forget_older(settings.now.keep_days)

    def open(self) -> None:
        """Show the window, or bring it to the front."""
        if self.view is None:
            self.view = view = SettingsView(self._parent)
            view.add_section(self.tr("Appearance"), self._of_appearance())
            view.add_section(self.tr("Questions"), self._of_questions())
            view.add_section(self.tr("Processor"), self._of_processor())
            view.add_section(self.tr("Privacy"), self._of_privacy())
            view.add_section(self.tr("A server of your own"), self._of_server())
            view.add_section(self.tr("Folders"), self._of_folders())
            view.add_section(self.tr("Keyboard"), self._of_keyboard())
        self.view.show()
        self.view.activateWindow()
        self.view.search.setFocus()

    def close(self) -> None:
        """Close the window."""
        if self.view is not None:
            self.view.close()

    # The sections

    def _of_appearance(self) -> list[SettingRow]:
        themes = QComboBox()
        for name, action in self._menus.themes.items():
            themes.addItem(action.text().replace("&", ""), name)
            # The menu chooses it too.
            action.toggled.connect(
                lambda on, name=name: choose(themes, name if on else themes.currentData())
            )
        choose(themes, self._settings.now.theme)
        themes.activated.connect(lambda _: self._menus.themes[themes.currentData()].trigger())
        points = QSpinBox()
        points.setRange(6, 30)
        points.setSuffix(self.tr(" pt"))
        points.setValue(round(self._parent.font().pointSizeF()))
        points.valueChanged.connect(self._appearance.use_points)
        return [
            SettingRow(self.tr("Theme"), self.tr("Light or dark, or as the system has it"), themes),
            SettingRow(
                self.tr("Language"),
                self.tr("Of the window, from the next start on; the model answers as it is asked"),
                self._boxes.language(),
            ),
            SettingRow(
                self.tr("Open with what was open last"),
                self.tr("The documents and the run, where the program starts without others"),
                self._boxes.check("reopen"),
            ),
            SettingRow(
                self.tr("Size of the text"),
                self.tr("In all windows. Ctrl++ and Ctrl+- change it too, Ctrl+0 resets it."),
                points,
            ),
        ]

    def _of_questions(self) -> list[SettingRow]:
        return [
            SettingRow(
                self.tr("Time for a question"),
                self.tr("When it is over, the best answer so far is given, and marked as forced"),
                self._boxes.number("max_minutes", self.tr(" minutes")),
            ),
            SettingRow(
                self.tr("Time for one program"),
                self.tr("A program of the model that computes longer is stopped and corrected"),
                self._boxes.number("program_seconds", self.tr(" seconds")),
            ),
            SettingRow(
                self.tr("Memory for programs"),
                self.tr("The programs of the model get no more; the document does not count"),
                self._boxes.number("sandbox_megabytes", self.tr(" MB")),
            ),
        ]

    def _of_processor(self) -> list[SettingRow]:
        models = QPushButton(self.tr("Open the Models window"))
        models.clicked.connect(self._menus.models.trigger)
        return [
            SettingRow(
                self.tr("Threads"),
                self.tr(
                    "How many the model computes with, from when it is loaded again. Fewer leave "
                    "more of the computer to you, and answers take longer."
                ),
                self._boxes.number("threads", "", self.tr("one for each core")),
            ),
            SettingRow(
                self.tr("Model, context, graphics card"),
                self.tr("With what each costs in memory, and a smaller model for sub-calls"),
                models,
                keep_name=True,
            ),
        ]

    def _of_privacy(self) -> list[SettingRow]:
        trash = QPushButton(self.tr("Move all to the trash"))
        trash.clicked.connect(self._kept_runs.trash_all)
        empty = QPushButton(self.tr("Empty the trash…"))
        empty.clicked.connect(self._ask_to_empty)
        return [
            SettingRow(
                self.tr("Keep past runs"),
                self.tr(
                    "A run is kept with its question, programs, what was read, and the answer. "
                    "Older ones are deleted when the program starts; those that are pinned stay."
                ),
                self._boxes.number("keep_days", self.tr(" days"), self.tr("for ever")),
            ),
            SettingRow(
                self.tr("All past runs"),
                self.tr("They can be taken out of the trash until it is emptied"),
                trash,
                keep_name=True,
            ),
            SettingRow(
                self.tr("Trash"),
                self.tr("Deletes what is in it for good, and overwrites it in the file"),
                empty,
                keep_name=True,
            ),
        ]

    def _of_server(self) -> list[SettingRow]:
        return [
            SettingRow(
                self.tr("Address"),
                self.tr(
                    "Of an OpenAI-compatible server, such as http://192.168.1.5:8080, from the "
                    "next start on. Then what is asked about is SENT TO IT, and each run says so. "
                    "Empty: nothing leaves this machine."
                ),
                self._boxes.line("server_address"),
            ),
            SettingRow(
                self.tr("Name of its model"),
                self.tr("Empty if the server has one only"),
                self._boxes.line("server_model"),
            ),
            SettingRow(
                self.tr("Tokens it takes at once"),
                self.tr("Needed only if the server does not tell"),
                self._boxes.number("server_window", "", self.tr("as it tells")),
            ),
        ]

    def _of_folders(self) -> list[SettingRow]:
        return [
            SettingRow(
                self.tr("Everything that is kept"),
                self.tr("{}: runs, models, settings. RLM_DESKTOP_HOME moves it.").format(
                    places.data()
                ),
                self._boxes.folder(places.data),
                keep_name=True,
            ),
            SettingRow(
                self.tr("Recipes of your own"),
                self.tr("{}: worked examples that the model follows, as Markdown files").format(
                    places.recipes()
                ),
                self._boxes.folder(places.recipes),
                keep_name=True,
            ),
        ]

    def _of_keyboard(self) -> list[SettingRow]:
        rows = []
        for command in commands(self._parent.menuBar()):
            if command.keys:
                keys = QLabel(command.keys)
                told = self.tr("In the menu {}").format(command.path)
                rows.append(SettingRow(command.name, told, keys))
        return rows

    # What is changed

    def _change(self, name: str, value: object) -> None:
        assert self.view is not None
        if getattr(self._settings.now, name) == value:
            return
        try:
            self._settings.change(**{name: value})
        except UsageError as error:
            self.view.errors.say(str(error))
        else:
            self.view.errors.dismiss()

    def _refuse(self, text: str) -> None:
        if self.view is not None:
            self.view.errors.say(text)

    # Past runs

    def _offer_undo(self, numbers: list[int]) -> None:
        if self.view is not None and numbers:
            self.view.errors.say(
                self.tr("{} runs are in the trash").format(len(numbers)),
                button=self.tr("&Undo"),
                way_out=lambda: self._kept_runs.restore(*numbers),
                tone=Tone.PLAIN,
            )

    def _ask_to_empty(self) -> None:
        """Nobody can give back what is overwritten: the one thing that is asked about."""
        assert self.view is not None
        self.view.errors.say(
            self.tr("What is in the trash will be deleted, and cannot be brought back."),
            button=self.tr("De&lete it"),
            way_out=self._kept_runs.empty_trash,
            tone=Tone.WARNING,
        )

    def _tell_emptied(self, runs: int) -> None:
        if self.view is not None:
            told = self.tr("{} runs were deleted for good").format(runs)
            self.view.errors.say(told, tone=Tone.PLAIN)
