"""The window when the loop reads passages itself before it believes a "not found"."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.workbench import Phase
from tests.gui.conftest import OpenWindow

REPLIES = [
    " look-up",
    'grep("zebra")',
    'final("NOT FOUND")',
    'final("NOT FOUND")',
    *["No"] * 2,
    "Yes",
    "In the stable",
    "Right",
]


def test_what_the_loop_runs_is_told_apart_and_looks_the_same_read_back(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "farm.log"
    log.write_text("".join(f"08:00 INFO stable door event {n}\n" for n in range(2000)))
    window = open_window(REPLIES)
    window.begin([log])
    window.views.question.box.setPlainText("Where does the zebra stand at the stable door?")
    qtbot.keyClick(
        window.views.question.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    view = window.views.run_view
    qtbot.waitUntil(
        lambda: view.run.ended is not None and window.workbench.phase is Phase.IDLE, timeout=20_000
    )
    live = view.story.toPlainText(), view.code.toPlainText()
    assert "Step 4. The loop itself looked up “Where does the zebra" in live[0]
    assert "Step 3. " in live[0]
    assert "Program 4" in live[1]
    assert "look_up('Where does the zebra stand" in live[1]
    assert view.answer.text.toPlainText() == "In the stable [1] [2] [3]"
    window.menus.new.trigger()
    runs = window.views.runs.list
    qtbot.waitUntil(lambda: runs.items.rowCount() == 1)
    runs.activated.emit(runs.items.index(0))
    qtbot.waitUntil(lambda: (view.story.toPlainText(), view.code.toPlainText()) == live)
