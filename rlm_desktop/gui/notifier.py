"""Tells the user that a long run has ended while they look at something else."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

#: Who waited less is still there.
_LONG_SECONDS = 15.0


class Notifier(QObject):
    """Marks the window in the task bar, and says it where the desktop has room for messages."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self.told = ""

    def tell(self, title: str, text: str, seconds: float) -> None:
        """Say that what took so many seconds has ended, if nobody sees it."""
        if seconds < _LONG_SECONDS or self._window.isActiveWindow():
            return
        self.told = text
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
                self._tray.messageClicked.connect(self._come)
            self._tray.show()
            self._tray.showMessage(title, text)

    def close(self) -> None:
        """Take the sign off the desktop."""
        if self._tray is not None:
            self._tray.hide()

    def _come(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
