"""The notice that stands in the window while texts are sent to a server elsewhere."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.gui import app, style
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.session import SERVER
from rlm_desktop.settings import Settings
from tests.gui.conftest import OpenWindow

THERE = "192.0.2.7:8080"
NOW = f"⚠ Questions and texts leave this machine: they are sent to {THERE}."
THEN = f"⚠ The texts of this run were sent to {THERE}."


def elsewhere() -> ScriptedEngine:
    engine = ScriptedEngine(["Under the third stone."])
    engine.address = THERE
    return engine


def ask(qtbot: QtBot, window: MainWindow, document: Path) -> None:
    window.begin([document])
    window.views.question.box.setPlainText("Where is the key?")
    window.menus.ask.trigger()
    qtbot.waitUntil(ended(window), timeout=10_000)


def ended(window: MainWindow) -> Callable[[], bool]:
    return lambda: (
        window.views.run_view.run.ended is not None and window.workbench.phase is Phase.IDLE
    )


def loaded(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.workbench.model.session is not None and not window.workbench.model.loading


def test_stands_from_the_load_on_and_cannot_be_dismissed(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(engine=elsewhere())
    notice = window.views.notice
    assert not notice.isVisible()
    window.begin()
    qtbot.waitUntil(loaded(window))
    assert notice.isVisible()
    assert notice.text == NOW
    assert not notice.findChildren(QAbstractButton)
    ask(qtbot, window, document)
    assert notice.text == f"{NOW}\n{THEN}"
    window.menus.new.trigger()
    assert notice.text == NOW
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert notice.isVisible()


def test_is_not_there_for_this_machine(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Under the third stone."])
    ask(qtbot, window, document)
    assert not window.views.notice.isVisible()
    assert window.views.notice.text == ""


def test_is_shown_again_with_a_kept_run(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    ask(qtbot, open_window(engine=elsewhere()), document)
    window = open_window([])
    window.begin(run=1)
    qtbot.waitUntil(ended(window), timeout=10_000)
    qtbot.waitUntil(lambda: window.views.notice.text == THEN)
    assert window.views.notice.isVisible()
    window.menus.new.trigger()
    assert not window.views.notice.isVisible()


def test_goes_with_the_server(qtbot: QtBot, open_window: OpenWindow) -> None:
    engine = elsewhere()
    window = open_window(engine=engine)
    window.begin()
    qtbot.waitUntil(lambda: window.views.notice.text == NOW)
    engine.address = ""
    window.views.question.model.chosen.emit("starter")
    qtbot.waitUntil(loaded(window))
    assert not window.views.notice.isVisible()


def test_is_named_for_screen_readers(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window(engine=elsewhere())
    window.begin()
    qtbot.waitUntil(lambda: window.views.notice.text == NOW)
    notice = window.views.notice
    assert notice.accessibleName() == "Notice"
    assert notice.accessibleDescription() == NOW
    assert all(label.accessibleName() for label in notice.findChildren(QLabel))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_is_drawn_as_a_warning_in_both_themes(
    qtbot: QtBot, open_window: OpenWindow, theme: str
) -> None:
    window = open_window(engine=elsewhere())
    window.begin()
    qtbot.waitUntil(lambda: window.views.notice.text == NOW)
    try:
        window.appearance.use_theme(theme)
        qtbot.waitUntil(lambda: style.is_dark(window.palette()) == (theme == "dark"))
        (label,) = [each for each in window.views.notice.findChildren(QLabel) if each.isVisible()]
        ink = label.palette().windowText().color()
        assert ink == style.color(Tone.WARNING, window.palette())
    finally:
        window.appearance.use_theme("light")


def test_the_server_of_the_settings_is_offered_first_and_is_no_model_of_ours(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    settings = Settings(server_address=f"http://{THERE}")
    window = open_window(engine=elsewhere(), settings=settings)
    box = window.views.question.model.box
    qtbot.waitUntil(lambda: box.count() > 2)
    assert box.itemText(0) == f"Server at http://{THERE}"
    box.activated.emit(0)
    qtbot.waitUntil(loaded(window))
    assert window.workbench.model.name == SERVER
    window.appearance.use_theme("light")
    assert json.loads(places.settings().read_text())["model"] == "starter"


def test_the_window_begins_with_the_server_if_there_is_one(qtbot: QtBot) -> None:
    for settings, name in (
        (Settings(server_address="http://127.0.0.1:9"), SERVER),
        (Settings(), "starter"),
    ):
        window = app.open_window(settings)
        qtbot.addWidget(window)
        assert window.workbench.model.name == name
        window.close()
