"""The programs of a run: one by one, folded, copied, and read freely while more come."""

from pathlib import Path

import pytest
from gui_demo import BROKEN_PROGRAM, FIRST_PROGRAM, beginning, turn, whole
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.views.code_view import CodeView
from rlm_desktop.gui.views.run_view import RunView
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.runs import events
from rlm_desktop.runs.events import CallKind, Event
from tests.gui.conftest import OpenWindow

LONG = "".join(f"line {number}\n" for number in range(1, 201))


@pytest.fixture
def run_view(qtbot: QtBot) -> RunView:
    view = RunView()
    for widget in (view.story, view.code_view, view.calls, view.answer):
        qtbot.addWidget(widget)
    view.code_view.resize(500, 300)
    view.code_view.show()
    return view


@pytest.fixture
def view(run_view: RunView) -> CodeView:
    return run_view.code_view


def feed(view: RunView, happened: list[Event]) -> None:
    for event in happened:
        view.add(event)
    view.refresh()


def program(number: int, output: str = LONG) -> list[Event]:
    code = f"for n in range(200):\n    print('line', n)  # {number}"
    return [*turn("1", number, code, output), events.CodeEnded("1", output, None, 0.4)]


def test_a_heading_says_turn_time_and_failure(run_view: RunView, view: CodeView) -> None:
    feed(run_view, whole())
    shown = view.text.toPlainText()
    assert "Program 1 · 0.3 s\n" in shown
    assert "Program 3 · under 0.1 s · ✗ failed\n" in shown
    titles = [view.programs.itemText(row) for row in range(view.programs.count())]
    assert titles == ["Program 1", "Program 2", "Program 3", "Program 4"]


def test_blocked_acts_and_programs_of_the_loop_are_told(run_view: RunView, view: CodeView) -> None:
    feed(run_view, [
        events.CallStarted("1", CallKind.ROOT, "Q"),
        events.CodeStarted("1", "open('x')", True),
        events.ActBlocked("1", "tried to open a file"),
        events.CodeEnded("1", "", "PermissionError: no", 0.0),
    ])  # fmt: skip
    shown = view.text.toPlainText()
    assert "Program 1, not by the model" in shown
    assert "■ blocked" in shown
    assert "Blocked: tried to open a file" in shown
    assert "PermissionError: no" in shown
    assert "It printed nothing" not in shown


def test_a_program_is_copied_to_the_letter(run_view: RunView, view: CodeView) -> None:
    feed(run_view, whole())
    view.programs.setCurrentIndex(0)
    view.copy.trigger()
    assert QGuiApplication.clipboard().text() == FIRST_PROGRAM
    view.programs.setCurrentIndex(2)
    view.text.setFocus()
    QTest.keyClick(
        view.text,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert QGuiApplication.clipboard().text() == BROKEN_PROGRAM


def test_nothing_unseen_is_copied(run_view: RunView, view: CodeView) -> None:
    feed(
        run_view,
        [events.CallStarted("1", CallKind.ROOT, "Q"), *turn("1", 1, "x = 1\x1b[2K\u202e", "")],
    )
    view.copy.trigger()
    assert QGuiApplication.clipboard().text() == "x = 1"


def test_a_long_output_is_folded_until_it_is_wanted(run_view: RunView, view: CodeView) -> None:
    feed(run_view, [*beginning(), *program(2)])
    shown = view.text.toPlainText().replace("\u2028", "\n")
    assert "line 12\n… 182 lines folded" in shown
    assert "line 13\n" not in shown
    assert "line 200" in shown
    assert view.whole.isEnabled()
    view.whole.trigger()
    shown = view.text.toPlainText().replace("\u2028", "\n")
    assert LONG.strip() in shown
    view.whole.trigger()
    assert "182 lines folded" in view.text.toPlainText()
    view.programs.setCurrentIndex(0)
    assert not view.whole.isEnabled()


def test_what_was_unfolded_stays_so_while_the_run_goes_on(
    run_view: RunView, view: CodeView
) -> None:
    feed(run_view, [*beginning(), *program(2)])
    view.whole.trigger()
    feed(run_view, program(3))
    assert "line 100" in view.text.toPlainText()
    assert view.current is not None
    assert view.current.title == "Program 2"


def test_it_follows_until_the_user_scrolls_and_again_when_asked(
    qtbot: QtBot, run_view: RunView, view: CodeView
) -> None:
    bar = view.text.verticalScrollBar()
    feed(run_view, [*beginning(), *program(2)])
    qtbot.waitUntil(lambda: 0 < bar.maximum() == bar.value())
    assert view.current is not None
    assert view.current.title == "Program 2"
    bar.setValue(5)
    assert not view.follow.isChecked()
    most = bar.maximum()
    feed(run_view, program(3))
    qtbot.waitUntil(lambda: bar.maximum() > most)
    assert bar.value() == 5
    assert view.current.title == "Program 2"
    qtbot.mouseClick(view.follow, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    feed(run_view, program(4))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    assert view.programs.currentText() == "Program 4"


def test_one_goes_to_a_program_by_its_name(qtbot: QtBot, run_view: RunView, view: CodeView) -> None:
    feed(run_view, [*beginning(), *program(2), *program(3)])
    view.programs.setFocus()
    QTest.keyClick(view.programs, Qt.Key.Key_Up)
    assert view.programs.currentText() == "Program 2"
    assert view.text.textCursor().block().text().startswith("Program 2")
    assert not view.follow.isChecked()


def test_the_next_run_begins_anew(run_view: RunView, view: CodeView) -> None:
    feed(run_view, [*beginning(), *program(2)])
    run_view.clear()
    assert view.programs.count() == 0
    assert view.current is None
    assert not view.copy.isEnabled()
    assert view.follow.isChecked()
    feed(run_view, beginning_of_another())
    assert view.programs.currentText() == "Program 1"


def beginning_of_another() -> list[Event]:
    return list(beginning())


def test_a_run_goes_another_way_from_a_program_on(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    log = tmp_path / "store.log"
    log.write_text("".join(f"{'ERROR' if n % 3 == 0 else 'INFO'} door {n}\n" for n in range(2000)))
    count = 'hits = [line for line in lines if "ERROR" in line]\nprint(len(hits))'
    window = open_window([" count", count, "final(len(hits) - 1)", "final(len(hits))"])
    window.begin([log])
    window.views.question.box.setPlainText("How many ERROR lines are there?")
    window.views.question.ask()
    view = window.views.run_view

    def ended() -> bool:
        return view.run.ended is not None and window.workbench.phase is Phase.IDLE

    qtbot.waitUntil(ended, timeout=20_000)
    assert view.run.ended is not None
    assert view.run.ended.answer == "666"
    view.code_view.programs.setCurrentIndex(1)
    assert view.code_view.again.isEnabled()
    view.code_view.again.trigger()
    qtbot.waitUntil(
        lambda: ended() and view.run.started is not None and view.run.started.forks == 1,
        timeout=20_000,
    )
    assert view.run.ended.answer == "667"
    view.code_view.programs.setCurrentIndex(0)
    assert not view.code_view.again.isEnabled(), "the model did not write it here"
