"""What holds for every way in which a document is read; a format subclasses it with a file."""

import threading
from pathlib import Path

import pytest

from rlm_desktop import places
from rlm_desktop.documents.document import Kind
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.errors import DocumentError, Stopped
from tests.documents.read import read, watched


class ReaderContract:
    """`make` writes a document; `text` is what must be read from it, `kind` what it is."""

    text: str
    kind: Kind

    def make(self, folder: Path) -> Path:
        raise NotImplementedError

    def test_the_text_is_exact(self, tmp_path: Path) -> None:
        with read(self.make(tmp_path)) as collection:
            assert collection.text(0, len(collection)) == self.text
            assert len(collection) == len(self.text)

    def test_the_facts_are_right(self, tmp_path: Path) -> None:
        path = self.make(tmp_path)
        with read(path) as collection:
            (document,) = collection.documents
            (part,) = collection.parts
            assert (document.name, document.path, document.kind) == (path.name, path, self.kind)
            assert document.bytes == path.stat().st_size
            assert document.chars == part.chars == len(self.text)
            assert len(document.sha256) == 64
            assert part.header == ""
            assert part.text_path.read_bytes() == self.text.encode()
            assert part.text_bytes == len(self.text.encode())

    def test_every_place_is_found_again(self, tmp_path: Path) -> None:
        with read(self.make(tmp_path)) as collection:
            lines = 0
            for position in range(len(self.text)):
                where = collection.where(position)
                assert (where.index, where.position) == (0, position)
                assert where.line == lines + 1
                lines += self.text[position] == "\n"

    def test_a_second_reading_gives_the_same(self, tmp_path: Path) -> None:
        path = self.make(tmp_path)
        with read(path) as first, read(path) as second:
            assert first.documents == second.documents
            assert first.parts == second.parts

    def test_progress_goes_up_to_the_end(self, tmp_path: Path) -> None:
        collection, progress = watched([self.make(tmp_path)])
        collection.close()
        assert [each.fraction for each in progress] == sorted(each.fraction for each in progress)
        assert progress[-1].fraction == 1
        assert (progress[0].done_files, progress[-1].done_files) == (0, 1)

    def test_stops_when_it_is_told_to(self, tmp_path: Path) -> None:
        stop = threading.Event()
        reading = read_documents([self.make(tmp_path)], places.texts(), stop)
        next(reading)
        stop.set()
        with pytest.raises(Stopped):
            next(reading)
        assert not list(places.texts().glob("*.new"))

    def test_can_be_given_up_midway(self, tmp_path: Path) -> None:
        reading = read_documents([self.make(tmp_path)], places.texts(), threading.Event())
        next(reading)
        next(reading)
        reading.close()
        assert not list(places.texts().glob("*.new"))

    def test_tells_that_the_file_changed(self, tmp_path: Path) -> None:
        path = self.make(tmp_path)
        with read(path) as collection:
            assert collection.changed() == []
            with path.open("ab") as file:
                file.write(b"more")
            assert collection.changed() == [path.name]
            assert collection.text(0, 5) == self.text[:5]
            path.unlink()
            assert collection.changed() == [path.name]

    def test_an_empty_file_is_refused(self, tmp_path: Path) -> None:
        path = self.make(tmp_path)
        path.write_bytes(b"")
        with pytest.raises(DocumentError, match=f"{path.name} cannot be read: it is empty"):
            read(path)
