"""What was opened last, in the File menu."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from rlm_desktop.gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow


def offered(window: MainWindow) -> list[str]:
    window.menus.recent.aboutToShow.emit()
    return [action.text() for action in window.menus.recent.actions() if action.text()]


def test_what_was_opened_is_offered_by_the_next_window(
    qtbot: QtBot, open_window: OpenWindow, document: Path, tmp_path: Path
) -> None:
    other = tmp_path / "salt & pepper.txt"
    other.write_text("A spice.")
    window = open_window()
    assert not window.menus.recent.isEnabled()
    window.begin([document, other])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    window.close()
    again = open_window()
    assert offered(again) == [str(other).replace("&", "&&"), str(document), "&Forget these"]
    again.menus.recent.actions()[1].trigger()
    qtbot.waitUntil(lambda: again.workbench.documents.collection is not None)
    assert again.workbench.documents.paths == [document]
    assert offered(again)[0] == str(document)


def test_what_is_gone_is_not_offered_and_the_list_can_be_forgotten(
    qtbot: QtBot, open_window: OpenWindow, document: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another text.")
    window = open_window()
    window.begin([document, other])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    other.unlink()
    assert offered(window) == [str(document), "&Forget these"]
    window.menus.recent.actions()[-1].trigger()
    assert offered(window) == []
    assert not window.menus.recent.isEnabled()
