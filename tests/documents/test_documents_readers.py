"""Each way to read, by the contract."""

from pathlib import Path

from rlm_desktop.documents.document import Kind
from tests.contracts.reader_contract import ReaderContract
from tests.documents.pdf_maker import pdf


class TestPlainText(ReaderContract):
    text = "First line\r\nsecond: é 😀\n\nthe last"
    kind = Kind.TEXT

    def make(self, folder: Path) -> Path:
        path = folder / "plain.txt"
        path.write_bytes(self.text.encode())
        return path


class TestMarkedUtf8(ReaderContract):
    text = "name,price\nKöln,3\n"
    kind = Kind.CSV

    def make(self, folder: Path) -> Path:
        path = folder / "marked.csv"
        path.write_bytes(self.text.encode("utf-8-sig"))
        return path


class TestUtf16(ReaderContract):
    text = "Žluťoučký kůň\n😀 and more\n"
    kind = Kind.TEXT

    def make(self, folder: Path) -> Path:
        path = folder / "wide.txt"
        path.write_bytes(self.text.encode("utf-16"))
        return path


class TestLegacy(ReaderContract):
    text = "Die Prüfung der Verträge ist für Köln abgeschlossen.\nGröße: 3 €\n"
    kind = Kind.TEXT

    def make(self, folder: Path) -> Path:
        path = folder / "old.txt"
        path.write_bytes(self.text.encode("cp1252"))
        return path


class TestPdf(ReaderContract):
    text = "First page\nsecond (line)\n\fSecond page with é\n"
    kind = Kind.PDF

    def make(self, folder: Path) -> Path:
        path = folder / "two.pdf"
        path.write_bytes(pdf(["First page\nsecond (line)", "Second page with é"]))
        return path
