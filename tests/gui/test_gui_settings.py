"""The Settings window: each control changes and keeps its setting, and the search finds it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.views.settings_view import SettingsView
from rlm_desktop.runs.events import Limits, Outcome, RunEnded, RunStarted
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore
from tests.gui.conftest import OpenWindow


def opened(window: MainWindow) -> SettingsView:
    window.menus.settings.trigger()
    assert window.settings.view is not None
    return window.settings.view


def control(view: SettingsView, name: str) -> QWidget:
    return next(row.control for row in view.rows if row.name == name)


def type_in(qtbot: QtBot, box: QWidget, text: str) -> None:
    assert isinstance(box, QSpinBox | QDoubleSpinBox | QLineEdit)
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def press(qtbot: QtBot, view: SettingsView, text: str) -> None:
    button = next(each for each in view.findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("row", "typed", "name", "value"),
    [
        ("Time for a question", "30", "max_minutes", 30.0),
        ("Time for one program", "5", "program_seconds", 5.0),
        ("Memory for programs", "4096", "sandbox_megabytes", 4096),
        ("Threads", "3", "threads", 3),
        ("Keep past runs", "90", "keep_days", 90),
        ("Name of its model", "big", "server_model", "big"),
        ("Address", "http://127.0.0.1:8080", "server_address", "http://127.0.0.1:8080"),
        ("Tokens it takes at once", "8192", "server_window", 8192),
    ],
)
def test_a_setting_is_changed_and_kept(
    qtbot: QtBot, open_window: OpenWindow, row: str, typed: str, name: str, value: object
) -> None:
    view = opened(open_window())
    type_in(qtbot, control(view, row), typed)
    assert getattr(Settings.read(places.settings()), name) == value


def test_what_cannot_be_is_refused_in_words(qtbot: QtBot, open_window: OpenWindow) -> None:
    view = opened(open_window())
    type_in(qtbot, control(view, "Address"), "my server")
    assert "write it like http://" in view.errors.text
    assert not places.settings().exists()
    type_in(qtbot, control(view, "Address"), "")
    type_in(qtbot, control(view, "Threads"), "2")
    assert view.errors.isHidden()


def test_the_theme_is_chosen_here_and_in_the_menu(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    themes = control(opened(window), "Theme")
    assert isinstance(themes, QComboBox)
    themes.setFocus()
    qtbot.keyClicks(themes, "D")
    assert window.menus.themes["dark"].isChecked()
    assert Settings.read(places.settings()).theme == "dark"
    window.menus.themes["light"].trigger()
    assert themes.currentData() == "light"
    window.menus.themes["system"].trigger()


def test_the_size_of_text_holds_the_next_time_too(qtbot: QtBot, open_window: OpenWindow) -> None:
    before = QApplication.font()
    try:
        window = open_window()
        type_in(qtbot, control(opened(window), "Size of the text"), "17")
        assert QApplication.font().pointSizeF() == 17
        window.close()
        QApplication.setFont(before)
        open_window()
        assert QApplication.font().pointSizeF() == 17
    finally:
        QApplication.setFont(before)


def test_the_search_narrows_the_rows_and_finds_sections(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    view = opened(open_window())
    everything = len(view.rows)
    qtbot.keyClicks(view.search, "overwrites")
    assert [row.name for row in view.rows] == ["Trash"]
    view.search.clear()
    qtbot.keyClicks(view.search, "privacy")
    assert [row.name for row in view.rows] == ["Keep past runs", "All past runs", "Trash"]
    view.search.setText("no such words")
    assert view.rows == []
    view.search.clear()
    assert len(view.rows) == everything


def test_every_command_with_keys_is_listed(open_window: OpenWindow) -> None:
    view = opened(open_window())
    view.search.setText("keyboard")
    named = {row.name for row in view.rows}
    assert {"Settings", "Commands", "Ask", "Find in the document"} <= named


def test_the_models_window_is_one_button_away(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    press(qtbot, opened(window), "Open the Models window")
    assert window.models.view.isVisible()


def _keep_runs(*questions: str) -> None:
    with RunStore(places.database()) as store:
        for question in questions:
            run = store.record(RunStarted(question, (), "a model", Limits()), None, 0)
            store.record(RunEnded(Outcome.ANSWERED, "yes"), run, 1)


def _kept(*, deleted: bool = False) -> int:
    with RunStore(places.database()) as store:
        return len(store.runs(deleted=deleted))


def test_all_runs_go_to_the_trash_come_back_and_are_deleted_for_good(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    _keep_runs("one", "two")
    window = open_window()
    view = opened(window)
    press(qtbot, view, "Move all to the trash")
    qtbot.waitUntil(lambda: "2 runs are in the trash" in view.errors.text)
    assert (_kept(), _kept(deleted=True)) == (0, 2)
    press(qtbot, view, "&Undo")
    qtbot.waitUntil(lambda: _kept() == 2)
    press(qtbot, view, "Move all to the trash")
    qtbot.waitUntil(lambda: _kept() == 0)
    press(qtbot, view, "Empty the trash…")
    assert _kept(deleted=True) == 2
    press(qtbot, view, "De&lete it")
    qtbot.waitUntil(lambda: "2 runs were deleted for good" in view.errors.text)
    assert _kept(deleted=True) == 0


def test_old_runs_are_deleted_at_the_start_if_the_user_wants(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    _keep_runs("old", "old but pinned", "new")
    with RunStore(places.database()) as store:
        old, pinned = store.runs("old")[::-1] if len(store.runs("old")) == 2 else ([], [])
        store.pin(pinned.number, pinned=True)
        for run in (old, pinned):
            store._db.execute(
                "update runs set started_at = '2001-01-01T00:00:00.000+00:00' where id = ?",
                [run.number],
            )
        store._db.conn.commit()
    window = open_window(settings=Settings(keep_days=30))
    qtbot.waitUntil(lambda: _kept() == 2)
    qtbot.waitUntil(lambda: window.views.runs.items.rowCount() == 2)
