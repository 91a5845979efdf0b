"""The list of past runs in the window: names, pins, trash with undo, export."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rlm_desktop import places
from rlm_desktop.gui.items.two_lines import BELOW, HEADING
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.workbench import Phase
from rlm_desktop.runs.events import Limits, Outcome, RunEnded, RunStarted, Source
from rlm_desktop.storage.run_store import RunStore
from tests.gui.conftest import OpenWindow


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow) -> MainWindow:
    """A window with three past runs."""
    with RunStore(places.database()) as store:
        for question in ("Which pump?", "How many doors?", "Who signed?"):
            run = store.record(RunStarted(question, (), "a model", Limits()), None, 0)
            store.record(RunEnded(Outcome.ANSWERED, "Ada"), run, 1)
    opened = open_window()
    qtbot.waitUntil(lambda: rows(opened) == ["Who signed?", "How many doors?", "Which pump?"])
    return opened


def rows(window: MainWindow) -> list[str]:
    items = window.views.runs.items
    return [items.index(row).data() for row in range(items.rowCount())]


def select(window: MainWindow, row: int) -> None:
    window.views.runs.list.setCurrentIndex(window.views.runs.items.index(row))


def test_a_run_goes_to_the_trash_and_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    runs, errors = window.views.runs, window.views.errors
    QAbstractItemModelTester(
        runs.items, QAbstractItemModelTester.FailureReportingMode.Fatal, runs.items
    )
    select(window, 1)
    runs.list.setFocus()
    qtbot.keyClick(runs.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(window) == ["Who signed?", "Which pump?"])
    assert errors.text == "Run 2 is in the trash"
    errors._button.click()
    qtbot.waitUntil(lambda: len(rows(window)) == 3)
    assert not errors.isVisible()


def test_the_trash_is_looked_into(qtbot: QtBot, window: MainWindow) -> None:
    runs = window.views.runs
    select(window, 0)
    runs.trash.trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == 2)
    runs.show_trash.trigger()
    qtbot.waitUntil(lambda: rows(window) == ["Who signed?"])
    select(window, 0)
    runs.restore.trigger()
    qtbot.waitUntil(lambda: rows(window) == [])
    runs.show_trash.trigger()
    qtbot.waitUntil(lambda: len(rows(window)) == 3)


def test_a_run_is_renamed_in_its_row(qtbot: QtBot, window: MainWindow) -> None:
    runs = window.views.runs
    select(window, 2)
    runs.rename.trigger()
    editor = runs.list.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Which pump?"
    editor.setText("The pump of spring")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(window)[2] == "The pump of spring")
    select(window, 2)
    index = runs.items.index(2)
    assert runs.items.setData(index, "Which pump?")
    qtbot.waitUntil(lambda: rows(window)[2] == "Which pump?")
    assert runs.items.setData(index, "The pump of spring")
    qtbot.waitUntil(lambda: rows(window)[2] == "The pump of spring")
    runs.search.setText("spring")
    qtbot.waitUntil(lambda: rows(window) == ["The pump of spring"])


def test_a_pinned_run_is_at_the_top(qtbot: QtBot, window: MainWindow) -> None:
    runs = window.views.runs
    select(window, 2)
    runs.pin.trigger()
    qtbot.waitUntil(lambda: rows(window)[0] == "📌 Which pump?")
    select(window, 0)
    assert runs.pin.text() == "Un&pin"
    runs.pin.trigger()
    qtbot.waitUntil(lambda: rows(window)[2] == "Which pump?")


@pytest.mark.parametrize("ending", ["html", "md", "json", "jsonl"])
def test_a_run_is_exported(qtbot: QtBot, window: MainWindow, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"run.{ending}"
    window.kept_runs.export(1, path)
    qtbot.waitUntil(lambda: window.views.errors.text == f"Written to {path}")
    assert "Which pump?" in path.read_text()


def test_a_run_is_exported_as_pdf(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "run.pdf"
    window.kept_runs.export(1, path)
    qtbot.waitUntil(lambda: window.views.errors.text == f"Written to {path}")
    with closing(pypdfium2.PdfDocument(path)) as document:
        text = document[0].get_textpage().get_text_range()
    assert "Which pump?" in text
    assert "Ada" in text
    assert [each.name for each in tmp_path.glob(".run*")] == []
    window.kept_runs.export(1, tmp_path / "gone" / "run.pdf")
    qtbot.waitUntil(lambda: "cannot be written" in window.views.errors.text)


def test_what_cannot_be_written_is_said(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.kept_runs.export(1, tmp_path / "gone" / "run.html")
    qtbot.waitUntil(lambda: "cannot be written" in window.views.errors.text)
    window.menus.export.trigger()
    assert "There is no run to export" in window.views.errors.text


def headings(window: MainWindow) -> list[str]:
    items = window.views.runs.items
    return [items.index(row).data(HEADING) for row in range(items.rowCount())]


def test_runs_are_grouped_by_day_and_pinned_ones_stand_first(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    days = {"old": 400, "last week": 3, "yesterday": 1, "today": 0, "today, too": 0}
    with RunStore(places.database()) as store:
        for question, ago in days.items():
            run = store.record(RunStarted(question, (), "a model", Limits()), None, 0)
            store.record(RunEnded(Outcome.ANSWERED, "Ada"), run, 1)
            at = datetime.now(UTC) - timedelta(days=ago)
            store._db.execute("update runs set started_at = ? where id = ?", [at.isoformat(), run])
        store._db.conn.commit()
        store.pin(2, pinned=True)
    window = open_window()
    qtbot.waitUntil(lambda: len(rows(window)) == 5)
    old = datetime.now(UTC) - timedelta(days=400)
    assert rows(window) == ["📌 last week", "today, too", "today", "yesterday", "old"]
    assert headings(window) == ["Pinned", "Today", "", "Yesterday", f"{old:%B %Y}"]
    first = window.views.runs.items.index(0)
    assert str(first.data(Qt.ItemDataRole.AccessibleTextRole)).startswith("Pinned: ")
    view = window.views.runs.list
    assert view.visualRect(first).height() > view.visualRect(view.items.index(2)).height()
    window.views.runs.search.setText("today")
    qtbot.waitUntil(lambda: len(rows(window)) == 2)
    assert headings(window) == ["", ""], "the best fit comes first, whatever its day"


def test_a_past_question_is_asked_again_over_its_documents(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    window = open_window(["Yes", "Under a stone.", "Right", "Yes", "There.", "Right"])
    window.begin([document])
    window.views.question.box.setPlainText("Where is the key?")
    window.views.question.ask()
    view = window.views.run_view
    qtbot.waitUntil(lambda: view.run.ended is not None and idle(window), timeout=10_000)
    other = document.with_name("other.txt")
    other.write_text("nothing")
    window.workbench.documents.replace([other])
    window.views.question.box.setPlainText("something else")
    window.menus.ask_again.trigger()
    assert window.views.question.box.toPlainText() == "Where is the key?"
    assert window.workbench.documents.paths == [document]
    assert not window.views.question.follows.isChecked()
    window.views.question.box.setPlainText("Where is the key of the mill?")
    window.views.question.ask()
    qtbot.waitUntil(
        lambda: view.run.ended is not None and view.run.ended.answer == "There." and idle(window),
        timeout=10_000,
    )
    assert view.run.started is not None
    assert view.run.started.follows is None


def test_an_interrupted_run_can_be_asked_again(
    qtbot: QtBot, open_window: OpenWindow, document: Path
) -> None:
    source = Source("letter.txt", str(document), "text", 9, "0" * 64)
    with RunStore(places.database()) as store:
        run = store.record(RunStarted("Which pump?", (source,), "a model", Limits()), None, 0)
    window = open_window()
    window.begin(run=run)
    qtbot.waitUntil(lambda: "interrupted" in window.views.errors.text)
    again = next(
        each for each in window.views.errors.findChildren(QPushButton) if each.text() == "Ask again"
    )
    again.click()
    assert window.views.question.box.toPlainText() == "Which pump?"
    assert window.workbench.documents.paths == [document]


def idle(window: MainWindow) -> bool:
    return window.workbench.phase is Phase.IDLE


def test_tags_stand_in_the_title_and_are_found(qtbot: QtBot, window: MainWindow) -> None:
    runs = window.views.runs
    assert runs.items.setData(runs.items.index(0), "Who signed? #lease #2025")
    qtbot.waitUntil(lambda: "#lease · #2025" in str(runs.items.index(0).data(BELOW)))
    assert rows(window)[0] == "Who signed?"
    assert runs.items.index(0).data(Qt.ItemDataRole.EditRole) == "Who signed? #lease #2025"
    assert runs.items.setData(runs.items.index(1), "Doors of the mill #house")
    qtbot.waitUntil(lambda: rows(window)[1] == "Doors of the mill")
    runs.search.setText("#house")
    qtbot.waitUntil(lambda: rows(window) == ["Doors of the mill"])


def test_two_runs_are_compared(qtbot: QtBot, window: MainWindow) -> None:
    runs = window.views.runs
    select(window, 0)
    assert not runs.compare.isEnabled()
    runs.list.setFocus()
    qtbot.keyClick(runs.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert runs.compare.isEnabled()
    runs.compare.trigger()
    qtbot.waitUntil(lambda: window.kept_runs.comparison is not None)
    shown = window.kept_runs.comparison
    assert shown is not None
    left, right = shown.sides
    assert left.title.text() == "Run 3: Who signed?"
    assert right.title.text() == "Run 2: How many doors?"
    assert left.answer.toPlainText() == "Ada"
    assert "Model: a model" in right.facts.text()
    with qtbot.waitSignal(shown.destroyed):
        shown.actions()[0].trigger()


def test_a_log_of_rlms_is_looked_at(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    log = tmp_path / "run.rlms.jsonl"
    window.kept_runs.export(1, log)
    qtbot.waitUntil(lambda: window.views.errors.text == f"Written to {log}")
    window.kept_runs.bring(log)
    run_view = window.views.run_view
    qtbot.waitUntil(lambda: run_view.run.ended is not None and idle(window))
    assert run_view.run.started is not None
    assert run_view.run.started.question == "Which pump?"
    assert run_view.run.started.model == "a model (run.rlms.jsonl)"
    qtbot.waitUntil(lambda: len(rows(window)) == 4)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("nothing")
    window.kept_runs.bring(bad)
    qtbot.waitUntil(lambda: "Line 1 of" in window.views.errors.text)
