"""Pictures of the pages of a PDF, drawn in a jailed process."""

import base64
import hashlib
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents import pdf_page
from rlm_desktop.documents.pdf_page import PagePicture, draw_page, quotes_of
from rlm_desktop.errors import DocumentError, Stopped
from tests.documents.pdf_maker import bomb, locked_pdf, pdf

LETTER = "Dear Ada,\nthe key is under the third stone.\nYours, Grace"
Draw = Callable[..., PagePicture]


@pytest.fixture
def drawn(tmp_path: Path) -> Draw:
    def draw(content: bytes, page: int = 1, quote: str = "", width: int = 600) -> PagePicture:
        path = tmp_path / "letter.pdf"
        path.write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        return draw_page(path, sha256, page, width, quote, threading.Event())

    return draw


def ink(picture: PagePicture, top: int, bottom: int) -> int:
    """How many pixels are dark in these rows."""
    rows = picture.pixels[top * picture.width : bottom * picture.width]
    return sum(level < 128 for level in rows)


def test_a_page_is_drawn_with_the_quote_marked_where_it_stands(drawn: Draw) -> None:
    picture = drawn(pdf(["nothing", LETTER]), 2, "under the third stone.\nYours, Grace")
    assert (picture.width, picture.height) == (600, round(792 * 600 / 612))
    assert len(picture.pixels) == picture.width * picture.height
    first, second = picture.marks
    assert first[1] < first[3] <= second[1] < second[3], "one line below the other"
    assert first[0] > second[0], "the quote begins within its line"
    assert ink(picture, first[1], first[3]) > 50
    assert ink(picture, 0, first[1] - 40) == 0


def test_a_quote_that_is_not_there_is_not_marked(drawn: Draw) -> None:
    assert drawn(pdf([LETTER]), 1, "a fourth stone").marks == ()


@pytest.mark.parametrize("content", [locked_pdf(), b"%PDF-1.7 and nothing", bomb()])
def test_what_cannot_be_drawn_is_refused_in_words(drawn: Draw, content: bytes) -> None:
    with pytest.raises(DocumentError, match="page 1 cannot be drawn"):
        drawn(content)


def test_a_page_beyond_the_end_is_refused(drawn: Draw) -> None:
    with pytest.raises(DocumentError, match="page 9 cannot be drawn"):
        drawn(pdf([LETTER]), 9)


def test_a_file_that_was_exchanged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf([LETTER]))
    with pytest.raises(DocumentError, match="it changed since it was read"):
        draw_page(path, "0" * 64, 1, 600, "", threading.Event())


def test_drawing_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf([LETTER]))
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        draw_page(path, "0" * 64, 1, 600, "", stop)


class Liar:
    """A child that says what it wants."""

    def __init__(self, *said: dict[str, Any]) -> None:
        self.said = list(said)

    def __call__(self, *_: object, **__: object) -> "Liar":
        return self

    def send(self, _order: dict[str, Any]) -> None: ...

    def kill(self) -> None: ...

    def receive(self, _stop: object, _deadline: float) -> dict[str, Any]:
        return self.said.pop(0)


def _packed(pixels: bytes) -> str:
    return base64.b64encode(zlib.compress(pixels)).decode()


PICTURE: dict[str, Any] = {"say": "picture", "width": 3, "height": 2, "marks": []}


@pytest.mark.parametrize(
    "said",
    [
        {**PICTURE, "packed": _packed(bytes(5))},
        {**PICTURE, "packed": _packed(bytes(7))},
        {**PICTURE, "packed": "no base64!"},
        {**PICTURE, "packed": base64.b64encode(b"no zlib").decode()},
        {**PICTURE, "packed": _packed(bytes(6)), "width": 9_999},
        {**PICTURE, "packed": _packed(bytes(6)), "marks": [[1, 2, 3]]},
        {"say": "anything"},
    ],
)
def test_a_child_that_lies_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]
) -> None:
    monkeypatch.setattr(pdf_page, "ChildProcess", Liar(said))
    with pytest.raises(DocumentError, match="protocol"):
        draw_page(Path("x.pdf"), "", 1, 3, "", threading.Event())


def test_marks_are_kept_within_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {**PICTURE, "packed": _packed(bytes(6)), "marks": [[-5, -5, 99, 99]]}
    monkeypatch.setattr(pdf_page, "ChildProcess", Liar(told))
    assert draw_page(Path("x.pdf"), "", 1, 3, "", threading.Event()).marks == ((0, 0, 3, 2),)


@given(st.text())
def test_what_is_looked_for_are_lines_of_the_quote(quote: str) -> None:
    lines = quotes_of(quote)
    assert len(lines) <= 20
    assert all(line in quote and len(line) >= 4 and line == line.strip() for line in lines)
