"""The first page while there is no model: it is fetched, and the promise is put to the test."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt, QUrl
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.gui.kept_runs_thread import KeptRunsThread
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.open_documents import OpenDocuments
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.read_thread import Reading
from rlm_desktop.gui.workbench import Workbench
from rlm_desktop.jail import probe
from rlm_desktop.models.library import Library
from rlm_desktop.sandbox.process import ProcessSandbox
from rlm_desktop.session import Session
from rlm_desktop.settings import Settings
from tests.gui.conftest import OpenWindow
from tests.gui.tiny_model import catalogue, offer

Open = Callable[[], MainWindow]


@pytest.fixture
def open_first(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Windows over a library whose one model is not here yet."""
    windows: list[MainWindow] = []
    listed = catalogue(tmp_path)

    def library() -> Library:
        return Library(places.models(), listed)

    def session(name: str) -> Session:
        library().get(name)
        return Session(ScriptedEngine([]), ProcessSandbox, places.database(), [], tmp_path)

    def read(paths: Sequence[Path], stop: threading.Event) -> Reading:
        return read_documents(paths, places.texts(), stop)

    def opened() -> MainWindow:
        workbench = Workbench(
            OpenModel(session, library, "tiny"), OpenDocuments(read), places.database()
        )
        window = MainWindow(
            workbench,
            KeptRunsThread(places.database()),
            Settings(model="tiny"),
            places.settings(),
            QSettings(str(places.data() / "window.ini"), QSettings.Format.IniFormat),
        )
        windows.append(window)
        window.show()
        window.begin()
        return window

    yield opened
    for window in windows:
        window.close()
        window.deleteLater()


def press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_missing_model_is_offered_and_fetched_from_the_first_page(
    qtbot: QtBot, open_first: Open, index: Path
) -> None:
    offer(index)
    window = open_first()
    card = window.views.start.model
    qtbot.waitUntil(card.isVisible)
    assert "Tiny, licence MIT" in card.about.text()
    assert "Get it (" in card.get.text()
    assert window.views.errors.isHidden()
    press(qtbot, card.get)
    qtbot.waitUntil(lambda: window.workbench.model.session is not None, timeout=30_000)
    qtbot.waitUntil(card.isHidden)


def test_a_fetch_that_fails_is_said_on_the_card(
    qtbot: QtBot, open_first: Open, index: Path
) -> None:
    card = open_first().views.start.model
    press(qtbot, card.get)
    qtbot.waitUntil(lambda: "cannot be fetched" in card.doing.text(), timeout=30_000)
    assert card.bar.isHidden()
    offer(index)
    press(qtbot, card.get)
    qtbot.waitUntil(card.isHidden, timeout=30_000)


def test_a_fetch_is_stopped_on_the_card(qtbot: QtBot, open_first: Open, index: Path) -> None:
    offer(index)
    card = open_first().views.start.model
    press(qtbot, card.get)
    card.cancel.click()
    qtbot.waitUntil(lambda: "Stopped" in card.doing.text(), timeout=30_000)
    qtbot.waitUntil(card.get.isEnabled)


def test_who_asks_without_a_model_is_told_and_can_get_it(
    qtbot: QtBot, open_first: Open, index: Path, document: Path
) -> None:
    offer(index)
    window = open_first()
    qtbot.waitUntil(lambda: not window.workbench.model.loading)
    window.workbench.documents.add([document])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    window.views.question.show_question("Where is the key?")
    window.views.question.ask()
    qtbot.waitUntil(lambda: "not here yet" in window.views.errors.text)
    assert window.views.question.box.toPlainText() == "Where is the key?"
    get = next(b for b in window.views.errors.findChildren(QPushButton) if b.text() == "Get it")
    press(qtbot, get)
    qtbot.waitUntil(lambda: window.workbench.model.session is not None, timeout=30_000)


@pytest.mark.parametrize("reason", ["", "the jail is broken"])
def test_the_promise_is_put_to_the_test(
    qtbot: QtBot, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    if reason:
        monkeypatch.setattr(probe, "why_not", lambda: reason)
    line = open_window().views.start.proof
    assert line.promise == "Nothing leaves this machine."
    press(qtbot, line.prove)
    qtbot.waitUntil(line.result.isVisible)
    assert (reason or "Tried just now") in line.result.text()
    assert line.prove.isEnabled()


def test_files_are_pasted(qtbot: QtBot, open_window: OpenWindow, document: Path) -> None:
    window = open_window()
    clipboard = QApplication.clipboard()
    clipboard.setText("no file")
    window.menus.paste.trigger()
    assert "no files to paste" in window.views.errors.text
    copied = QMimeData()
    copied.setUrls([QUrl.fromLocalFile(str(document))])
    clipboard.setMimeData(copied)
    window.menus.paste.trigger()
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    assert window.workbench.documents.paths == [document]
