"""The pages of a PDF as pictures, with the passage of an answer marked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.runs.events import Evidence
from tests.documents.pdf_maker import pdf
from tests.gui.conftest import OpenWindow

PAGES = ["The mill\nin winter", "Dear Ada,\nthe key is under the third stone.", "The end"]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(PAGES))
    return path


def opened(qtbot: QtBot, window: MainWindow, *paths: Path) -> None:
    window.begin(paths)
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None, timeout=20_000)


def tab_is_offered(window: MainWindow) -> bool:
    tabs = window.views.tabs
    return tabs.isTabVisible(tabs.indexOf(window.views.page))


def evidence(window: MainWindow) -> Evidence:
    collection = window.workbench.documents.collection
    assert collection is not None
    start = collection.find("under the third stone")
    return Evidence("letter.pdf", start, start + 21, 1, 2, "under the third stone")


def test_a_passage_is_marked_on_its_page(
    qtbot: QtBot, open_window: OpenWindow, letter: Path
) -> None:
    window = open_window()
    assert not tab_is_offered(window)
    opened(qtbot, window, letter)
    assert tab_is_offered(window)
    window.views.run_view.evidence_chosen.emit(evidence(window))
    page = window.views.page
    assert window.views.tabs.currentWidget() is page
    assert page.name.text() == "letter.pdf"
    assert (page.number.value(), page.number.maximum()) == (2, 3)
    qtbot.waitUntil(lambda: page.area.accessibleDescription() == "the passage is marked")
    assert not page.state.isVisible()
    shown = page.picture.pixmap().toImage()
    marked = page.picture.grab().toImage()
    assert shown.width() > 200
    assert marked.size() != shown.size() or marked != shown


def test_pages_are_gone_through_by_keyboard_and_buttons(
    qtbot: QtBot, open_window: OpenWindow, letter: Path
) -> None:
    window = open_window()
    opened(qtbot, window, letter)
    window.menus.tabs[3].trigger()
    page = window.views.page
    qtbot.waitUntil(lambda: not page.picture.pixmap().isNull())
    assert not page.previous.isEnabled()
    qtbot.mouseClick(page.next, Qt.MouseButton.LeftButton)
    assert page.number.value() == 2
    page.number.setFocus()
    page.number.selectAll()
    qtbot.keyClicks(page.number, "3")
    qtbot.keyClick(page.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.next.isEnabled())
    assert page.area.accessibleDescription() == ""


def test_a_passage_that_is_not_found_on_its_page_is_said(
    qtbot: QtBot, open_window: OpenWindow, letter: Path
) -> None:
    window = open_window()
    opened(qtbot, window, letter)
    window.viewers.pages.show_evidence(Evidence("letter.pdf", 0, 5, 1, 1, "no such words"))
    page = window.views.page
    qtbot.waitUntil(page.state.isVisible)
    assert "where could not be told" in page.state.text()


def test_a_pdf_that_was_exchanged_is_said(
    qtbot: QtBot, open_window: OpenWindow, letter: Path
) -> None:
    window = open_window()
    opened(qtbot, window, letter)
    letter.write_bytes(pdf(["another"]))
    window.menus.tabs[3].trigger()
    page = window.views.page
    qtbot.waitUntil(lambda: "it changed since it was read" in page.state.text())
    assert page.picture.pixmap().isNull()


def test_texts_have_no_pages(
    qtbot: QtBot, open_window: OpenWindow, letter: Path, document: Path
) -> None:
    window = open_window()
    opened(qtbot, window, letter, document)
    passage = Evidence("letter.txt", 0, 8, 1, None, "Dear Ada")
    window.views.run_view.evidence_chosen.emit(passage)
    assert window.views.tabs.currentWidget() is window.views.document
    window.workbench.documents.remove(letter)
    qtbot.waitUntil(lambda: not tab_is_offered(window))
