"""The command palette: what it offers, how it narrows, and what Return does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.fuzzy import fit
from tests.gui.conftest import OpenWindow


def test_letters_fit_in_their_order() -> None:
    assert fit("nq", "New question") is not None
    assert fit("qnw", "New question") is None
    assert fit("", "New question") is not None


@pytest.mark.parametrize("other", ["Quit and never rest", "News of the quiet land"])
def test_beginnings_of_words_and_whole_words_fit_better(other: str) -> None:
    best, second = fit("new q", "New question"), fit("new q", other)
    assert best is not None
    assert second is None or best > second


@given(st.text(max_size=20))
def test_a_line_fits_itself(line: str) -> None:
    assert fit(line, line) is not None or line.casefold() != line


def test_a_command_is_found_by_some_letters_and_done(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    window.menus.commands.trigger()
    palette = window.palette_of_commands.palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "dark")
    items = palette.list.items
    assert items.index(0).data() == "Dark"
    with qtbot.waitSignal(window.menus.themes["dark"].triggered):
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()


def test_arrows_go_through_the_list_and_escape_closes(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    window.menus.commands.trigger()
    palette = window.palette_of_commands.palette
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_documents_are_offered(qtbot: QtBot, open_window: OpenWindow, document: Path) -> None:
    window = open_window()
    window.begin([document])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    window.menus.commands.trigger()
    palette = window.palette_of_commands.palette
    palette.field.setText("letter")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert "third stone" in window.views.document.text.visible_text
