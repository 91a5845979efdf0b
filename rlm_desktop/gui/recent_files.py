"""The files and folders that were opened last, offered again in the File menu."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QMenu

from rlm_desktop.gui import kept_paths

_KEY = "recent"
_MOST = 10


class RecentFiles(QObject):
    """Fills a menu with what was opened last, the latest first; it is remembered."""

    def __init__(
        self, menu: QMenu, kept: QSettings, open_paths: Callable[[Sequence[Path]], None]
    ) -> None:
        super().__init__(menu)
        self._menu = menu
        self._kept = kept
        self._open = open_paths
        menu.aboutToShow.connect(self._fill)
        self._fill()

    @property
    def paths(self) -> list[Path]:
        """What was opened last and is still there."""
        return kept_paths.still_there(self._kept, _KEY)

    def note(self, paths: Sequence[Path]) -> None:
        """Take note of what is open now."""
        latest = list(dict.fromkeys([*reversed(paths), *self.paths]))
        kept_paths.keep(self._kept, _KEY, latest[:_MOST])
        self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        paths = self.paths
        for path in paths:
            # An ampersand in a name would underline the letter after it.
            action = self._menu.addAction(str(path).replace("&", "&&"))
            action.triggered.connect(lambda _checked, path=path: self._open([path]))
        self._menu.setEnabled(bool(paths))
        if paths:
            self._menu.addSeparator()
            self._menu.addAction(self.tr("&Forget these")).triggered.connect(self._forget)

    def _forget(self) -> None:
        self._kept.remove(_KEY)
        self._fill()
