"""The strip of what was read: its cells, its keys, and the way from it to the document."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.coverage_cells import coverage_cells
from rlm_desktop.gui.views.coverage_strip import CoverageStrip
from rlm_desktop.runs.events import Limits, Outcome, PassagesRead, RunEnded, RunStarted, Source
from rlm_desktop.runs.run import Run
from tests.gui.conftest import OpenWindow

spans = st.lists(st.tuples(st.integers(-5, 2000), st.integers(-5, 2000)), max_size=8)


@given(spans, st.integers(1, 1500), st.integers(1, 300))
def test_the_cells_are_the_whole_text(read: list[tuple[int, int]], length: int, most: int) -> None:
    cells = coverage_cells([PassagesRead("1", "grep", tuple(read))], length, most)
    assert [cell.start for cell in cells] == [0, *(cell.end for cell in cells[:-1])]
    assert cells[-1].end == length
    assert len(cells) <= most
    assert all(0 <= cell.read <= 1 for cell in cells)


@given(st.integers(0, 99), st.integers(1, 100))
def test_what_is_read_is_in_its_cells(start: int, size: int) -> None:
    end = min(100, start + size)
    cells = coverage_cells([PassagesRead("1", "ask", ((start, end),), hits=True)], 100, 10)
    assert sum(cell.read * (cell.end - cell.start) for cell in cells) == end - start or (
        abs(sum(cell.read * (cell.end - cell.start) for cell in cells) - (end - start)) < 1e-6
    )
    assert [cell.hit for cell in cells] == [cell.read > 0 for cell in cells]


def run_of(*sources: tuple[str, int], read: tuple[tuple[int, int], ...]) -> Run:
    told = tuple(Source(name, f"/{name}", "text", chars, "") for name, chars in sources)
    return Run.of(
        [
            RunStarted("Which?", told, "a model", Limits()),
            PassagesRead("1", "ask", read, hits=True),
            RunEnded(Outcome.ANSWERED, "Ada", coverage=0.5),
        ]
    )


def test_keys_go_through_the_parts(qtbot: QtBot) -> None:
    strip = CoverageStrip()
    qtbot.addWidget(strip)
    strip.show_run(run_of(("a.txt", 1000), ("b.txt", 1000), read=((500, 1500),)))
    strip.show()
    assert "50 % of the text was read" in strip.accessibleDescription()
    for wanted in ("a.txt: this part was not read", "a.txt: 100 % of this part was read"):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
        assert strip.accessibleDescription().startswith(wanted)
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert 490 <= chosen.args[0] <= 510
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(strip.width() - 2, 4))
    assert chosen.args[0] > 1900


def test_a_part_is_shown_in_its_document(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "both"
    folder.mkdir()
    for name in ("first", "second"):
        lines = "".join(f"{name} line {number}\n" for number in range(1000))
        (folder / f"{name}.txt").write_text(lines)
    window = open_window()
    window.begin([folder])
    qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
    collection = window.workbench.documents.collection
    assert collection is not None
    for number, name in ((0, "first"), (1, "second")):
        place = collection.text(0, len(collection)).index(f"{name} line 700")
        window.views.run_view.answer.place_chosen.emit(place)
        assert f"{name} line 700" in window.views.document.text.visible_text
        assert window.views.document.place.text().startswith(collection.documents[number].name)
