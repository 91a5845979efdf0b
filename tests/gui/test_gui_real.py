"""From a drop to a citation, with a real model."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor
from pytestqt.qtbot import QtBot

from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.views.safe_browser import SafeBrowser
from rlm_desktop.gui.workbench import Phase
from tests.gui.conftest import OpenWindow

LETTER = """Dear Ada,

the mill is shut for the winter. The key of the cellar hangs behind the third barrel. Tell
nobody but the miller, who comes on Fridays, and feed the grey cat.

Yours, Grace
"""


@pytest.mark.timeout(300)
def test_a_dropped_letter_is_asked_about_and_the_citation_shows_the_passage(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, small_model: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER)
    window = open_window(engine=ProcessEngine(small_model, threads=2, window=4096))
    window.begin()
    _drop(window, letter)
    box = window.views.question.box
    qtbot.keyClicks(box, "Where does the key of the cellar hang?")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run_view = window.views.run_view
    qtbot.waitUntil(
        lambda: run_view.run.ended is not None and window.workbench.phase is Phase.IDLE,
        timeout=240_000,
    )
    browser = run_view.answer.text
    assert "third barrel" in browser.toPlainText()
    assert "[1]" in browser.toPlainText()
    _click_number(qtbot, browser)
    viewer = window.views.document
    assert window.views.tabs.currentWidget() is viewer
    assert "behind the third barrel" in viewer.text.visible_text
    assert viewer.place.text().startswith("letter.txt · line ")


def _drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def _click_number(qtbot: QtBot, browser: SafeBrowser) -> None:
    """Click with the mouse on the "[1]" behind the answer."""
    found = browser.document().find("[1]")
    place = QTextCursor(browser.document())
    place.setPosition(found.selectionStart() + 1)
    point = browser.cursorRect(place).center()
    qtbot.mouseClick(browser.viewport(), Qt.MouseButton.LeftButton, pos=point)
