"""Tables in the viewer, through the window: what is shown, gone to, found, copied and kept."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QHeaderView
from pytestqt.qtbot import QtBot

from rlm_desktop.gui.items.table_items import VALUE
from rlm_desktop.gui.main_window import MainWindow
from rlm_desktop.gui.views import table_view
from rlm_desktop.gui.views.table_view import TableView
from rlm_desktop.runs.events import Evidence
from tests.gui.conftest import OpenWindow

Show = Callable[..., MainWindow]
ROWS = 6000
ORDERS = "number,name,note\n" + "".join(
    f'{number},Ada {number % 7},"Rome,\nno. {number * 3}"\n' for number in range(1, ROWS + 1)
)


@pytest.fixture
def show(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> Show:
    """Shows a document in the viewer of a window."""

    def shown(name: str, text: str, *, columns: bool = False) -> MainWindow:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        window = open_window()
        window.begin([path])
        qtbot.waitUntil(lambda: window.workbench.documents.collection is not None)
        window.viewers.text.open(path)
        if columns:
            qtbot.mouseClick(window.views.document.form, Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: window.viewers.text.knows_rows)
        return window

    return shown


def selected(table: TableView) -> list[int]:
    return sorted({index.row() for index in table.selectedIndexes()})


def is_seen(table: TableView, row: int) -> bool:
    place = table.visualRect(table.items.index(row, 0))
    return place.isValid() and table.viewport().rect().contains(place.center())


def evidence(quote: str) -> Evidence:
    start = ORDERS.index(quote)
    return Evidence("orders.csv", start, start + len(quote), 1, None, quote)


def test_only_a_table_is_offered_in_columns(show: Show) -> None:
    assert show("orders.csv", ORDERS).views.document.form.isVisible()
    window = show("letter.txt", "Dear Ada,\nthe key is under the stone.\n")
    assert window.views.document.form.isHidden()


def test_a_table_is_shown_in_columns_and_as_text_again(qtbot: QtBot, show: Show) -> None:
    window = show("orders.csv", ORDERS)
    view = window.views.document
    assert (view.form.text(), view.table.isVisible()) == ("As table", False)
    qtbot.mouseClick(view.form, Qt.MouseButton.LeftButton)
    assert (view.form.text(), view.table.isVisible()) == ("As text", True)
    assert not view.text.isVisible()
    assert view.wrapped.isHidden()
    across = Qt.Orientation.Horizontal
    names = [view.table.items.headerData(column, across) for column in range(3)]
    assert names == ["number", "name", "note"]
    assert view.table.items.index(1, 2).data(VALUE) == "Rome,\nno. 6"
    qtbot.waitUntil(lambda: view.table.items.rowCount() == ROWS)
    assert view.table.accessibleDescription() == "6,000 rows, 3 columns"
    qtbot.mouseClick(view.form, Qt.MouseButton.LeftButton)
    assert view.text.isVisible()
    assert view.text.visible_text.startswith("number,name,note")


def test_values_with_tabs_between_them_are_a_table_too(show: Show) -> None:
    table = show("orders.tsv", "a\tb, c\n1\t2\n3\t4\n", columns=True).views.document.table
    assert [table.items.index(1, column).data() for column in range(2)] == ["3", "4"]


def test_the_form_is_remembered_for_the_kind(qtbot: QtBot, show: Show) -> None:
    show("orders.csv", ORDERS, columns=True).close()
    again = show("others.csv", "a,b\n1,2\n")
    assert again.views.document.table.isVisible()
    qtbot.mouseClick(again.views.document.form, Qt.MouseButton.LeftButton)
    again.close()
    assert not show("others.csv", "a,b\n1,2\n").views.document.table.isVisible()


def test_a_row_is_gone_to_by_its_number(qtbot: QtBot, show: Show) -> None:
    view = show("orders.csv", ORDERS, columns=True).views.document
    assert view.line.placeholderText() == "Row"
    qtbot.keyClicks(view.line, "4321")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    assert selected(view.table) == [4320]
    assert is_seen(view.table, 4320)
    assert view.table.items.index(4320, 0).data() == "4321"
    view.line.setText("99999")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    assert selected(view.table) == [ROWS - 1]
    assert is_seen(view.table, ROWS - 1)


def test_a_row_is_gone_to_as_soon_as_it_was_found(qtbot: QtBot, show: Show) -> None:
    view = show("orders.csv", ORDERS).views.document
    qtbot.mouseClick(view.form, Qt.MouseButton.LeftButton)
    view.line.setText("5999")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: selected(view.table) == [5998])
    assert is_seen(view.table, 5998)


def test_the_rows_of_passages_are_marked_and_gone_through(qtbot: QtBot, show: Show) -> None:
    window = show("orders.csv", ORDERS, columns=True)
    view = window.views.document
    told = [evidence(f"no. {number * 3}") for number in (5, 2500, 5900)]
    window.viewers.text.show_evidence(told[1], told)
    assert selected(view.table) == [2499]
    assert is_seen(view.table, 2499)
    assert view.passage.text() == "Passage 2 of 3"
    assert view.table.items.headerData(2499, Qt.Orientation.Vertical) == "› 2,500"
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    assert selected(view.table) == [5899]
    qtbot.mouseClick(view.next, Qt.MouseButton.LeftButton)
    assert (selected(view.table), is_seen(view.table, 4)) == ([4], True)
    qtbot.mouseClick(view.previous, Qt.MouseButton.LeftButton)
    assert selected(view.table) == [5899]
    window.viewers.text.forget_evidence()
    assert view.table.items.headerData(4, Qt.Orientation.Vertical) == "5"


def test_a_passage_over_several_rows_selects_them_all(show: Show) -> None:
    window = show("orders.csv", ORDERS, columns=True)
    start, end = ORDERS.index("10,Ada"), ORDERS.index("13,Ada")
    told = Evidence("orders.csv", start, end, 1, None, ORDERS[start:end])
    window.viewers.text.show_evidence(told, [told])
    assert selected(window.views.document.table) == [9, 10, 11]


def test_the_other_form_shows_the_same_place(qtbot: QtBot, show: Show) -> None:
    window = show("orders.csv", ORDERS)
    view = window.views.document
    told = [evidence("no. 7500")]
    window.viewers.text.show_evidence(told[0], told)
    qtbot.mouseClick(view.form, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: selected(view.table) == [2499])
    view.line.setText("4000")
    qtbot.keyClick(view.line, Qt.Key.Key_Return)
    qtbot.mouseClick(view.form, Qt.MouseButton.LeftButton)
    assert "4000,Ada" in view.text.visible_text


def test_what_is_looked_for_is_gone_to_and_chosen(qtbot: QtBot, show: Show) -> None:
    view = show("orders.csv", ORDERS, columns=True).views.document
    view.find_bar.field.setText("no. 15000")
    qtbot.waitUntil(lambda: view.find_bar.told.text() == "1 of 1")
    assert [(index.row(), index.column()) for index in view.table.selectedIndexes()] == [(4999, 2)]
    assert is_seen(view.table, 4999)
    view.find_bar.field.setText("Ada 3,")  # goes from one value into the next
    qtbot.waitUntil(lambda: view.find_bar.told.text().startswith("1 of"))
    assert selected(view.table) == [2]
    qtbot.mouseClick(view.find_bar.next, Qt.MouseButton.LeftButton)
    assert selected(view.table) == [9]
    view.find_bar.field.setText("number")  # stands in the header
    qtbot.waitUntil(lambda: view.find_bar.told.text() == "1 of 1")
    assert (selected(view.table), is_seen(view.table, 0)) == ([], True)


def test_what_is_selected_is_copied_with_tabs(qtbot: QtBot, show: Show) -> None:
    table = show("orders.csv", ORDERS, columns=True).views.document.table
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == '2\tAda 2\t"Rome,\nno. 6"'
    cell = table.visualRect(table.items.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    table.copy()
    assert QGuiApplication.clipboard().text() == "1\tAda 1\n2\tAda 2"


def test_cells_apart_are_copied_with_empty_ones_between(show: Show) -> None:
    table = show("orders.csv", ORDERS, columns=True).views.document.table
    chosen = table.selectionModel()
    for row, column in ((0, 0), (2, 1)):
        chosen.select(table.items.index(row, column), chosen.SelectionFlag.Select)
    table.copy()
    assert QGuiApplication.clipboard().text() == "1\t\n\tAda 3"


def test_it_is_said_when_too_much_was_selected_to_be_copied(
    qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_view, "MOST_COPIED", 1000)
    window = show("orders.csv", ORDERS, columns=True)
    table = window.views.document.table
    table.selectAll()
    with qtbot.waitSignal(window.viewers.text.refused) as refused:
        table.copy()
    assert refused.args == ["only the first 1,000 of the selected rows were copied"]
    assert QGuiApplication.clipboard().text().endswith('1000\tAda 6\t"Rome,\nno. 3000"')


def test_keys_go_through_the_table_and_tab_leads_out(qtbot: QtBot, show: Show) -> None:
    table = show("orders.csv", ORDERS, columns=True).views.document.table
    table.setFocus()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(table, Qt.Key.Key_End, control)
    assert table.currentIndex().row() == ROWS - 1
    qtbot.keyClick(table, Qt.Key.Key_PageUp)
    assert 0 < table.currentIndex().row() < ROWS - 1
    qtbot.keyClick(table, Qt.Key.Key_Home, control)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 0)
    assert not table.tabKeyNavigation()


def test_columns_are_resized_and_parts_have_names(show: Show) -> None:
    view = show("orders.csv", "a,b\n1," + "x" * 900 + "\n", columns=True).views.document
    table = view.table
    widest = table.fontMetrics().horizontalAdvance("0") * 40
    assert table.columnWidth(1) == widest
    assert table.horizontalHeader().sectionResizeMode(1) is QHeaderView.ResizeMode.Interactive
    for part in (table, view.form, view.line):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface.text(QAccessible.Text.Name)


def test_a_column_is_made_wider_by_keys(qtbot: QtBot, show: Show) -> None:
    table = show("orders.csv", ORDERS, columns=True).views.document.table
    table.setCurrentIndex(table.items.index(0, 1))
    before = table.columnWidth(1)
    qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert table.columnWidth(1) > before
    qtbot.keyClick(table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (table.columnWidth(1), table.currentIndex().column()) == (before, 1)


def test_all_of_a_large_table_is_selected_at_once(qtbot: QtBot, show: Show) -> None:
    """Qt asks each row of a column whether it is selected, to draw the header of the column."""
    window = show("orders.csv", "a,b\n" + "1,2\n" * 300_000, columns=True)
    table = window.views.document.table
    began = perf_counter()
    table.selectAll()
    table.selectColumn(1)
    table.repaint()
    table.horizontalHeader().viewport().repaint()
    assert perf_counter() - began < 0.5


def test_a_document_that_changed_is_refused_as_in_the_text(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    window = show("orders.csv", ORDERS, columns=True)
    view = window.views.document
    with (tmp_path / "orders.csv").open("r+b") as file:
        file.truncate(1000)
    with qtbot.waitSignal(window.viewers.text.refused) as refused:
        view.line.setText("5000")
        qtbot.keyClick(view.line, Qt.Key.Key_Return)
    assert refused.args == ["orders.csv changed since it was read: open it again"]
    qtbot.waitUntil(lambda: view.table.items.rowCount() == 0)


def test_a_document_that_changed_is_refused_in_the_text_as_well(
    qtbot: QtBot, show: Show, tmp_path: Path
) -> None:
    window = show("orders.csv", ORDERS)
    view = window.views.document
    qtbot.waitUntil(lambda: window.viewers.text.knows_lines)
    with (tmp_path / "orders.csv").open("r+b") as file:
        file.truncate(1000)
    for act in (
        lambda: view.text.go_to(100_000),
        lambda: view.line_wanted.emit(5000),
        lambda: window.viewers.text.go_to_place(100_000),
    ):
        with qtbot.waitSignal(window.viewers.text.refused) as refused:
            act()
        assert refused.args == ["orders.csv changed since it was read: open it again"]
    told = evidence("no. 7500")
    with qtbot.waitSignal(window.viewers.text.missing):
        window.viewers.text.show_evidence(told, [told])


def test_a_document_that_is_closed_is_shown_no_more(show: Show) -> None:
    window = show("orders.csv", ORDERS, columns=True)
    window.viewers.text.offer(None)
    assert window.views.document.table.items.rowCount() == 0
    assert window.views.document.form.isHidden()
    assert not window.views.document.table.isVisible()
