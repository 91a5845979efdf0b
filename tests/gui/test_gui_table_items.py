"""Tests for rlm_desktop.gui.items.table_items."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from rlm_desktop.documents.collection import Collection
from rlm_desktop.gui.items.table_items import VALUE, TableItems
from rlm_desktop.gui.table_blocks import Block, blocks_of
from rlm_desktop.gui.viewed_table import ViewedTable
from rlm_desktop.gui.viewed_text import ViewedText

ORDERS = "name,town,note\n" + "".join(
    f'Ada {number},"Rome, Italy","first\nsecond {number}"\n' for number in range(1300)
)


@contextmanager
def items_of(text: str, block_bytes: int = 64) -> Iterator[TableItems]:
    """Items that show all rows of a text, which were found in small blocks, one after another."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.of_text(text, "a.csv", Path(folder)) as collection,
    ):
        seen = ViewedText(collection.parts[0])
        items = TableItems()
        QAbstractItemModelTester(
            items, QAbstractItemModelTester.FailureReportingMode.Warning, items
        )
        table = ViewedTable(seen)
        items.show_table(table)
        for block in list(blocks_of(seen, table.form, table.end, block_bytes)):
            items.add([block])
        yield items
        items.show_table(None)
        seen.close()


def values(items: QAbstractItemModel, row: int, role: int = VALUE) -> list[object]:
    return [items.index(row, column).data(role) for column in range(items.columnCount())]


value = st.text(st.sampled_from('ab1"\n ,;é漢'), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(value, min_size=width, max_size=width), max_size=12)
    ),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_the_rows_are_those_of_the_csv_module(
    qapp: object, rows: list[list[str]], quoting: int, end: str
) -> None:
    written = io.StringIO(newline="")
    width = len(rows[0]) if rows else 2
    writer = csv.writer(written, quoting=quoting, lineterminator=end)
    # A header of plain words, so that commas are taken for what parts the columns.
    writer.writerows([[f"column {number}" for number in range(width)]] * 50)
    writer.writerows(rows)
    read = list(csv.reader(io.StringIO(written.getvalue(), newline="")))
    with items_of(written.getvalue()) as items:
        assert [values(items, row) for row in range(items.rowCount())] == read[1:]


def test_columns_have_names_and_rows_have_numbers(qapp: object) -> None:
    with items_of(ORDERS, 16 * 1024) as items:
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        assert [items.headerData(n, across) for n in range(3)] == ["name", "town", "note"]
        assert items.headerData(3, across) is None
        assert items.rowCount() == 1300
        assert items.headerData(1233, down) == "1,234"
        assert items.headerData(1300, down) is None


def test_a_value_is_shown_in_one_line_and_told_whole(qapp: object) -> None:
    with items_of('a,b\n"<b>one\ntwo",' + "x" * 5000 + "\n") as items:
        first, second = items.index(0, 0), items.index(0, 1)
        assert first.data() == "<b>one two"
        assert first.data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;one<br>two</p>"
        assert len(second.data()) == 301
        assert len(second.data(VALUE)) == 5000


def test_marked_rows_and_what_matches_have_another_ground(qapp: object) -> None:
    with items_of("name,town\nAda,Rome\nBob,Oslo\nEve,Rome\n") as items:

        def grounds(row: int) -> list[bool]:
            found = values(items, row, Qt.ItemDataRole.BackgroundRole)
            return [ground is not None for ground in found]

        start = len("name,town\nAda,Rome\n")
        items.mark([(start + 1, start + 3)])
        assert [grounds(row) for row in range(3)] == [[False] * 2, [True] * 2, [False] * 2]
        assert items.headerData(1, Qt.Orientation.Vertical) == "› 2"
        items.look_for(re.compile("rome", re.IGNORECASE))
        assert grounds(2) == [False, True]
        assert items.column_of(2, re.compile("Rome")) == 1
        assert items.column_of(2, re.compile("Oslo")) is None


def test_a_document_that_has_changed_is_refused_and_shows_nothing(
    qapp: object, qtbot: QtBot
) -> None:
    with items_of("a,b\n1,2\n") as items:
        end = len("a,b\n1,2\n")
        items.add([Block(end, end, 2)])
        with qtbot.waitSignal(items.refused) as refused:
            assert items.index(2, 0).data() is None
        assert refused.args == ["a.csv changed since it was read: open it again"]
        assert items.rowCount() == 3
        assert items.index(0, 0).data() is None


@pytest.mark.parametrize("text", ["\n\n", "only,a,header\n"])
def test_a_table_may_have_no_rows(qapp: object, text: str) -> None:
    with items_of(text) as items:
        assert items.rowCount() == 0
        assert items.columnCount() == len([name for name in text.strip().split(",") if name])
