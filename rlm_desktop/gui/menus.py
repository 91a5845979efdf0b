"""The menus: every action of the window by name, with its key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)


class Menus:
    """Builds the menu bar of a window. What the actions do is connected by the window."""

    def __init__(self, window: QMainWindow, theme: str) -> None:
        self._window = window
        standard = QKeySequence.StandardKey
        documents = window.menuBar().addMenu(_tr("&File"))
        self.add_files = self._action(documents, _tr("Add &files…"), standard.Open)
        self.add_folder = self._action(documents, _tr("Add f&older…"), "Ctrl+Shift+O")
        self.paste = self._action(documents, _tr("&Paste files"), "Ctrl+Shift+V")
        self.recent = documents.addMenu(_tr("&Recent"))
        self.add_model = self._action(documents, _tr("Use another &GGUF file…"))
        self.models = self._action(documents, _tr("&Models…"), "Ctrl+M")
        documents.addSeparator()
        self.export = self._action(documents, _tr("&Export the run…"), "Ctrl+E")
        self.bring = self._action(documents, _tr("&Import a log of rlms…"))
        self.settings = self._action(documents, _tr("&Settings…"), "Ctrl+,")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        documents.addSeparator()
        self.quit = self._action(documents, _tr("&Quit"), "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        run = window.menuBar().addMenu(_tr("&Run"))
        self.new = self._action(run, _tr("&New question"), standard.New)
        self.ask = self._action(run, _tr("&Ask"), "Ctrl+Return")
        self.ask_again = self._action(run, _tr("Ask a&gain, or change it"), "Ctrl+R")
        self.depart = self._action(run, _tr("Go another &way from this program"), "Ctrl+Shift+R")
        self.hold = self._action(run, _tr("&Pause, or go on"), "Ctrl+Alt+P")
        self.answer_now = self._action(run, _tr("Answer with what you &have"), "Ctrl+Shift+Return")
        self.stop = self._action(run, _tr("&Stop"), "Ctrl+.")
        run.addSeparator()
        self.plain_chat = self._action(run, _tr("&Compare with plain chat"))
        self.find_run = self._action(run, _tr("&Find a past run"), standard.Find)
        view = window.menuBar().addMenu(_tr("&View"))
        self.tabs = [
            self._action(view, _tr("&Code"), "Ctrl+1"),
            self._action(view, _tr("C&alls"), "Ctrl+2"),
            self._action(view, _tr("&Document"), "Ctrl+3"),
            self._action(view, _tr("Pa&ge of a PDF"), "Ctrl+4"),
        ]
        view.addSeparator()
        self.find = self._action(view, _tr("&Find in the document"), "Ctrl+Shift+F")
        self.find_next = self._action(view, _tr("Find n&ext"), standard.FindNext)
        self.find_previous = self._action(view, _tr("Find p&revious"), standard.FindPrevious)
        view.addSeparator()
        self.commands = self._action(view, _tr("Co&mmands…"), "Ctrl+K")
        self.next_pane = self._action(view, _tr("&Next pane"), "F6")
        self.larger = self._action(view, _tr("&Larger text"), "Ctrl++")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._action(view, _tr("&Smaller text"), "Ctrl+-")
        self.normal = self._action(view, _tr("N&ormal text"), "Ctrl+0")
        view.addSeparator()
        self.presets = self._choices(
            view.addMenu(_tr("Show")),
            (
                ("simple", _tr("&Simple: conversation and document"), "Ctrl+Alt+1"),
                ("full", _tr("&Full"), "Ctrl+Alt+2"),
                ("expert", _tr("&Expert: programs and calls wide, no sidebar"), "Ctrl+Alt+3"),
            ),
            "full",
        )
        self.read_answer = self._action(view, _tr("&Read the answer in full screen"), "F11")
        self.themes = self._choices(
            view.addMenu(_tr("&Theme")),
            (
                ("system", _tr("As the &system"), None),
                ("light", _tr("&Light"), None),
                ("dark", _tr("&Dark"), None),
            ),
            theme,
        )

    def on_theme(self, use: Callable[[str], None]) -> None:
        """Call `use` with the name of the theme that the user chooses."""
        for name, action in self.themes.items():
            action.triggered.connect(lambda _checked, name=name: use(name))

    def _action(
        self, menu: QMenu, text: str, key: QKeySequence.StandardKey | str | None = None
    ) -> QAction:
        action = QAction(text, self._window)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        menu.addAction(action)
        return action

    def _choices(
        self, menu: QMenu, choices: Sequence[tuple[str, str, str | None]], chosen: str
    ) -> dict[str, QAction]:
        """Actions of which one is checked: name, text and key of each."""
        group = QActionGroup(self._window)
        actions = {}
        for name, text, key in choices:
            action = actions[name] = self._action(menu, text, key)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            group.addAction(action)
        return actions
