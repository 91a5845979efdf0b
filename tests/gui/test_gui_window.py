"""The window with its real parts, and a model that gives its replies from a script."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, thread_time

import psutil
import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.errors import EngineError, ModelError
from rlm_desktop.gui import app
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.runs.events import Outcome
from rlm_desktop.runs.run import Run
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore
from tests.gui.conftest import OpenWindow

ANSWER = "The key is under the **third stone**."


def ask(qtbot: QtBot, window: MainWindow, question: str, document: Path | None = None) -> None:
    """Type a question and press Ctrl+Return."""
    if document is not None:
        window.begin([document])
    box = window.views.question.box
    box.setPlainText(question)
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def idle(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.workbench.phase is Phase.IDLE


def ended(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.views.run_view.run.ended is not None and idle(window)()


def texts(window: MainWindow) -> tuple[str, str, str]:
    view = window.views.run_view
    return view.story.toPlainText(), view.code.toPlainText(), view.answer.text.toPlainText()


def test_a_question_typed_is_answered_and_kept(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER, "Right"])
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(ended(window), timeout=10_000)
    story, _, answer = texts(window)
    assert "Where is the key hidden?" in story
    assert "The text is short: the model reads all of it" in story
    assert answer == "The key is under the third stone."
    assert window.views.run_view.answer.status == "✓ Short enough to read whole"
    runs = window.views.runs.list.items
    qtbot.waitUntil(lambda: runs.rowCount() == 1 and "answered" in below(runs, 0))
    with RunStore(places.database()) as store:
        (kept,) = store.runs()
        assert kept.question == "Where is the key hidden?"


def below(items: object, row: int) -> str:
    from rlm_desktop.gui.items.two_lines import BELOW

    return str(items.index(row).data(BELOW))  # type: ignore[attr-defined]


def test_a_kept_run_looks_as_it_did_live(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER, "Right", "Yes", "Ada.", "Right"])
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(ended(window), timeout=10_000)
    live = texts(window)
    ask(qtbot, window, "Who is written to?")
    qtbot.waitUntil(lambda: "Ada." in texts(window)[2] and idle(window)(), timeout=10_000)
    runs = window.views.runs
    qtbot.waitUntil(lambda: runs.list.items.rowCount() == 2)
    runs.list.activated.emit(runs.list.items.find(1))
    qtbot.waitUntil(lambda: texts(window) == live and idle(window)())
    qtbot.waitUntil(lambda: runs.list.items.value(runs.list.currentIndex()) == 1)


PROGRAMS = [
    "count",
    'hits = grep(r"FAILED")\nprint(len(hits), "failures")\n',
    'print(ask_all("Which machine?", hits[:3]))\n',
    "M7",
    "M8",
    "M9",
    "final(str(len(hits)))\n",
]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A document that is too long to be read whole."""
    path = tmp_path / "machines.log"
    rows = (
        f"2025-03-01 machine M{n % 12} {'FAILED belt' if n % 40 == 7 else 'ok'} {n}\n"
        for n in range(4000)
    )
    path.write_text("".join(rows))
    return path


def test_programs_in_the_real_sandbox_fill_all_views_and_look_the_same_read_back(
    qtbot: QtBot, open_window: OpenWindow, log: Path
) -> None:
    window = open_window(PROGRAMS)
    ask(qtbot, window, "How many failures are there?", log)
    qtbot.waitUntil(ended(window), timeout=30_000)
    story, code, answer = live = texts(window)
    assert answer == "100 [1] [2] [3] [4] [5]"
    assert 'hits = grep(r"FAILED")' in code
    assert "100 failures" in code
    assert "Asked the model about 3 passages" in story
    assert "as evidence (grep)" in story
    items = window.views.run_view.items
    root = items.index(0, 0)
    names = [items.index(row, 0, root).data() for row in range(items.rowCount(root))]
    assert len(names) == 4
    assert all("machine M" in name for name in names[1:])
    assert window.views.run_view.answer.evidence.items.rowCount() > 0
    window.views.question.box.clear()
    window.menus.new.trigger()
    assert texts(window) != live
    runs = window.views.runs.list
    qtbot.waitUntil(lambda: runs.items.rowCount() == 1)
    runs.activated.emit(runs.items.index(0))
    qtbot.waitUntil(lambda: texts(window) == live)
    root = items.index(0, 0)
    assert [items.index(row, 0, root).data() for row in range(items.rowCount(root))] == names


def test_the_window_opens_on_a_kept_run(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    first = open_window(["Yes", ANSWER, "Right"])
    ask(qtbot, first, "Where is the key hidden?", document)
    qtbot.waitUntil(ended(first), timeout=10_000)
    live = texts(first)
    second = open_window()
    second.begin(run=1)
    qtbot.waitUntil(lambda: texts(second) == live)


def test_a_run_that_is_not_kept_is_said(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    window.begin(run=99)
    qtbot.waitUntil(lambda: "There is no run 99" in window.views.errors.text)
    qtbot.waitUntil(idle(window))


def test_an_empty_question_is_said_in_place(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    ask(qtbot, window, "  \n", document)
    qtbot.waitUntil(lambda: "The question is empty" in window.views.errors.text)
    assert window.views.errors.isVisible()
    qtbot.waitUntil(idle(window))


def test_a_question_without_documents_offers_to_add_some(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    ask(qtbot, window, "Where is the key?")
    assert "There are no documents" in window.views.errors.text
    button = next(b for b in window.views.errors.findChildren(QAbstractButton) if b.isVisible())
    assert button.text() == "Add files…"


def test_stop_ends_a_run_within_a_second(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER * 100, "Right"], pause=0.05)
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(lambda: "key" in last_reply(window.views.run_view.run), timeout=10_000)
    began = monotonic()
    qtbot.mouseClick(window.views.question.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(ended(window), timeout=2000)
    assert monotonic() - began < 1
    end = window.views.run_view.run.ended
    assert end is not None
    assert end.outcome is Outcome.STOPPED
    assert "stopped before there was an answer" in texts(window)[2]
    assert window.views.question.ask_button.isEnabled()


def last_reply(run: Run) -> str:
    calls = list(run.root.walk()) if run.root else []
    return calls[-1].turns[-1].reply if calls and calls[-1].turns else ""


def test_closing_in_a_run_leaves_nothing_behind(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER * 100, "Right"], pause=0.05)
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(lambda: "key" in last_reply(window.views.run_view.run), timeout=10_000)
    began = monotonic()
    window.close()
    assert monotonic() - began < 2
    with RunStore(places.database()) as store:
        (kept,) = store.runs()
        assert kept.outcome == "stopped"
    assert not psutil.Process().children(recursive=True)


def test_a_failure_of_the_engine_is_told_in_the_answer(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window([EngineError("the engine has no memory left")])
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(ended(window), timeout=10_000)
    assert "the engine has no memory left" in texts(window)[2]
    assert "Failed: the engine has no memory left" in texts(window)[0]


def test_a_model_that_cannot_be_opened_is_said_with_a_way_out(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()

    def refuse(_name: str) -> None:
        raise ModelError("the model 'starter' is not here yet")

    window.workbench.model._open_session = refuse  # type: ignore[assignment]
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(lambda: "The model 'starter' is not here" in window.views.errors.text)
    assert window.views.question.model.state == "✗ not loaded"
    qtbot.waitUntil(idle(window))


def test_a_document_that_cannot_be_read_is_said(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    window.begin([tmp_path / "missing.txt"])
    qtbot.waitUntil(lambda: "issing.txt" in window.views.errors.text)
    assert below(window.views.documents.list.items, 0) == "✗ not read"


def test_documents_come_by_drop_and_go_by_button(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(document)), QUrl("https://192.0.2.1/x")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    window.dropEvent(drop)
    items = window.views.documents.list.items
    qtbot.waitUntil(lambda: "text" in below(items, 0) if items.rowCount() else False)
    assert items.index(0).data() == "letter.txt"
    window.views.documents.list.setCurrentIndex(items.index(0))
    qtbot.mouseClick(window.views.documents.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: items.rowCount() == 0)


def test_a_passage_is_shown_in_its_document(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    from rlm_desktop.runs.events import Evidence

    window = open_window()
    window.begin([document])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    text = document.read_text()
    start = text.index("third stone")
    evidence = Evidence("letter.txt", start, start + 11, 2, None, "third stone")
    window.views.run_view.evidence_chosen.emit(evidence)
    assert window.views.document.text.visible_text == text.rstrip("\n")
    assert window.views.document.place.text() == "letter.txt · line 2"
    assert window.views.tabs.currentWidget() is window.views.document
    other = Evidence("other.txt", 0, 3, 1, None, "abc")
    window.views.run_view.evidence_chosen.emit(other)
    assert "other.txt" in window.views.errors.text


def test_a_bug_in_a_slot_is_shown_with_its_trace(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    reports = app.BugReports()
    reports.crashed.connect(window.troubles.say_bug)
    try:
        raise KeyError("a bug")
    except KeyError:
        reports.report(*sys.exc_info())  # type: ignore[arg-type]
    assert "Something went wrong" in window.views.errors.text
    assert "KeyError: 'a bug'" in window.views.errors.details


def test_the_search_narrows_the_list_of_runs(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", ANSWER, "Right", "Yes", "Ada.", "Right"])
    ask(qtbot, window, "Where is the key hidden?", document)
    qtbot.waitUntil(ended(window), timeout=10_000)
    ask(qtbot, window, "Who is written to?")
    runs = window.views.runs
    qtbot.waitUntil(lambda: runs.list.items.rowCount() == 2 and idle(window)(), timeout=10_000)
    runs.search.setFocus()
    qtbot.keyClicks(runs.search, "hidden")
    qtbot.waitUntil(lambda: runs.list.items.rowCount() == 1)
    assert runs.list.items.index(0).data() == "Where is the key hidden?"


def test_the_window_remembers_borders_and_theme(qtbot: QtBot, open_window: OpenWindow) -> None:
    first = open_window()
    sidebar = first.views.documents.parentWidget()
    assert isinstance(sidebar, QSplitter)
    before = sidebar.sizes()
    sidebar.setSizes([before[0] + 90, before[1] - 90])
    sizes = sidebar.sizes()
    first.menus.themes["dark"].trigger()
    first.close()
    assert Settings.read(places.settings()).theme == "dark"
    assert QSettings(str(places.data() / "window.ini"), QSettings.Format.IniFormat).allKeys()
    second = open_window(settings=Settings.read(places.settings()))
    restored = second.views.documents.parentWidget()
    assert isinstance(restored, QSplitter)
    assert restored.sizes() == pytest.approx(sizes, abs=3)
    assert abs(sizes[0] - before[0]) > 50
    assert second.menus.themes["dark"].isChecked()
    second.menus.themes["system"].trigger()


def test_text_can_be_made_larger_and_as_it_was(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    before = QApplication.font().pointSizeF()
    window.menus.larger.trigger()
    window.menus.larger.trigger()
    assert QApplication.font().pointSizeF() == before + 2
    window.menus.normal.trigger()
    assert QApplication.font().pointSizeF() == before


def test_every_control_has_a_name_and_is_reached_by_keyboard(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    controls = [
        widget
        for widget in window.centralWidget().findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
    ]
    assert len(controls) > 12
    for control in controls:
        named = control.accessibleName() or (
            isinstance(control, QAbstractButton) and control.text()
        )
        assert named, control
    reached: set[QWidget] = set()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.views.question.box.setFocus()
    for _ in range(60):
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
            qtbot.keyClick(focused, Qt.Key.Key_Tab)
    missing = [
        control
        for control in controls
        if control.isEnabled() and not reached & {control, control.focusProxy()}
    ]
    assert missing == []


def test_f6_goes_from_pane_to_pane(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    window.views.question.box.setFocus()
    seen = []
    for _ in range(6):
        window.menus.next_pane.trigger()
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) == 5
    assert seen[4] is window.views.question.box


def test_no_two_actions_have_the_same_key(open_window: OpenWindow) -> None:
    window = open_window()
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert len(keys) == len(set(keys)) > 10


class Stalls(QObject):
    """Measures how long the window's thread did not come back to its events, in seconds.

    `busy` is what it computed in between: unlike the time on the clock, that does not grow when
    other programs want the processor.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.busy: list[float] = []
        self._last = monotonic(), thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = monotonic(), thread_time()
        self.gaps.append(now[0] - self._last[0])
        self.busy.append(now[1] - self._last[1])
        self._last = now


def test_the_window_does_not_stall_while_events_stream_in(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    from gui_demo import beginning, ending, middle

    from rlm_desktop.runs.events import OutputGrew

    happening = [*beginning(), *middle(412)]
    happening += [OutputGrew("1", f"line {number}\n") for number in range(300)]
    happening += list(ending())
    assert len(happening) > 2000
    window = open_window()
    window.views.begin_run()
    window.views.tabs.setCurrentIndex(1)
    pump = window.workbench._pump
    pump.start()

    def stream() -> None:
        """A run's thread: bursts of events, as many as 20 sequences give in 10 ms."""
        for number, event in enumerate(happening):
            pump.take(event)
            if number % 20 == 0:
                pause.wait(0.01)

    pause = threading.Event()
    thread = threading.Thread(target=stream)
    stalls = Stalls()
    with qtbot.waitSignal(pump.drained, timeout=20_000):
        thread.start()
        qtbot.waitUntil(lambda: not thread.is_alive(), timeout=20_000)
        pump.finish()
    busy, gaps = sorted(stalls.busy), sorted(stalls.gaps)
    # 30 ms alone; a program beside it that shares the core halves the speed of both.
    assert busy[int(len(busy) * 0.95)] < 0.1, busy[-5:]
    assert busy[-1] < 0.25, busy[-5:]
    assert gaps[len(gaps) // 2] < 0.05, gaps[-5:]
    assert window.views.run_view.run.ended is not None


def test_without_a_display_the_program_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main() == 2
    told = capsys.readouterr().err
    assert "there is no display" in told
    assert "rlm-desktop ask" in told


def test_damaged_settings_are_said_and_nothing_opens(
    capsys: pytest.CaptureFixture[str],
) -> None:
    places.settings().write_text("{")
    assert app.main() == 2
    assert "mend or delete the file" in capsys.readouterr().err
