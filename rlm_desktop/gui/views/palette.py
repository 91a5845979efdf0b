"""The command palette: every action, past run and document by a few letters of its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from rlm_desktop.gui.fuzzy import fit
from rlm_desktop.gui.items.row_list import ListRow, RowListItems
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.row_view import RowView

_MOST = 50
_WIDTH = 560
_HEIGHT = 380
_KEYS_OF_THE_LIST = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be chosen: what it is called, what is known of it, what it does."""

    name: str
    about: str
    do: Callable[[], None]


class Palette(QFrame):
    """A popup over the window; Return does what is chosen, Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._window = parent
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("Commands"))
        self._commands: Sequence[Command] = ()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("A command, a past question, a document"))
        self.field.setAccessibleName(self.tr("Command to look for"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._narrow)
        self.field.returnPressed.connect(self._choose_current)
        self.list = RowView(self.tr("Commands that fit"), RowListItems())
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.chosen.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)

    def offer(self, commands: Sequence[Command]) -> None:
        """Show these commands, over the upper part of the window."""
        self._commands = commands
        self.field.clear()
        self._narrow("")
        window = self._window
        self.resize(min(_WIDTH, window.width() - 40), min(_HEIGHT, window.height() - 80))
        corner = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 48))
        self.move(corner)
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that go through the list do so while one types."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _KEYS_OF_THE_LIST
        ):
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        scored = [
            (score, number)
            for number, command in enumerate(self._commands)
            if (score := fit(typed, command.name)) is not None
        ]
        if typed:
            scored.sort(key=lambda one: (-one[0], one[1]))
        rows = [
            ListRow(
                number,
                self._commands[number].name,
                self._commands[number].about,
                Tone.QUIET,
                number,
            )
            for _, number in scored[:_MOST]
        ]
        self.list.items.show_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.list.items.index(0))

    def _choose_current(self) -> None:
        number = self.list.items.value(self.list.currentIndex())
        if number is not None:
            self._choose(number)

    def _choose(self, number: int) -> None:
        command = self._commands[number]
        self.close()
        command.do()
