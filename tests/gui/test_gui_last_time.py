"""The window opens with what was open when it was closed."""

from pathlib import Path

from gui_demo import whole
from one_view import filled, views_of
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore
from tests.gui.conftest import OpenWindow


def answered(window: MainWindow) -> bool:
    ended = window.views.run_view.run.ended
    return ended is not None and window.workbench.phase is Phase.IDLE


def close_after_a_question(qtbot: QtBot, window: MainWindow, document: Path) -> None:
    window.begin([document])
    window.views.question.box.setPlainText("Where is the key?")
    window.views.question.ask()
    qtbot.waitUntil(lambda: answered(window), timeout=10_000)
    window.close()


def test_documents_and_run_come_back(qtbot: QtBot, open_window: OpenWindow, document: Path) -> None:
    close_after_a_question(qtbot, open_window(["Yes", "Under a stone.", "Right"]), document)
    window = open_window()
    window.begin_as_last_time()
    assert window.workbench.documents.paths == [document]
    qtbot.waitUntil(lambda: answered(window), timeout=10_000)
    started = window.views.run_view.run.started
    assert started is not None
    assert started.question == "Where is the key?"


def test_what_is_gone_is_not_missed(qtbot: QtBot, open_window: OpenWindow, document: Path) -> None:
    close_after_a_question(qtbot, open_window(["Yes", "Under a stone.", "Right"]), document)
    document.unlink()
    with RunStore(places.database()) as store:
        store.delete(1)
        store.purge_deleted()
    window = open_window()
    window.begin_as_last_time()
    qtbot.waitUntil(lambda: window.workbench.phase is Phase.IDLE)
    assert window.workbench.documents.paths == []
    assert window.views.errors.isHidden()


def test_who_wants_an_empty_window_gets_one(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    close_after_a_question(qtbot, open_window(["Yes", "Under a stone.", "Right"]), document)
    window = open_window(settings=Settings(reopen=False))
    window.begin_as_last_time()
    assert window.workbench.documents.paths == []
    qtbot.waitUntil(lambda: window.workbench.model.session is not None)
    assert window.views.run_view.run.started is None


def test_each_view_can_be_looked_at_alone(qtbot: QtBot) -> None:
    run_view = filled(whole())
    for view in views_of(run_view).values():
        qtbot.addWidget(view)
        view.show()
        assert view.isVisible()
