"""The window while the processes behind it are killed."""

from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from tests.gui.conftest import OpenWindow

COUNT = 'hits = grep("ERROR")\nprint(len(hits))'
QUESTION = "How many ERROR lines are there?"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "store.log"
    path.write_text(
        "".join(f"2031-04-02 {'ERROR' if n % 9 == 0 else 'INFO'} door {n}\n" for n in range(3000))
    )
    return path


def ask(qtbot: QtBot, window: MainWindow, document: Path) -> None:
    window.begin([document])
    window.views.question.box.setPlainText(QUESTION)
    qtbot.keyClick(
        window.views.question.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )


def wait_for_the_end(qtbot: QtBot, window: MainWindow, milliseconds: int) -> str:
    """Wait until the run has ended, and return what the conversation tells."""
    view = window.views.run_view
    qtbot.waitUntil(
        lambda: view.run.ended is not None and window.workbench.phase is Phase.IDLE,
        timeout=milliseconds,
    )
    return view.story.toPlainText()


def child_named(name: str) -> psutil.Process | None:
    for child in psutil.Process().children(recursive=True):
        if child.cmdline()[-1:] == [name]:
            return child
    return None


def test_when_the_sandbox_is_killed_the_window_says_so_and_the_run_goes_on(
    qtbot: QtBot, open_window: OpenWindow, log: Path
) -> None:
    replies = [" count", "print(1)\nwhile True: pass", COUNT, "final(len(hits))"]
    window = open_window(replies)
    ask(qtbot, window, log)
    view = window.views.run_view
    qtbot.waitUntil(lambda: "while True" in view.code.toPlainText(), timeout=10_000)
    sandbox = child_named("sandbox")
    assert sandbox is not None
    sandbox.kill()
    story = wait_for_the_end(qtbot, window, 15_000)
    assert "sandbox" in story
    assert "SIGKILL" in story
    assert view.answer.text.toPlainText().split()[0] == "334"


def test_when_the_engine_is_killed_the_window_says_so_and_the_run_goes_on(
    qtbot: QtBot, open_window: OpenWindow, log: Path, small_model: Path
) -> None:
    engine = ProcessEngine(small_model, threads=2, window=8192)
    window = open_window(engine=engine)
    ask(qtbot, window, log)
    view = window.views.run_view
    qtbot.waitUntil(lambda: view.run.calls > 1, timeout=60_000)
    process = child_named("engine")
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: "SIGKILL" in view.story.toPlainText(), timeout=30_000)
    qtbot.waitUntil(lambda: view.run.turns > 0, timeout=90_000)
    qtbot.mouseClick(window.views.question.stop_button, Qt.MouseButton.LeftButton)
    assert "engine" in wait_for_the_end(qtbot, window, 90_000)
