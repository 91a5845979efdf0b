"""How much of the window is shown, and an answer on its own."""

import pytest
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.runs.events import Limits, Outcome, RunEnded, RunStarted
from tests.gui.conftest import OpenWindow


def shown(window: MainWindow) -> tuple[bool, list[str]]:
    """Whether the sidebar is shown, and the names of the tabs that are."""
    tabs = window.views.tabs
    names = [tabs.tabText(tab) for tab in range(tabs.count()) if tabs.isTabVisible(tab)]
    return window.views.documents.isVisible(), names


@pytest.mark.parametrize(
    ("preset", "wanted"),
    [
        ("simple", (True, ["Document"])),
        ("full", (True, ["Code", "Calls", "Document"])),
        ("expert", (False, ["Code", "Calls", "Document"])),
    ],
)
def test_a_preset_is_used_and_remembered(
    open_window: OpenWindow, preset: str, wanted: tuple[bool, list[str]]
) -> None:
    window = open_window()
    window.menus.presets[preset].trigger()
    assert shown(window) == wanted
    window.close()
    again = open_window()
    assert shown(again) == wanted
    assert again.menus.presets[preset].isChecked()


def test_what_is_hidden_is_no_pane(open_window: OpenWindow) -> None:
    window = open_window()
    window.menus.presets["expert"].trigger()
    assert window.views.documents.list not in window.views.panes
    for _ in window.views.panes:
        window.menus.next_pane.trigger()


def test_an_answer_is_read_on_its_own(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    window.menus.read_answer.trigger()
    assert window.appearance.reading is None, "there is no answer yet"
    for event in (
        RunStarted("Who?", (), "a model", Limits()),
        RunEnded(Outcome.ANSWERED, "**Ada** signed."),
    ):
        window.views.run_view.add(event)
    window.menus.read_answer.trigger()
    reading = window.appearance.reading
    assert reading is not None
    assert reading.text.toPlainText() == "Ada signed."
    with qtbot.waitSignal(reading.destroyed):
        reading.actions()[0].trigger()
