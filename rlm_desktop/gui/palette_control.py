"""What the command palette offers: the actions of the menus, past runs, open documents."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from rlm_desktop.gui.items import two_lines
from rlm_desktop.gui.items.row_list import RowListItems
from rlm_desktop.gui.layout import Layout
from rlm_desktop.gui.views.palette import Command, Palette


class PaletteControl(QObject):
    """Opens the palette over a window."""

    def __init__(self, window: QMainWindow, views: Layout) -> None:
        super().__init__(window)
        self._window = window
        self._views = views
        self.palette = Palette(window)

    def open(self) -> None:
        """Offer all that can be done now."""
        self.palette.offer([*self._actions(), *self._runs(), *self._documents()])

    def _actions(self) -> Iterator[Command]:
        for top in self._window.menuBar().actions():
            menu = top.menu()
            if isinstance(menu, QMenu):
                yield from self._actions_of(menu, _plain(top.text()))

    def _actions_of(self, menu: QMenu, path: str) -> Iterator[Command]:
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu):
                yield from self._actions_of(below, f"{path} › {_plain(action.text())}")
            elif action.isEnabled() and not action.isSeparator():
                yield Command(_plain(action.text()), _about(action, path), action.trigger)

    def _runs(self) -> Iterator[Command]:
        runs = self._views.runs
        for row, number in _rows(runs.items):
            yield Command(
                str(runs.items.index(row).data()),
                self.tr("past run · {}").format(runs.items.index(row).data(two_lines.BELOW)),
                lambda number=number: runs.chosen.emit(number),  # type: ignore[misc]
            )

    def _documents(self) -> Iterator[Command]:
        documents = self._views.documents
        for row, path in _rows(documents.list.items):
            yield Command(
                str(documents.list.items.index(row).data()),
                self.tr("document · read it"),
                lambda path=path: documents.opened.emit(path),  # type: ignore[misc]
            )


def _rows(items: RowListItems) -> Iterator[tuple[int, object]]:
    for row in range(items.rowCount()):
        value = items.value(items.index(row))
        if value is not None:
            yield row, value


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def _about(action: QAction, path: str) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{path} · {keys}" if keys else path
