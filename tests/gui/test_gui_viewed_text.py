"""Tests for rlm_desktop.gui.viewed_text."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.collection import Collection
from rlm_desktop.errors import DocumentError
from rlm_desktop.gui.viewed_text import ROW_BYTES, ViewedText


@contextmanager
def viewed(text: str) -> Iterator[ViewedText]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Collection.of_text(text, "a.txt", Path(folder)) as collection,
    ):
        seen = ViewedText(collection.parts[0])
        yield seen
        seen.close()


texts = st.lists(
    st.one_of(
        st.text(max_size=30), st.sampled_from(["é" * 700, "x" * 2100, "漢" * 1000, "🙂" * 300])
    ),
    max_size=6,
).map("\n".join)


@given(texts.filter(lambda text: "\r" not in text))
def test_the_rows_are_the_whole_text_in_order(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    with viewed(text) as seen:
        rows = list(seen.rows_from(0))
        assert [row.start for row in rows] == [0, *(row.end for row in rows[:-1])]
        assert rows[-1].end == seen.size
        joined = "".join(("\n" if row.begins and row.start else "") + row.text for row in rows)
        assert joined == text.removesuffix("\n")
        assert all(len(row.text.encode()) <= ROW_BYTES + 3 for row in rows)
        assert list(seen.rows_before(seen.size)) == rows[-2::-1]


@given(texts, st.integers(0, 9000))
def test_every_byte_is_in_the_row_that_is_found_for_it(text: str, offset: int) -> None:
    with viewed(text.encode("utf-8", "replace").decode()) as seen:
        row = seen.row_at(offset)
        assert row.start <= min(offset, max(seen.size - 1, 0))
        assert min(offset, max(seen.size - 1, 0)) < row.end or not seen.size
        assert row in list(seen.rows_from(0))


def test_places_are_told_in_bytes_and_code_points() -> None:
    with viewed("für\nüber uns") as seen:
        assert (seen.byte_of(4), seen.position_of(5)) == (5, 4)
        assert seen.row_at(5).text == "über uns"
        assert seen.line_marks().line_of(5) == 2


def test_a_gigantic_line_is_shown_from_its_middle() -> None:
    with viewed("y" * (ROW_BYTES * 20_000)) as seen:
        rows = list(itertools.islice(seen.rows_from(seen.size - 5 * ROW_BYTES), 9))
        assert [len(row.text) for row in rows] == [ROW_BYTES] * 5


def test_a_file_that_became_shorter_is_named(tmp_path: Path) -> None:
    with Collection.of_text("long " * 40_000, "a.txt", tmp_path) as collection:
        seen = ViewedText(collection.parts[0])
        collection.parts[0].text_path.write_text("short")
        with pytest.raises(DocumentError, match=r"a\.txt changed since it was read"):
            seen.row_at(0)
        seen.close()
