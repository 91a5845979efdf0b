"""Several documents in one row of places."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Kind
from rlm_desktop.documents.names import safe_name
from rlm_desktop.documents.spans import LineMarks, PageStarts
from rlm_desktop.documents.text import Text
from rlm_desktop.documents.text_bytes import JoinedBytes, Source
from rlm_desktop.errors import DocumentError
from tests.documents.pdf_maker import pdf
from tests.documents.read import read


@pytest.fixture
def three(tmp_path: Path):
    (tmp_path / "a.txt").write_text("first é\nsecond")
    (tmp_path / "b.pdf").write_bytes(pdf(["page one", "page two"]))
    (tmp_path / "c.csv").write_text("x,y\n1,2\n")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    with read(tmp_path) as collection:
        yield collection


WHOLE = (
    "===== [0] a.txt (text, 2 lines) =====\nfirst é\nsecond\n"
    "===== [1] b.pdf (pdf, 2 pages) =====\npage one\n\fpage two\n"
    "===== [2] c.csv (csv, 2 lines) =====\nx,y\n1,2\n"
)


def test_documents_are_joined_after_their_headers(three: Collection) -> None:
    assert three.text(0, len(three)) == WHOLE
    assert len(three) == len(WHOLE)
    assert three.head(5) == "first"
    assert three.head(1000) == "first é\nsecond"
    assert three.text(-5, 5) == "====="
    assert three.text(5, 3) == ""


def test_the_sandbox_sees_the_same(three: Collection) -> None:
    with Text.of_parts(three.parts) as text:
        assert text == WHOLE
        assert [tuple(span) for span in text.part_spans] == [
            three.document_span(index) for index in range(3)
        ]


def test_every_place_is_told(three: Collection) -> None:
    headers = [WHOLE.index(f"===== [{index}]") for index in range(3)]
    for position in range(len(WHOLE) + 1):
        where = three.where(position)
        start, end = three.document_span(where.index)
        assert where.document == three.documents[where.index]
        assert where.index == sum(position >= start for start in headers[1:])
        if start <= position <= end:
            assert where.position == position - start
            assert where.line == WHOLE[start:position].count("\n") + 1
            if where.document.kind == Kind.PDF:
                assert where.page == WHOLE[start:position].count("\f") + 1
            else:
                assert where.page is None
    header = three.where(WHOLE.index("[1]"))
    assert (header.index, header.position, header.line, header.page) == (1, 0, 1, 1)
    for wrong in (-1, len(WHOLE) + 1):
        with pytest.raises(IndexError):
            three.where(wrong)


def test_lines_and_pages_start_where_they_are(three: Collection) -> None:
    assert three.line_start(0, 2) == WHOLE.index("second")
    assert three.line_start(2, 2) == WHOLE.index("1,2")
    assert three.line_start(2, 99) == len(WHOLE)
    assert three.page_start(1, 2) == WHOLE.index("page two")
    for page in (0, 3):
        with pytest.raises(IndexError):
            three.page_start(1, page)


def test_searches(three: Collection) -> None:
    found = WHOLE.index("page two")
    assert three.find("page two") == found
    assert three.find("page", found + 1) == -1
    assert three.find("page", -3) == WHOLE.index("page")
    assert three.count("page") == WHOLE.count("page")
    assert three.count("page", at_most=1) == 1
    assert three.stands_at(found, "page two")
    assert not three.stands_at(found, "page 2")
    assert not three.stands_at(-1, "")
    assert not three.stands_at(len(WHOLE), "x")


def test_the_table_tells_of_all(three: Collection) -> None:
    assert three.table() == (
        "3 files, 40 characters:\n"
        "[0] a.txt: text, 2 lines, 14 characters\n"
        "[1] b.pdf: pdf, 2 pages, 2 lines, 19 characters\n"
        "[2] c.csv: csv, 2 lines, 8 characters\n"
        "left out: 1 (1 pictures cannot be read)"
    ).replace("40", str(sum(document.chars for document in three.documents)))
    assert three.table(limit=1).splitlines()[2] == "and 2 more: 1 pdf, 1 csv"


def test_the_table_does_not_grow(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text(f"file {number}")
        (tmp_path / f".{number}").write_text("hidden")
    with read(tmp_path) as collection:
        table = collection.table()
        assert len(table.splitlines()) == 43
        assert "and 260 more: 260 text" in table
        assert "left out: 300 (300 hidden)" in table
        assert collection.where(collection.find("file 299")).document.name == "299.txt"


def test_tells_which_files_changed(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_bytes(b"text of " + name.encode() * 100_000)
    with read(tmp_path) as collection:
        assert collection.changed() == []
        with (tmp_path / "a").open("ab") as file:
            file.write(b"more")
        assert collection.changed() == ["a"]
        assert collection.find("bbb") > 0
        with (tmp_path / "a").open("r+b") as file:
            file.truncate(10)
        for use in (
            lambda: collection.text(0, 5),
            lambda: collection.find("b"),
            lambda: collection.count("b"),
            lambda: collection.where(7),
            lambda: collection.stands_at(0, "="),
        ):
            with pytest.raises(DocumentError, match="a changed since it was read: open it again"):
                use()


def test_tells_that_a_file_was_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("é" * 100_000)
    with read(path) as collection:
        path.write_bytes(b"\xff" * 200_000)
        with pytest.raises(DocumentError, match=r"a.txt changed"):
            collection.text(0, 10)


def test_a_piece_of_text_is_a_collection(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with Collection.of_text("a piece, é\ud800\nwith lines", "piece", folder) as collection:
        (path,) = folder.iterdir()
        assert path.stat().st_mode & 0o077 == 0
        assert collection.text(0, len(collection)) == "a piece, é?\nwith lines"
        assert collection.where(12).line == 2
        assert collection.table().startswith("piece: text, 2 lines")
        assert collection.changed() == []
    assert not list(folder.iterdir())
    with Collection.of_text("", "piece", folder) as collection:
        assert len(collection) == 0
        assert collection.where(0).line == 1
    path = tmp_path / "file"
    path.write_text("")
    with pytest.raises(DocumentError, match="cannot be kept in"):
        Collection.of_text("text", "piece", path)


def test_a_document_that_vanished_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    with read(tmp_path / "a.txt") as collection:
        read_again = collection._read
    (tmp_path / "a.txt").unlink()
    with pytest.raises(DocumentError, match="cannot be opened again"):
        Collection(read_again)


def test_names_are_shown_safely(tmp_path: Path) -> None:
    (tmp_path / "a\u202efdp.exe\x1b[31m\n").write_text("text")
    (tmp_path / ("x" * 240)).write_text("other")
    with read(tmp_path) as collection:
        assert collection.documents[0].name == "a\u202efdp.exe\x1b[31m\n"
        assert "a\ufffdfdp.exe\ufffd[31m\ufffd: text" in collection.table()
        assert "[0] a\ufffdfdp.exe\ufffd[31m\ufffd (text" in collection.parts[0].header
        assert "xxx…xxx" in collection.table()


@given(st.text())
def test_a_safe_name_is_one_short_visible_line(name: str) -> None:
    shown = safe_name(name)
    assert len(shown) <= 200
    assert len(shown.splitlines()) <= 1
    assert not any(letter in shown for letter in "\x1b\u202e\u200b\u2066\ufeff\ud800")


@given(st.text(st.sampled_from("aé\n\r"), max_size=60), st.booleans())
def test_line_marks_count_like_str(text: str, with_newlines: bool) -> None:
    if not with_newlines:
        text = text.replace("\n", "\r")
    end = "\n" if "\n" in text else "\r"
    body = text.encode()
    joined = JoinedBytes([Source(text, os.devnull)])
    marks = LineMarks(joined, 0, len(body), block=4)
    for offset in range(len(body) + 1):
        assert marks.line_of(offset) == body[:offset].count(end.encode()) + 1
    starts = [0]
    starts += [at + 1 for at, byte in enumerate(body) if byte == ord(end)]
    for line, start in enumerate(starts, start=1):
        assert marks.start_of(line) == start
    assert marks.start_of(len(starts) + 1) == len(body)


def test_page_starts() -> None:
    pages = PageStarts([0, 10, 10, 25])
    assert [pages.page_of(position) for position in (0, 9, 10, 24, 25, 99)] == [1, 1, 3, 3, 4, 4]
    assert len(pages) == 4
    assert PageStarts([]).page_of(3) is None


def test_the_line_around_a_passage_is_cut_where_it_is_long(tmp_path: Path) -> None:
    text = "one\nthe key is here\n" + "x" * 500 + "needle" + "y" * 500
    with Collection.of_text(text, "t", tmp_path) as collection:
        at = text.index("key")
        assert collection.text(*collection.line_around(at, at + 3)) == "the key is here"
        at = text.index("needle")
        around = collection.text(*collection.line_around(at, at + 6, most=10))
        assert around == "x" * 10 + "needle" + "y" * 10
        assert collection.line_around(0, 3) == (0, 3)
