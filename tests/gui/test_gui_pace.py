"""A run that is paused, hurried, and told about: how far it is, and that it has ended."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from rlm_desktop.gui import notifier, words
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.runs.events import Outcome
from tests.gui.conftest import OpenWindow

ANSWER = "The key is under the third stone. " * 40


@pytest.fixture
def long_text(tmp_path: Path) -> Path:
    path = tmp_path / "store.log"
    path.write_text("".join(f"line {n} of a log that is long\n" for n in range(4000)))
    return path


def ask(qtbot: QtBot, window: MainWindow, document: Path) -> None:
    window.begin([document])
    window.views.question.box.setPlainText("Where is the key?")
    window.views.question.ask()
    qtbot.waitUntil(lambda: window.workbench.phase is Phase.RUNNING, timeout=10_000)


def press(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def ended(window: MainWindow) -> bool:
    run = window.views.run_view.run
    return run.ended is not None and window.workbench.phase is Phase.IDLE


def test_a_run_waits_while_it_is_paused_and_goes_on(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER, "Right"], pause=0.01)
    question, status = window.views.question, window.run_control.status
    ask(qtbot, window, document)
    press(qtbot, question.hold_button)
    assert (question.hold_button.text(), status.phase.text()[:6]) == ("&Go on", "Paused")
    before = status.seconds
    qtbot.waitUntil(lambda: window.workbench.pace.is_held)
    assert status.seconds - before < 0.05, "the clock stands still"
    press(qtbot, question.hold_button)
    assert question.hold_button.text() == "&Pause"
    qtbot.waitUntil(lambda: ended(window), timeout=20_000)
    assert not question.hold_button.isVisible()
    assert not window.menus.hold.isEnabled()


def test_a_run_that_is_paused_can_be_stopped(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER, "Right"], pause=0.01)
    ask(qtbot, window, document)
    window.menus.hold.trigger()
    assert window.workbench.pace.is_held
    press(qtbot, window.views.question.stop_button)
    qtbot.waitUntil(lambda: ended(window), timeout=10_000)
    assert window.views.run_view.run.ended.outcome is Outcome.STOPPED  # type: ignore[union-attr]


def test_an_answer_is_given_now_from_what_is_known(
    qtbot: QtBot, open_window: OpenWindow, long_text: Path
) -> None:
    slow = "print('it is under the stone')\n" + "# a comment\n" * 30
    window = open_window([" count", slow, "under the stone"], pause=0.02)
    ask(qtbot, window, long_text)
    press(qtbot, window.views.question.now_button)
    assert not window.views.question.now_button.isEnabled()
    assert "what is known" in window.run_control.status.phase.text()
    qtbot.waitUntil(lambda: ended(window), timeout=30_000)
    end = window.views.run_view.run.ended
    assert end is not None
    assert end.outcome is Outcome.FORCED


def test_how_far_the_reading_of_many_pieces_is_can_be_seen(
    qtbot: QtBot, open_window: OpenWindow, long_text: Path
) -> None:
    program = "final(len(ask_all('Is it here?', [context[n*50:n*50+40] for n in range(60)])))"
    window = open_window([" count", program, *["no"] * 60], pause=0.05)
    ask(qtbot, window, long_text)
    facts = window.run_control.status.facts
    qtbot.waitUntil(lambda: "of 60 pieces read" in facts.text(), timeout=20_000)
    assert "at most 14 min in all" in facts.text()
    qtbot.waitUntil(lambda: ended(window), timeout=30_000)
    assert "at most" not in facts.text()


def test_the_end_of_a_long_run_is_told_if_nobody_looks(
    qtbot: QtBot,
    open_window: OpenWindow,
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alerted: list[object] = []
    shown: list[str] = []
    monkeypatch.setattr(notifier, "_LONG_SECONDS", 0.0)
    monkeypatch.setattr(QApplication, "alert", lambda window: alerted.append(window))
    for able in ("isSystemTrayAvailable", "supportsMessages"):
        monkeypatch.setattr(QSystemTrayIcon, able, lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _self: None)
    monkeypatch.setattr(
        QSystemTrayIcon, "showMessage", lambda _self, _title, text: shown.append(text)
    )
    window = open_window(["Yes", "Under a stone.", "Right"])
    monkeypatch.setattr(window, "isActiveWindow", lambda: False)
    ask(qtbot, window, document)
    qtbot.waitUntil(lambda: ended(window), timeout=10_000)
    assert (alerted, shown) == ([window], ["Where is the key?"])


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(2, "10 s"), (31, "30 s"), (56, "1 min"), (190, "3 min"), (3600, "1 h 00 min")],
)
def test_a_time_to_come_is_said_roughly(seconds: float, told: str) -> None:
    assert words.about(seconds) == told
