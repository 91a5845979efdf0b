"""The commands in the menus of a window, with where each stands and its keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """A command: its name, the menus above it ("View › Theme"), and its keys, which may be empty.

    Keys are written as this system writes them.
    """

    name: str
    path: str
    keys: str
    action: QAction


def commands(bar: QMenuBar) -> Iterator[MenuCommand]:
    """All commands below a menu bar, in the order of the menus."""
    for top in bar.actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            yield from _below(menu, _plain(top.text()))


def _below(menu: QMenu, path: str) -> Iterator[MenuCommand]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _below(below, f"{path} › {_plain(action.text())}")
        elif not action.isSeparator():
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield MenuCommand(_plain(action.text()), path, keys, action)


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
