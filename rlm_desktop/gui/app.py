"""The window as a program: chooses the parts, and says so if there is no display."""

import gc
import os
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from rlm_desktop import __version__, places
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.errors import RlmError
from rlm_desktop.gui import language, style
from rlm_desktop.gui.awake import Awake
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.later_starts import LaterStarts
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.one_window import OneWindow, Request
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.read_thread import Reading
from rlm_desktop.gui.workbench import Workbench
from rlm_desktop.session import SERVER, Session, library, open_session
from rlm_desktop.settings import Settings

#: Platforms of Qt that draw without a display server.
_WITHOUT_DISPLAY = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")

#: New objects before young garbage is looked for: an event of a run makes some twenty, and Python's
#: usual 700 is for programs that make few. 40,000 calls took 25.6 s to draw with it, 15.0 without.
_GARBAGE = 50_000


class BugReports(QObject):
    """Takes what escapes in any thread, and signals its traceback to the window.

    Signals:
        crashed: a traceback.
    """

    crashed = Signal(str)

    def install(self) -> None:
        """Take the place of what only prints."""
        sys.excepthook = self.report
        threading.excepthook = lambda bug: self.report(
            bug.exc_type, bug.exc_value, bug.exc_traceback
        )

    def report(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Print a traceback as usual, and signal it."""
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        if not issubclass(kind, KeyboardInterrupt):
            self.crashed.emit(text)


def main(files: Sequence[Path | str] = (), run: int | None = None) -> int:
    """Open the window, with these documents, on this kept run; return the exit code."""
    if not has_display():
        sys.stderr.write(
            "rlm-desktop: there is no display: use `rlm-desktop ask FILE -q QUESTION` instead, "
            "or set DISPLAY\n"
        )
        return 2
    try:
        settings = Settings.read(places.settings())
    except RlmError as error:
        sys.stderr.write(f"rlm-desktop: {error}\n")
        return error.exit_code
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    prepare(app, settings)
    request = Request(tuple(Path(file) for file in files), run)
    one = OneWindow(places.data())
    if not one.is_first(request):
        return 0
    reports = BugReports()
    reports.install()
    window = open_window(settings)
    LaterStarts(one, window)
    awake = Awake(window.workbench, window)
    reports.crashed.connect(window.troubles.say_bug)
    window.show()
    if request == Request():
        window.begin_as_last_time()
    else:
        window.begin(request.files, run)
    # What the window is made of is never garbage, and going through it takes 100 ms and more.
    gc.freeze()
    gc.set_threshold(_GARBAGE, 20, 50)
    try:
        return app.exec()
    finally:
        one.close()
        awake.stop()


def has_display() -> bool:
    """Whether a window can be shown. Qt would abort the process if it could not."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_DISPLAY:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare(app: QApplication, settings: Settings) -> None:
    """Give the application its name, icon, style and theme."""
    app.setApplicationName("rlm-desktop")
    app.setApplicationDisplayName("RLM Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("rlm-desktop")
    app.setWindowIcon(QIcon(str(places.resources() / "icons" / "rlm-desktop.svg")))
    app.setStyle("Fusion")
    language.use(settings.language, app)
    style.apply(settings.theme, app)


def open_window(settings: Settings) -> MainWindow:
    """A window with the parts of the real program."""

    def session(model: str) -> Session:
        # As they are by then: the Models window changes them.
        return open_session(window.models.settings.now, model)

    def read(paths: Sequence[Path], stop: threading.Event) -> Reading:
        return read_documents(paths, places.texts(), stop)

    name = SERVER if settings.server_address else settings.model
    workbench = Workbench(OpenModel(session, library, name), OpenDocuments(read), places.database())
    kept = QSettings(str(places.data() / "window.ini"), QSettings.Format.IniFormat)
    kept_runs = KeptRunsThread(places.database())
    window = MainWindow(workbench, kept_runs, settings, places.settings(), kept)
    window.offer_samples(places.resources() / "sample")
    return window
