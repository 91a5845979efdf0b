"""The document viewer: what is shown, found, marked and numbered, through the window."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from rlm_desktop.documents.collection import Collection
from rlm_desktop.gui.document_control import DocumentControl
from rlm_desktop.gui.views.document_view import DocumentView
from rlm_desktop.runs.events import Evidence
from tests.gui.conftest import OpenWindow

Show = Callable[[str], tuple[DocumentView, DocumentControl, Collection]]
LINES = "".join(f"line {number} of the log, the pump is well\n" for number in range(1, 2001))


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Show]:
    """Shows a text in a viewer of its own."""
    opened: list[tuple[DocumentControl, Collection]] = []

    def shown(text: str) -> tuple[DocumentView, DocumentControl, Collection]:
        collection = Collection.of_text(text, "a.log", tmp_path)
        view = DocumentView()
        qtbot.addWidget(view)
        view.resize(700, 400)
        view.show()
        control = DocumentControl(view, view)
        opened.append((control, collection))
        control.offer(collection)
        control.open(collection.documents[0].path)
        return view, control, collection

    yield shown
    for control, collection in opened:
        control.close()
        collection.close()


def first_line(view: DocumentView) -> str:
    return view.text.visible_text.splitlines()[0]


def passage(text: str, quote: str, document: str = "a.log") -> Evidence:
    start = text.index(quote)
    return Evidence(document, start, start + len(quote), 1, None, quote)


def test_keys_go_through_the_whole_document(qtbot: QtBot, show: Show) -> None:
    view, _, _ = show(LINES)
    assert first_line(view).startswith("line 1 of")
    qtbot.keyClick(view.text, Qt.Key.Key_Down)
    assert first_line(view).startswith("line 2 of")
    qtbot.keyClick(view.text, Qt.Key.Key_End)
    assert view.text.visible_text.endswith(LINES[-40:].strip())
    qtbot.keyClick(view.text, Qt.Key.Key_PageUp)
    assert not view.text.visible_text.endswith(LINES[-40:].strip())
    qtbot.keyClick(view.text, Qt.Key.Key_Home)
    assert first_line(view).startswith("line 1 of")


def test_the_scroll_bar_goes_to_any_place(show: Show) -> None:
    view, _, _ = show(LINES)
    bar = view.text.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert "line 2000 of" in view.text.visible_text
    bar.setValue(bar.maximum() // 2)
    number = int(first_line(view).split()[1])
    assert 900 < number < 1100
    bar.setValue(0)
    assert first_line(view).startswith("line 1 of")


def test_words_are_found_counted_and_gone_through(qtbot: QtBot, show: Show) -> None:
    view, _, _ = show(LINES)
    find = view.find_bar
    qtbot.keyClicks(find.field, "LINE 77 ")
    qtbot.waitUntil(lambda: find.told.text() == "1 of 1")
    assert "line 77 of" in view.text.visible_text
    assert view.text.selected_text == "line 77 "
    find.field.setText("pump")
    qtbot.waitUntil(lambda: find.told.text() == "1 of 2,000")
    qtbot.mouseClick(find.previous, Qt.MouseButton.LeftButton)
    assert find.told.text() == "2,000 of 2,000"
    assert "line 2000 of" in view.text.visible_text
    find.field.setText("no such word")
    qtbot.waitUntil(lambda: find.told.text() == "not found")
    assert not find.next.isEnabled()


def test_a_regular_expression_is_looked_for_and_a_wrong_one_is_said(
    qtbot: QtBot, show: Show
) -> None:
    view, _, _ = show(LINES)
    find = view.find_bar
    find.expression.setChecked(True)
    find.field.setText(r"^line 1\d\d of")
    qtbot.waitUntil(lambda: find.told.text() == "1 of 100")
    find.field.setText("(pump")
    assert "No regular expression: missing )" in find.told.text()
    assert not find.next.isEnabled()


def test_a_line_is_gone_to_by_its_number(qtbot: QtBot, show: Show) -> None:
    view, control, _ = show(LINES)
    qtbot.waitUntil(lambda: control.knows_lines)
    qtbot.keyClicks(view.line, "1234")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    assert "line 1234 of" in view.text.visible_text
    qtbot.keyClicks(view.line, "99999")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    assert "line 2000 of" in view.text.visible_text


def test_passages_are_gone_through(qtbot: QtBot, show: Show) -> None:
    view, control, _ = show(LINES)
    evidence = [passage(LINES, f"line {number} of the log") for number in (5, 900, 1800)]
    control.show_evidence(evidence[1], evidence)
    assert view.passage.text() == "Passage 2 of 3"
    assert "line 900 of" in view.text.visible_text
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    assert "line 1800 of" in view.text.visible_text
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    assert (view.passage.text(), "line 5 of" in view.text.visible_text) == ("Passage 1 of 3", True)
    control.forget_evidence()
    assert view.passage.isHidden()


def test_a_passage_that_does_not_stand_there_any_more_is_missing(qtbot: QtBot, show: Show) -> None:
    _, control, _ = show(LINES)
    for gone in (
        Evidence("a.log", 0, 5, 1, None, "other"),
        Evidence("b.log", 0, 4, 1, None, "line"),
    ):
        with qtbot.waitSignal(control.missing) as missing:
            control.show_evidence(gone, [gone])
        assert missing.args == [gone.document]


def test_what_is_selected_is_copied(qtbot: QtBot, show: Show) -> None:
    text = "für alle\n" * 50
    view, _, _ = show(text)
    view.text.select(0, len("für".encode()))
    qtbot.keyClick(view.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "für"


def test_the_mouse_selects(qtbot: QtBot, show: Show) -> None:
    view, control, _ = show(LINES)
    qtbot.waitUntil(lambda: control.knows_lines)
    port = view.text.viewport()
    qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=port.rect().center() / 2)
    assert view.text.selected_text in {"line", "of", "the", "log", "pump", "is", "well"} or (
        view.text.selected_text.isdigit()
    )


def test_long_lines_are_wrapped_or_not(show: Show) -> None:
    view, _, _ = show("word " * 3000 + "\nend")
    assert view.text.horizontalScrollBar().maximum() == 0
    view.wrapped.setChecked(False)
    assert view.text.horizontalScrollBar().maximum() > 0
    assert "end" in view.text.visible_text


def test_a_document_that_is_closed_is_shown_no_more(show: Show) -> None:
    view, control, _ = show(LINES)
    control.offer(None)
    assert view.text.visible_text == ""
    assert view.pages.currentIndex() == 0


def test_return_on_a_document_shows_it(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    window.begin([document])
    rows = window.views.documents.list
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    rows.setCurrentIndex(rows.items.index(0))
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert window.views.tabs.currentWidget() is window.views.document
    assert "third stone" in window.views.document.text.visible_text
    assert window.views.document.place.text().startswith("letter.txt · ")


def test_a_large_text_is_shown_as_quickly_as_a_small_one(show: Show, tmp_path: Path) -> None:
    small, large = LINES, LINES * 1000

    def seconds(text: str) -> float:
        view, _, collection = show("a")
        made = Collection.of_text(text, "b.log", tmp_path)
        began = perf_counter()
        control = DocumentControl(view, view)
        control.offer(made)
        control.open(made.documents[0].path)
        view.text.go_to(len(text))
        took = perf_counter() - began
        assert view.text.visible_text.endswith("well")
        control.close()
        made.close()
        collection.close()
        return took

    seconds(small)  # fonts
    assert seconds(large) < 20 * seconds(small)
