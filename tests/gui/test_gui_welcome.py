"""What the window shows before there is a run: how to begin, and the samples."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.documents.sample import QUESTIONS, sample_questions
from rlm_desktop.gui import style
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.sample_button import SampleButton
from rlm_desktop.gui.views.welcome_view import WelcomeView
from rlm_desktop.gui.workbench import Phase
from tests.gui.conftest import OpenWindow

SAMPLE = places.resources() / "sample"
BILLING = "How many lines report an ERROR from the billing service?"


def seen(window: MainWindow) -> list[SampleButton]:
    """The samples in the order they are seen."""
    found = [each for each in window.findChildren(SampleButton) if each.isVisible()]
    return sorted(found, key=lambda each: each.y())


def opened(window: MainWindow) -> list[str]:
    items = window.views.documents.list.items
    return [str(items.index(row).data()) for row in range(items.rowCount())]


def is_read(window: MainWindow) -> bool:
    return window.workbench.documents.collection is not None and not (
        window.workbench.documents.reading
    )


def labels(window: MainWindow) -> list[str]:
    return [each.text() for each in window.views.start.findChildren(QLabel) if each.isVisible()]


def test_every_sample_is_offered_with_its_question_and_document(open_window: OpenWindow) -> None:
    window = open_window()
    names = [button.accessibleName() for button in seen(window)]
    assert names == [f"{each.question} — {each.document.name}" for each in sample_questions(SAMPLE)]
    assert names[0] == f"{BILLING} — service.log"
    assert "Or try a sample:" in labels(window)
    for button in seen(window):
        interface = QAccessible.queryAccessibleInterface(button)
        assert interface.role() == QAccessible.Role.PushButton


def test_choosing_a_sample_opens_its_document_and_leaves_the_asking_to_the_user(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window(["count", "final(255)"])
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.mouseClick(seen(window)[0], Qt.MouseButton.LeftButton)
    box = window.views.question.box
    assert box.toPlainText() == BILLING
    assert QApplication.focusWidget() is box
    assert window.workbench.documents.paths == [SAMPLE / "service.log"]
    assert seen(window) == []
    assert "Or try a sample:" not in labels(window)
    qtbot.waitUntil(lambda: is_read(window), timeout=10_000)
    assert opened(window) == ["service.log"]
    assert window.workbench.phase is Phase.IDLE
    assert window.views.run_view.run.started is None
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view = window.views.run_view
    qtbot.waitUntil(
        lambda: view.run.ended is not None and window.workbench.phase is Phase.IDLE, timeout=20_000
    )
    assert view.run.started is not None
    assert view.run.started.question == BILLING
    assert view.story.isVisible()


def test_a_sample_can_be_chosen_before_there_is_a_model(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    qtbot.mouseClick(seen(window)[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_read(window), timeout=10_000)
    assert opened(window) == ["handbook.md"]
    assert window.workbench.model.session is None
    assert window.views.errors.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_sample_is_reached_and_chosen_by_keyboard(
    qtbot: QtBot, open_window: OpenWindow, key: Qt.Key
) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.views.start.setFocus()
    reached: list[QWidget | None] = []
    while not reached or reached[-1] is not seen(window)[3]:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        assert reached.count(reached[-1]) == 1
    assert reached[-4:] == seen(window)[:4]
    qtbot.keyClick(seen(window)[3], key)
    assert window.views.question.box.toPlainText() == "How many orders from Norway were cancelled?"
    qtbot.waitUntil(lambda: is_read(window), timeout=10_000)
    assert opened(window) == ["orders.csv"]


def test_a_question_typed_before_comes_back_by_undo(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    box = window.views.question.box
    qtbot.keyClicks(box, "Who")
    qtbot.mouseClick(seen(window)[0], Qt.MouseButton.LeftButton)
    assert box.toPlainText() == BILLING
    box.undo()
    assert box.toPlainText() == "Who"
    qtbot.waitUntil(lambda: is_read(window), timeout=10_000)


def test_samples_are_seen_only_while_no_document_is_open(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    assert len(seen(window)) == 5
    window.workbench.documents.add([document])
    assert seen(window) == []
    qtbot.waitUntil(lambda: is_read(window), timeout=10_000)
    assert seen(window) == []
    assert "1. Drop files or folders on this window, or add them on the left." in labels(window)
    window.workbench.documents.remove(document)
    qtbot.waitUntil(lambda: len(seen(window)) == 5)


def test_the_welcome_gives_way_to_a_run_and_comes_back_for_a_new_question(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    first = open_window(["Under the third stone."])
    first.begin([document])
    first.views.question.show_question("Where is the key hidden?")
    first.views.question.ask()
    qtbot.waitUntil(lambda: first.views.run_view.run.ended is not None, timeout=10_000)
    assert first.views.start.isHidden()
    second = open_window()
    second.begin(run=1)
    qtbot.waitUntil(
        lambda: second.views.run_view.run.ended is not None and second.workbench.phase is Phase.IDLE
    )
    assert seen(second) == []
    assert second.views.run_view.story.isVisible()
    second.menus.new.trigger()
    assert len(seen(second)) == 5
    assert second.views.run_view.story.isHidden()


def test_a_sample_cannot_be_chosen_while_a_kept_run_is_opened(open_window: OpenWindow) -> None:
    window = open_window()
    window.workbench.documents.set_changeable(False)
    assert not any(button.isEnabled() for button in seen(window))
    window.workbench.documents.set_changeable(True)
    assert all(button.isEnabled() for button in seen(window))


def test_without_a_sample_the_welcome_has_no_part_for_it(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(sample=tmp_path / "missing")
    assert seen(window) == []
    assert "Or try a sample:" not in labels(window)
    assert window.views.errors.isHidden()


def test_damaged_sample_questions_are_said(open_window: OpenWindow, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    shutil.copytree(SAMPLE, folder)
    (folder / QUESTIONS).write_text('[{"file": "service.log"}]')
    window = open_window(sample=folder)
    assert seen(window) == []
    assert str(folder / QUESTIONS) in window.views.errors.text
    assert "damaged" in window.views.errors.text


def test_the_promise_of_privacy_is_there_in_the_muted_tone(open_window: OpenWindow) -> None:
    window = open_window()
    (promise,) = (
        label
        for label in window.views.start.findChildren(QLabel)
        if label.text() == "Nothing leaves this machine."
    )
    assert promise.isVisible()
    assert promise.foregroundRole() is QPalette.ColorRole.WindowText
    tinted = promise.palette().color(promise.foregroundRole())
    assert tinted == style.color(Tone.QUIET, QApplication.palette())


def test_questions_wrap_where_there_is_little_room_and_larger_text_is_followed(
    qtbot: QtBot,
) -> None:
    view = WelcomeView()
    qtbot.addWidget(view)
    view.offer([(each.document, each.question) for each in sample_questions(SAMPLE)])
    view.resize(700, 500)
    view.show()
    buttons = view.findChildren(SampleButton)
    wide = buttons[0].height()
    assert view.verticalScrollBar().maximum() == 0
    view.resize(260, 500)
    qtbot.waitUntil(lambda: buttons[0].height() > wide)
    assert view.horizontalScrollBar().maximum() == 0
    view.resize(700, 500)
    qtbot.waitUntil(lambda: buttons[0].height() == wide)
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    view.setFont(font)
    qtbot.waitUntil(lambda: buttons[0].height() > wide)
    heading = next(each for each in view.findChildren(QLabel) if each.text().startswith("Ask"))
    assert heading.font().pointSizeF() == font.pointSizeF() + 2
