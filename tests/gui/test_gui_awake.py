"""The computer does not go to sleep during a run."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.awake import Awake
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.ipc import held_tool
from tests.gui.conftest import OpenWindow


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tool that writes down when it begins and ends."""
    log = tmp_path / "awake.log"
    script = f"echo begins >> '{log}'; cat; echo ends >> '{log}'"
    monkeypatch.setattr(held_tool, "keeping_awake", lambda: ("sh", "-c", script))
    return log


def lines(log: Path) -> list[str]:
    return log.read_text().split() if log.exists() else []


def test_a_run_keeps_the_computer_awake_until_it_ends(
    open_window: OpenWindow, qtbot: QtBot, tool: Path
) -> None:
    workbench = open_window().workbench
    kept = Awake(workbench)
    workbench.phase_changed.emit(Phase.WAITING)
    assert lines(tool) == []
    workbench.phase_changed.emit(Phase.RUNNING)
    qtbot.waitUntil(lambda: lines(tool) == ["begins"])
    workbench.phase_changed.emit(Phase.STOPPING)
    workbench.phase_changed.emit(Phase.IDLE)
    qtbot.waitUntil(lambda: lines(tool) == ["begins", "ends"])
    kept.stop()


def test_a_window_that_closes_during_a_run_lets_the_computer_sleep(
    open_window: OpenWindow, qtbot: QtBot, tool: Path
) -> None:
    workbench = open_window().workbench
    kept = Awake(workbench)
    workbench.phase_changed.emit(Phase.RUNNING)
    qtbot.waitUntil(lambda: lines(tool) == ["begins"])
    kept.stop()
    assert lines(tool) == ["begins", "ends"]


def test_a_tool_that_is_not_there_hinders_nothing(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_tool, "keeping_awake", lambda: ("/no/such/tool",))
    workbench = open_window().workbench
    kept = Awake(workbench)
    workbench.phase_changed.emit(Phase.RUNNING)
    workbench.phase_changed.emit(Phase.IDLE)
    kept.stop()
