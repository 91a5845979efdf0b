"""The Models window, with real files, a package index of this machine, and a scripted model."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.gui.get_thread import TimeLeft
from rlm_desktop.gui.items.model_rows import fit_of
from rlm_desktop.gui.kept_settings import KeptSettings
from rlm_desktop.gui.known_models import KnownModel
from rlm_desktop.gui.models_control import ModelsControl
from rlm_desktop.gui.open_model import OpenModel
from rlm_desktop.gui.views.models_view import ModelsView
from rlm_desktop.models.exams import Exams
from rlm_desktop.models.fetching import FetchProgress, Stage
from rlm_desktop.models.library import Library, ModelFile
from rlm_desktop.sandbox.process import ProcessSandbox
from rlm_desktop.session import Session
from rlm_desktop.settings import Settings
from tests.gui.conftest import OpenWindow
from tests.gui.tiny_model import catalogue, offer
from tests.models.small_gguf import CHAT, small_gguf
from tests.runs import test_runs_exam as scripts

Open = Callable[..., ModelsControl]


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """The Models window over a library with one model to fetch."""
    controls: list[tuple[ModelsControl, OpenModel, QWidget]] = []

    def open_models(engine: ScriptedEngine | None = None) -> ModelsControl:
        listed = catalogue(tmp_path)

        def library() -> Library:
            return Library(places.models(), listed)

        def session(_name: str) -> Session:
            return Session(ScriptedEngine([]), ProcessSandbox, places.database(), [], tmp_path)

        parent = QWidget()
        qtbot.addWidget(parent)
        model = OpenModel(session, library, "tiny", parent)
        settings = KeptSettings(Settings(model="tiny"), places.settings(), parent)
        action = QAction(parent)
        control = ModelsControl(
            model, settings, action, parent, lambda *_: engine or ScriptedEngine([])
        )
        QAbstractItemModelTester(control.view.list.items, control.view)
        controls.append((control, model, parent))
        action.trigger()
        qtbot.waitUntil(lambda: control.view.current is not None)
        return control

    yield open_models
    for control, model, _parent in controls:
        control.close()
        model.stop()
        model.close(float("inf"))


def _press(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _drop(view: ModelsView, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    view.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def _rows(view: ModelsView) -> list[str]:
    items = view.list.items
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(items.index(row).data(role)) for row in range(items.rowCount())]


def _own(tmp_path: Path) -> Path:
    path = tmp_path / "mine.gguf"
    path.write_bytes(small_gguf({**CHAT, "general.name": "Mine"}))
    return path


def test_a_model_is_fetched_and_then_said_to_fit(qtbot: QtBot, opened: Open, index: Path) -> None:
    offer(index)
    view = opened().view
    assert "not here yet · should fit: needs over" in _rows(view)[0]
    assert not view.use.isEnabled()
    _press(qtbot, view.get)
    qtbot.waitUntil(lambda: "✓ here" in _rows(view)[0], timeout=30_000)
    assert "✓ fits: needs" in _rows(view)[0]
    assert "whole" in view.doing.text()
    assert not view.get.isEnabled()
    # It is the model in use, which was not there to be loaded.
    qtbot.waitUntil(lambda: view.state.text() == "✓ tiny is loaded")


def test_a_fetch_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, opened: Open, index: Path
) -> None:
    view = opened().view
    _press(qtbot, view.get)
    qtbot.waitUntil(view.errors.isVisible, timeout=30_000)
    assert "cannot be fetched" in view.errors.text
    assert not view.bar.isVisible()
    offer(index)
    _press(qtbot, view.get)
    qtbot.waitUntil(lambda: "✓ here" in _rows(view)[0], timeout=30_000)
    assert not view.errors.isVisible()


def test_a_fetch_can_be_cancelled(qtbot: QtBot, opened: Open, index: Path) -> None:
    offer(index)
    view = opened().view
    _press(qtbot, view.get)
    _press(qtbot, view.cancel)
    qtbot.waitUntil(lambda: "Stopped" in view.doing.text(), timeout=30_000)
    qtbot.waitUntil(view.get.isEnabled)


def test_a_file_is_added_by_dropping_and_taken_off_and_put_back(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    view, own = opened().view, _own(tmp_path)
    _drop(view, own)
    qtbot.waitUntil(lambda: len(_rows(view)) == 2)
    view.list.setCurrentIndex(view.list.items.index(1))
    _press(qtbot, view.remove)
    qtbot.waitUntil(lambda: len(_rows(view)) == 1)
    assert own.is_file()
    undo = next(each for each in view.errors.findChildren(QPushButton) if each.text() == "&Undo")
    _press(qtbot, undo)
    qtbot.waitUntil(lambda: len(_rows(view)) == 2)


def test_a_file_that_is_no_model_is_refused_in_words(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    view, bad = opened().view, tmp_path / "bad.gguf"
    bad.write_bytes(b"no model")
    _drop(view, bad)
    qtbot.waitUntil(view.errors.isVisible)
    assert "bad.gguf" in view.errors.text
    assert len(_rows(view)) == 1


def test_a_model_is_used_and_its_memory_freed(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    control = opened()
    view = control.view
    _drop(view, _own(tmp_path))
    qtbot.waitUntil(lambda: len(_rows(view)) == 2)
    view.list.setCurrentIndex(view.list.items.index(1))
    _press(qtbot, view.use)
    qtbot.waitUntil(lambda: view.state.text() == "✓ mine is loaded")
    assert Settings.read(places.settings()).model == "mine"
    qtbot.waitUntil(lambda: "(in use)" in _rows(view)[1])
    assert not view.remove.isEnabled()
    _press(qtbot, view.free)
    qtbot.waitUntil(lambda: "mine is not loaded" in view.state.text())
    assert not view.free.isEnabled()


def test_memory_follows_the_context_and_the_choice_is_kept(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    view = opened().view
    _drop(view, _own(tmp_path))
    qtbot.waitUntil(lambda: len(_rows(view)) == 2)
    view.list.setCurrentIndex(view.list.items.index(1))
    assert "room for 2,048 tokens" in view.memory.cost.text()
    view.memory.window_box.setValue(1024)
    assert "room for 1,024 tokens" in view.memory.cost.text()
    view.memory.layers_box.setValue(2)
    assert "on the graphics card" in view.memory.cost.text()
    qtbot.keyClick(view.memory.window_box, Qt.Key.Key_Return)
    qtbot.keyClick(view.memory.layers_box, Qt.Key.Key_Return)
    kept = Settings.read(places.settings())
    assert (kept.window, kept.gpu_layers) == (1024, 2)


def test_another_model_answers_the_sub_calls(qtbot: QtBot, opened: Open, tmp_path: Path) -> None:
    view = opened().view
    _drop(view, _own(tmp_path))
    qtbot.waitUntil(lambda: view.sub_models.findData("mine") > 0)
    view.sub_models.setFocus()
    qtbot.keyClick(view.sub_models, Qt.Key.Key_Down)
    assert Settings.read(places.settings()).sub_model == "mine"


def test_a_check_tells_its_results_and_keeps_them(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    replies = [*scripts.COUNTS, *scripts.RANKS, *scripts.FINDS, *scripts.ADMITS]
    replies += [*scripts.LABELS, *scripts.WRITES, "Nobody knows"]
    view, own = opened(scripts.NoHorse(replies)).view, _own(tmp_path)
    _drop(view, own)
    qtbot.waitUntil(lambda: len(_rows(view)) == 2)
    view.list.setCurrentIndex(view.list.items.index(1))
    _press(qtbot, view.check)
    qtbot.waitUntil(lambda: not view.cancel.isVisible(), timeout=60_000)
    assert "✓ counting lines by a program" in view.doing.text()
    assert "✗ texts in German" in view.doing.text()
    kept = Exams(places.exams()).of("mine", own.stat().st_size)
    assert kept is not None
    assert kept.sentence in view.doing.text()
    qtbot.waitUntil(lambda: kept.sentence in view.about.text())


def test_a_check_can_be_stopped_and_says_nothing_then(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    view, own = opened(ScriptedEngine(["x" * 9000] * 99, pause=0.01)).view, _own(tmp_path)
    _drop(view, own)
    qtbot.waitUntil(lambda: len(_rows(view)) == 2)
    view.list.setCurrentIndex(view.list.items.index(1))
    _press(qtbot, view.check)
    qtbot.waitUntil(lambda: "Task 1 of" in view.doing.text())
    _press(qtbot, view.cancel)
    qtbot.waitUntil(lambda: "Stopped" in view.doing.text(), timeout=10_000)
    qtbot.waitUntil(view.check.isEnabled)
    assert Exams(places.exams()).of("mine", own.stat().st_size) is None


def test_two_files_that_are_dropped_at_once_are_both_added(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    view, own, other = opened().view, _own(tmp_path), tmp_path / "other.gguf"
    other.write_bytes(own.read_bytes())
    _drop(view, own)
    _drop(view, other)
    qtbot.waitUntil(lambda: len(_rows(view)) == 3)


def test_the_window_opens_beside_the_main_one(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    view = window.models.view
    window.menus.models.trigger()
    qtbot.waitUntil(lambda: len(_rows(view)) > 1)
    assert view.isVisible()
    assert not view.isModal()
    window.close()
    assert not view.isVisible()


@pytest.mark.parametrize(
    ("free", "said"),
    [(10_000, "should fit: needs over 0 MB"), (1_100, "! may be slow"), (999, "✗ won't fit")],
)
def test_a_model_not_here_is_judged_by_its_size(free: int, said: str) -> None:
    file = ModelFile("far", "Far", Path("far.gguf"), "MIT", 1000, present=False, in_catalogue=True)
    assert fit_of(KnownModel(file, free))[0].startswith(said)


def test_the_time_left_counts_from_where_a_fetch_goes_on() -> None:
    left = TimeLeft()
    assert left.of(FetchProgress(500, 1000, Stage.FETCHING, "here"), 0.0) is None
    assert left.of(FetchProgress(600, 1000, Stage.FETCHING, "here"), 10.0) == 40.0
    assert left.of(FetchProgress(1000, 1000, Stage.CHECKING, ""), 11.0) is None
