"""A document that changes in its file is told of, and read again."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow


def opened(qtbot: QtBot, window: MainWindow, document: Path) -> None:
    window.begin([document])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)


def chars(window: MainWindow) -> int:
    collection = window.workbench.documents.collection
    return 0 if collection is None else len(collection)


def test_a_document_that_changed_is_read_again(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    opened(qtbot, window, document)
    before = chars(window)
    document.write_text("the key is gone\n")
    qtbot.waitUntil(lambda: "Letter.txt has changed" in window.views.errors.text, timeout=10_000)
    button = next(
        each
        for each in window.views.errors.findChildren(QPushButton)
        if each.text() == "Read it again"
    )
    button.click()
    qtbot.waitUntil(lambda: 0 < chars(window) < before)
    assert window.views.errors.isHidden()


def test_during_a_run_it_is_told_when_that_is_over(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    opened(qtbot, window, document)
    window.workbench.documents.set_changeable(False)
    watching = window.documents.watching
    document.write_text("the key is gone\n")
    qtbot.waitUntil(lambda: watching.is_waiting)
    qtbot.waitUntil(lambda: not watching.is_waiting)
    assert window.views.errors.isHidden()
    window.workbench.documents.set_changeable(True)
    qtbot.waitUntil(lambda: "has changed" in window.views.errors.text)


def test_a_file_that_was_only_touched_by_reading_is_not_told_of(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    opened(qtbot, window, document)
    document.read_text()
    window.workbench.documents.set_changeable(False)
    window.workbench.documents.set_changeable(True)
    watching = window.documents.watching
    qtbot.waitUntil(lambda: not watching.is_waiting)
    assert window.views.errors.isHidden()
