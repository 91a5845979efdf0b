"""A run beside a plain chat with the same model."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from tests.gui.conftest import OpenWindow


def ask(qtbot: QtBot, window: MainWindow, document: Path) -> None:
    window.begin([document])
    window.views.question.box.setPlainText("Where is the key?")
    window.views.question.ask()
    run_view = window.views.run_view
    qtbot.waitUntil(
        lambda: run_view.run.ended is not None and window.workbench.phase is Phase.IDLE,
        timeout=10_000,
    )


def idle(window: MainWindow) -> bool:
    return window.workbench.phase is Phase.IDLE


def test_both_answers_stand_side_by_side(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "Under the third stone.", "Right", "In the cellar."])
    ask(qtbot, window, document)
    window.menus.plain_chat.trigger()
    shown = window.plain_chat.shown
    assert shown is not None
    qtbot.waitUntil(lambda: shown.sides[1].answer.toPlainText() == "In the cellar.")
    assert shown.sides[0].answer.toPlainText() == "Under the third stone."
    assert shown.sides[0].title.text() == "Run 1: Where is the key?"
    assert "Shown: 100 % of the text" in shown.sides[1].facts.text()
    qtbot.waitUntil(lambda: idle(window))


def test_while_it_chats_nothing_else_is_asked_and_it_can_be_stopped(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "A stone.", "Right", "slow " * 400], pause=0.01)
    ask(qtbot, window, document)
    window.menus.plain_chat.trigger()
    assert window.workbench.phase is Phase.LENT
    assert not window.views.question.ask_button.isEnabled()
    assert "plain chat" in window.run_control.status.phase.text()
    window.views.question.stop_button.click()
    qtbot.waitUntil(lambda: idle(window))
    assert window.views.question.ask_button.isEnabled()


def test_its_window_ends_it_when_it_is_closed(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "A stone.", "Right", "slow " * 400], pause=0.01)
    ask(qtbot, window, document)
    window.menus.plain_chat.trigger()
    shown = window.plain_chat.shown
    assert shown is not None
    with qtbot.waitSignal(shown.destroyed):
        shown.close()
    qtbot.waitUntil(lambda: idle(window))


def test_without_a_run_or_its_documents_that_is_said(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "A stone.", "Right"])
    window.menus.plain_chat.trigger()
    assert "no run to compare" in window.views.errors.text
    ask(qtbot, window, document)
    window.workbench.documents.remove(document)
    qtbot.waitUntil(lambda: window.workbench.documents.collection is None)
    window.menus.plain_chat.trigger()
    assert "open the documents of the run first" in window.views.errors.text
