"""What the window tells of a label that was chosen, and of the speeds that are kept."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.engine.speed import SpeedBook
from rlm_desktop.gui.call_page import call_parts
from rlm_desktop.gui.items.call_figures import Figures
from rlm_desktop.runs.events import CallKind, Outcome
from rlm_desktop.runs.run import Call
from rlm_desktop.sandbox.process import ProcessSandbox
from rlm_desktop.session import Session
from tests.gui.conftest import OpenWindow
from tests.gui.test_gui_window import ask, ended, idle


@pytest.mark.parametrize(("margin", "told"), [(0.04, True), (0.9, False), (None, False)])
def test_the_page_of_a_call_says_that_it_was_close(margin: float | None, told: bool) -> None:
    call = Call("1.2", CallKind.CLASSIFY, "Is it a complaint?", "Hm.")
    call.outcome, call.answer, call.margin = Outcome.ANSWERED, "no", margin
    text = "".join(span.text for part in call_parts(call, Figures(0.0)) for span in part.spans)
    assert ("a close call, ahead of the next label by 4 %" in text) is told


def test_damaged_speeds_are_said_when_a_model_is_loaded(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    places.speeds().write_text("{")
    book = SpeedBook(places.speeds())
    book.pace("model", "machine")
    window = open_window()
    session = Session(
        ScriptedEngine([]), ProcessSandbox, places.database(), [], places.texts(), None, book
    )
    window.workbench.model._open_session = lambda _name: session
    window.workbench.model.use("starter")
    qtbot.waitUntil(lambda: "measured speeds" in window.views.errors.text)
    assert "speeds.damaged" in window.views.errors.text


def test_damaged_speeds_are_said_once_when_a_run_has_ended(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    places.speeds().write_text("{")
    book = SpeedBook(places.speeds())
    book.pace("model", "machine")
    window = open_window()
    engine = ScriptedEngine(["Under the stone.", "Grace"])
    session = Session(engine, ProcessSandbox, places.database(), [], places.texts(), None, book)
    window.workbench.model._open_session = lambda _name: session
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(ended(window), timeout=10_000)
    qtbot.waitUntil(lambda: "measured speeds" in window.views.errors.text)
    window.views.errors.dismiss()
    ask(qtbot, window, "Who wrote it?")
    qtbot.waitUntil(lambda: not engine._replies and ended(window)(), timeout=10_000)
    qtbot.waitUntil(idle(window))
    assert window.views.errors.isHidden()
