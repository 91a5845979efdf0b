"""PDFs: pages, what cannot be read, and files that mean harm."""

import hashlib
import re
import threading
import time
from pathlib import Path
from typing import Any, ClassVar

import psutil
import pytest

from rlm_desktop import places
from rlm_desktop.documents import pdf as pdf_reader
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.documents.store import TextStore
from rlm_desktop.errors import DocumentError, Stopped
from tests.documents.pdf_maker import assembled, bomb, locked_pdf, pdf
from tests.documents.read import read


@pytest.fixture
def saved(tmp_path: Path):
    def save(content: bytes, name: str = "given.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def test_finds_pages(saved) -> None:
    with read(saved(pdf([f"This is page {number}" for number in range(1, 6)]))) as collection:
        (document,) = collection.documents
        assert (document.pages, document.note) == (5, "")
        for number in range(1, 6):
            found = collection.find(f"page {number}")
            assert collection.where(found).page == number
            assert collection.page_start(0, number) == collection.find(f"This is page {number}")
        assert collection.text(0, len(collection)).split("\f")[2] == "This is page 3\n"


def test_says_which_pages_hold_no_text(saved) -> None:
    with read(saved(pdf(["some text", "", "more"]))) as collection:
        assert collection.documents[0].note == "1 of 3 pages holds no text: it needs OCR"
        assert collection.where(collection.find("more")).page == 3
    with pytest.raises(DocumentError, match=r"given.pdf cannot be read: its pages hold no text"):
        read(saved(pdf(["", ""])))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (locked_pdf(), "it has a password"),
        (pdf(["text"])[:200], "it is damaged, or no PDF"),
        (b"%PDF-1.7 and then nothing of the kind", "it is damaged, or no PDF"),
        (assembled(["<< /Type /Catalog >>"]), "it is damaged, or no PDF"),
    ],
)
def test_refuses_what_cannot_be_read(saved, content: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=f"given.pdf cannot be read: {reason}"):
        read(saved(content))
    assert not list(places.texts().glob("*"))


def test_a_damaged_page_is_left_out_and_noted(saved) -> None:
    whole = pdf(["first", "second", "third"])
    # The page is a number now; of the same length, so that the index of the file stays right.
    page = re.search(rb"6 0 obj\n(.*?)\nendobj", whole)
    assert page is not None
    damaged = whole.replace(page[0], b"6 0 obj\n" + b"7".ljust(len(page[1])) + b"\nendobj")
    with read(saved(damaged)) as collection:
        (document,) = collection.documents
        assert document.pages == 3
        assert document.note == "1 of 3 pages damaged and left out"
        assert collection.where(collection.find("third")).page == 3


def test_a_bomb_ends_the_child_only(saved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_MEMORY_BYTES", 512 * 1024**2)
    before = psutil.Process().memory_info().rss
    with pytest.raises(DocumentError, match=r"given.pdf cannot be read: .* over 512 MB of memory"):
        read(saved(bomb()))
    assert psutil.Process().memory_info().rss - before < 50_000_000


def test_keeps_the_pages_before_a_bomb(saved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_MEMORY_BYTES", 300 * 1024**2)
    with read(saved(bomb(before=2))) as collection:
        (document,) = collection.documents
        assert document.pages == 2
        assert "only the first 2 of 3 pages" in document.note
        assert collection.count("A good page") == 2


def test_a_pdf_that_never_ends_is_ended(saved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_CPU_SECONDS", 1)
    # Four levels of forms, each drawn a hundred times by the one above: 10^8 drawings.
    forms = []
    for level in range(4):
        draw = f"/X{level} Do " * 100 if level < 3 else "0 0 1 1 re f"
        resources = f"/Resources << /XObject << /X{level} {6 + level} 0 R >> >>"
        forms.append(
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources} /Length {len(draw)} >>"
            f"\nstream\n{draw}\nendstream"
        )
    draw = "/X0 Do " * 100
    slow = assembled(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources 9 0 R >>",
            f"<< /Length {len(draw)} >>\nstream\n{draw}\nendstream",
            *forms,
            "<< /XObject << /X0 5 0 R >> >>",
        ]
    )
    started = time.monotonic()
    with pytest.raises(DocumentError, match=r"given.pdf cannot be read: it takes over 1 seconds"):
        read(saved(slow))
    assert time.monotonic() - started < 10


def test_stop_ends_the_child(saved) -> None:
    stop = threading.Event()
    path = saved(pdf([f"page {number}" for number in range(200)]))
    reading = read_documents([path], places.texts(), stop)
    progress = next(reading)
    while progress.fraction < 0.2:  # pages come in
        progress = next(reading)
    stop.set()
    with pytest.raises(Stopped):
        list(reading)
    assert not list(places.texts().glob("*"))


def test_a_second_reading_needs_no_child(saved, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(pdf(["one", "two", ""]))
    with read(path) as first:
        monkeypatch.setattr(pdf_reader, "read_pdf", None)
        with read(path) as second:
            assert first.documents == second.documents
            assert second.where(second.find("two")).page == 2


def test_without_a_jail_nothing_is_taken_apart(saved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader.probe, "why_not", lambda: "this is a toaster")
    with pytest.raises(DocumentError, match="in a sandbox only, and this is a toaster"):
        read(saved(pdf(["text"])))


def test_a_pdf_that_was_exchanged_is_refused(saved, tmp_path: Path) -> None:
    path = saved(pdf(["text"]))
    with TextStore(tmp_path / "store").writer("0" * 64, pdf_reader.PARSER) as writer:
        wrong = hashlib.sha256(b"other").hexdigest()
        reading = pdf_reader.read_pdf(path, wrong, 100, writer, threading.Event())
        with pytest.raises(DocumentError, match="changed while it was read"):
            list(reading)


class SaysWrong:
    """A child that is not ours any more."""

    said: ClassVar[list[dict[str, Any]]] = []

    def __init__(self, name: str, died: type[DocumentError]) -> None:
        self._left = iter(self.said)
        self._died = died

    def send(self, message: dict[str, Any]) -> None: ...

    def kill(self) -> None: ...

    def receive(self, stop: threading.Event, deadline: float) -> dict[str, Any]:
        try:
            return next(self._left)
        except StopIteration:
            raise self._died("it ended") from None


@pytest.mark.parametrize(
    "said",
    [
        [],
        [{}],
        [{"say": "end"}],
        [{"say": "pages", "number": 0}],
        [{"say": "pages", "number": 10**12}],
        [{"say": "pages", "number": "2"}],
        [{"say": "text", "text": "too early"}],
        [{"say": "pages", "number": 2}, {"say": "text", "text": 7}],
        [{"say": "pages", "number": 2}, {"say": "page", "number": 2, "damaged": False}],
        [{"say": "pages", "number": 1}, {"say": "end"}],
        [{"say": "pages", "number": 1}, *[{"say": "text", "text": "x" * 10**6}] * 60],
        [{"say": "broken", "reason": ["password"]}],
        [{"say": "unjailed", "reason": "seccomp was refused"}],
    ],
)
def test_what_the_child_says_is_not_trusted(
    saved, monkeypatch: pytest.MonkeyPatch, said: list[dict[str, Any]]
) -> None:
    monkeypatch.setattr(SaysWrong, "said", said)
    monkeypatch.setattr(pdf_reader, "ChildProcess", SaysWrong)
    with pytest.raises(DocumentError, match=r"^given.pdf cannot be read"):
        read(saved(pdf(["text"])))
    assert not list(places.texts().glob("*"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("ef\ufffeficient", "efficient"),
        ("Müll\ufffeér", "Müllér"),
        ("A\ufffeB and 3\ufffe4", "A-B and 3-4"),
        ("end\ufffe\r\nnext", "end-\nnext"),
        ("a\r\nb\rc", "a\nbc"),
        ("a\x00b\fc\td", "abc\td"),
    ],
)
def test_tidies_what_pdfium_writes(given: str, expected: str) -> None:
    assert pdf_reader.tidy(given) == expected
