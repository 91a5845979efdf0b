"""Following up on an answer in the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from tests.gui.conftest import OpenWindow


def ask(qtbot: QtBot, window: MainWindow, question: str) -> None:
    """Ask, and wait for the end of the run."""
    box = window.views.question.box
    box.setPlainText(question)
    before = window.views.run_view.run
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: (
            window.views.run_view.run is not before
            and window.views.run_view.run.ended is not None
            and window.workbench.phase is Phase.IDLE
        ),
        timeout=10_000,
    )


def test_a_second_question_follows_up_on_the_first(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    replies = ["Yes", "Under the stone.", "Right", " Which stone is the key under?"]
    replies += ["Yes", "The third", "Right", "Yes", "Grace", "Right"]
    window = open_window(replies)
    offer = window.views.question.follows
    window.begin([document])
    assert offer.isHidden()
    ask(qtbot, window, "Where is the key?")
    assert not offer.isHidden()
    ask(qtbot, window, "Which stone?")
    view = window.views.run_view
    assert "Understood as: Which stone is the key under?" in view.story.toPlainText()
    assert view.answer.text.toPlainText() == "The third"
    offer.setChecked(False)
    ask(qtbot, window, "Who wrote the letter?")
    assert view.run.started is not None
    assert view.run.started.follows is None
    assert view.answer.text.toPlainText() == "Grace [1]"


def test_without_its_documents_an_answer_is_not_followed_up_on(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "Under the stone.", "Right"])
    window.begin([document])
    ask(qtbot, window, "Where is the key?")
    assert not window.views.question.follows.isHidden()
    window.workbench.documents.remove(document)
    assert window.views.question.follows.isHidden()
    window.menus.new.trigger()
    assert window.views.question.follows.isHidden()
