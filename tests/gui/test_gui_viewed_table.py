"""Tests for rlm_desktop.gui.viewed_table: the rows are those of the csv module."""

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.text_table import TableForm
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.table_blocks import Block, blocks_of
from rlm_desktop.gui.viewed_table import ViewedTable
from rlm_desktop.gui.viewed_text import ViewedText


@contextmanager
def viewed(text: str) -> Iterator[ViewedText]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.of_text(text, "a.csv", Path(folder)) as collection,
    ):
        seen = ViewedText(collection.parts[0])
        yield seen
        seen.close()


def complete(text: ViewedText, block_bytes: int = 64) -> ViewedTable:
    """The table with all of its rows found, in small blocks after the first."""
    table = ViewedTable(text)
    for block in blocks_of(text, table.form, table.end, block_bytes):
        table.add(block)
    return table


def records_of(text: str, form: TableForm) -> list[list[str]]:
    """What the csv module reads from the whole text."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    reader = csv.reader(lines, delimiter=form.delimiter, skipinitialspace=form.spaced)
    return [record for record in reader if record]


def is_closed(text: str, form: TableForm) -> bool:
    """Whether a line that is added is a record of its own: no quote is left open."""
    return records_of(text + "\nlast", form)[-1] == ["last"]


values = st.text(st.sampled_from('ab"\n ,;é漢'), max_size=6)
forms = st.builds(TableForm, st.sampled_from(",;\t|"), st.booleans())
texts = st.text(st.sampled_from('abé"",,;; \n\n\r'), max_size=120)


@given(texts, forms, st.sampled_from([1, 2, 7, 40, 65536]))
def test_blocks_hold_the_records_that_the_csv_module_reads(
    text: str, form: TableForm, block_bytes: int
) -> None:
    if not is_closed(text, form):
        text += '"'
    if not is_closed(text, form):
        return
    with viewed(text) as seen:
        blocks = list(blocks_of(seen, form, 0, block_bytes))
        told = [seen.text(block.start, block.end) for block in blocks]
    assert all(block.sound for block in blocks)
    assert "".join(told) == text
    assert [record for each in told for record in records_of(each, form)] == records_of(text, form)
    assert [block.records for block in blocks] == [len(records_of(each, form)) for each in told]


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(values, min_size=width, max_size=width), min_size=1)
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["", "\ufeff"]),
)
def test_rows_are_what_was_written(
    rows: Sequence[Sequence[str]], end: str, quoting: int, begin: str
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator=end, quoting=quoting).writerows(rows)
    with viewed(text := begin + written.getvalue()) as seen:
        table = complete(seen)
        read = records_of(text, table.form)
        if not is_closed(text, table.form):  # columns with another delimiter were seen in it
            return
        found = table.rows + bool(table.columns)
        assert [table.record(number) for number in range(found)] == read
        if table.form == TableForm(",", spaced=False):
            assert read == rows
        for number in range(table.rows):
            start, after = table.span(number)
            assert table.row_of(start) == table.row_of(after - 1) == number
            assert records_of(seen.text(start, after), table.form) == read[number + 1 : number + 2]


def test_a_quote_that_is_never_closed_takes_one_line_only() -> None:
    with viewed('a,b\n1,2\n3,"4\n5,6\n7,8\n') as seen:
        table = complete(seen)
        assert [table.row(number) for number in range(table.rows)] == [
            ["1", "2"],
            ["3", '"4'],
            ["5", "6"],
            ["7", "8"],
        ]


def test_a_record_longer_than_any_is_cut() -> None:
    with viewed("a,b\n" + "x" * 2_500_000 + ",y\n1,2\n") as seen:
        blocks = list(blocks_of(seen, TableForm(",", spaced=False), 4))
        assert [block.records for block in blocks[:2]] == [1, 1]
        assert max(block.end - block.start for block in blocks) <= 1024 * 1024
        table = complete(seen)
        assert table.row(table.rows - 1) == ["1", "2"]


def test_rows_have_a_value_for_each_column() -> None:
    with viewed("a,b,c\n1\n1,2,3,4\n") as seen:
        table = complete(seen)
        assert [table.row(0), table.row(1)] == [["1", "", ""], ["1", "2", "3,4"]]


def test_a_row_is_found_by_its_byte_once_it_is_known() -> None:
    text = "name;town\n" + "".join(f"é{number};B\n" for number in range(30_000))
    with viewed(text) as seen:
        table = ViewedTable(seen)
        assert table.row_of(3) == -1
        assert table.row_of(seen.size - 2) is None
        for block in blocks_of(seen, table.form, table.end):
            table.add(block)
        assert table.row_of(seen.size - 2) == 29_999 == table.rows - 1
        assert table.row(29_999) == ["é29999", "B"]
        with pytest.raises(IndexError):
            table.row(30_000)


def test_what_is_no_longer_what_was_found_is_said() -> None:
    with viewed("a,b\n1,2\n") as seen:
        table = ViewedTable(seen)
        table.add(Block(table.end, table.end, 3))
        with pytest.raises(DocumentError, match=r"a\.csv changed since it was read: open it again"):
            table.row(1)


def test_a_text_without_a_record_is_a_table_without_columns() -> None:
    with viewed("\n\n\n") as seen:
        table = complete(seen)
        assert (table.columns, table.rows, table.row_of(0)) == ((), 0, None)
