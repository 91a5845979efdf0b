"""What the command palette offers: the actions of the menus, past runs, open documents."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from rlm_desktop.gui.commands import commands
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
        for each in commands(self._window.menuBar()):
            if each.action.isEnabled():
                about = f"{each.path} · {each.keys}" if each.keys else each.path
                yield Command(each.name, about, each.action.trigger)

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
