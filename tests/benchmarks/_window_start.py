"""A window that says when it was first painted, and ends: the program's, or a bare one.

    python tests/benchmarks/_window_start.py ours|bare

Prints the time of the clock; whoever started the process knows when that was.
"""

import os
import sys
import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget


class FirstPaint(QObject):
    """Ends the process when anything in the window was painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        if event.type() is QEvent.Type.UpdateRequest:
            watched.event(event)  # paints all that is seen
            print(time.time(), flush=True)
            os._exit(0)
        return False


def main(which: str) -> None:
    application = QApplication([])
    window: QWidget = bare() if which == "bare" else ours(application)
    watch = FirstPaint()
    window.installEventFilter(watch)
    window.show()
    application.exec()


def bare() -> QWidget:
    window = QWidget()
    QPlainTextEdit(window)
    window.resize(1280, 760)
    return window


def ours(application: QApplication) -> QWidget:
    from rlm_desktop.gui import app
    from rlm_desktop.settings import Settings

    app.prepare(application, Settings())
    return app.open_window(Settings())


if __name__ == "__main__":
    main(sys.argv[1])
