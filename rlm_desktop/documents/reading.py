"""Reading what the user chose into a collection.

A plain UTF-8 file is used where it is. Other encodings and PDFs are turned into UTF-8 once, in
the store of texts, under the hash of the file.
"""

import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rlm_desktop.documents import encoding, kinds, pdf
from rlm_desktop.documents.collection import Collection, ReadDocument
from rlm_desktop.documents.document import Document, Kind, LeftOut
from rlm_desktop.documents.files import OpenFile, Scan, decoded, opened, scan
from rlm_desktop.documents.folders import Choice, Chosen, choose
from rlm_desktop.documents.names import safe_name
from rlm_desktop.documents.store import CannotKeep, StoredText, TextStore
from rlm_desktop.documents.text_bytes import MAPPED_FILES
from rlm_desktop.errors import DocumentError, Stopped

_EMPTY = "it is empty"
_TEXT_PARSER = "text-1"
_SAMPLE_CHARS = 16_000
#: What all but the MAPPED_FILES largest documents may have together, in bytes.
_MAX_IN_MEMORY = 1024**3
#: Of the work on a file that has to be turned into UTF-8.
_CONVERSION_SCAN_SHARE = 0.1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far the reading is: files done, the one being read, and the part of all bytes, to 1."""

    done_files: int
    total_files: int
    name: str
    fraction: float


#: Yields how much of a file is done, from 0 to 1; returns the document.
_ReadingOne = Generator[float, None, ReadDocument]


class _Unfit(Exception):
    """A file that is left out; the text is the reason, in words that follow its name."""


def read_documents(
    paths: Sequence[Path], store_folder: Path, stop: threading.Event
) -> Generator[ReadingProgress, None, Collection]:
    """Read files and folders; returns their collection, in natural order.

    Yields at least once for each file. Files that cannot be read are left out with the reason, as
    long as there are others. Raises Stopped, and DocumentError naming the file if one that was
    chosen is missing, may not be read or changes meanwhile, or if nothing is left to read.
    """
    choice = choose(paths, stop)
    read = yield from _Reading(choice, TextStore(store_folder), stop).all()
    if not read:
        raise _nothing(paths, choice)
    in_memory = sorted((each.text_bytes for each in read), reverse=True)[MAPPED_FILES:]
    if sum(in_memory) > _MAX_IN_MEMORY:
        raise DocumentError(
            f"these {len(read):,} files are too many and too large to be opened together:"
            " choose a smaller folder"
        )
    return Collection(read, choice.left_out)


def _nothing(paths: Sequence[Path], choice: Choice) -> DocumentError:
    if len(choice.left_out) == 1 and len(paths) == 1 and not paths[0].is_dir():
        only = choice.left_out[0]
        return DocumentError(f"{safe_name(only.name)} cannot be read: {only.reason}")
    chosen = ", ".join(safe_name(str(path)) for path in paths[:3])
    if not choice.left_out:
        return DocumentError(f"there is nothing to read in {chosen}: it is empty")
    some = "; ".join(f"{safe_name(each.name)}: {each.reason}" for each in choice.left_out[:3])
    return DocumentError(f"there is nothing to read in {chosen} ({some})")


class _Reading:
    """One reading of several files."""

    def __init__(self, choice: Choice, store: TextStore, stop: threading.Event) -> None:
        self._choice = choice
        self._store = store
        self._stop = stop
        self._names: dict[str, str] = {}
        self._pdf_refused: str | None = None
        self._pdf_asked = False

    def all(self) -> Generator[ReadingProgress, None, list[ReadDocument]]:
        files = self._choice.files
        total = sum(chosen.size for chosen in files) or 1
        before, read = 0, []
        for number, chosen in enumerate(files):
            if self._stop.is_set():
                raise Stopped
            yield ReadingProgress(number, len(files), chosen.name, min(before / total, 1))
            one = self._one(chosen)
            try:
                while True:
                    fraction = (before + next(one) * chosen.size) / total
                    yield ReadingProgress(number, len(files), chosen.name, min(fraction, 1))
            except StopIteration as end:
                read.append(end.value)
            except _Unfit as unfit:
                self._choice.left_out.append(LeftOut(chosen.name, str(unfit)))
            except CannotKeep:
                raise
            except DocumentError as error:
                if chosen.alone:
                    raise
                self._choice.left_out.append(LeftOut(chosen.name, _reason(error, chosen.name)))
            finally:
                one.close()
            before += chosen.size
        if files:
            yield ReadingProgress(len(files), len(files), files[-1].name, 1.0)
        return read

    def _one(self, chosen: Chosen) -> _ReadingOne:
        with opened(chosen.path, chosen.name) as given:
            if given.size == 0:
                raise _Unfit(_EMPTY)
            if kinds.is_pdf(given.head):
                return (yield from self._pdf(chosen, given))
            if reason := kinds.why_not(chosen.name, given.head):
                raise _Unfit(reason)
            try:
                return (yield from self._text(chosen, given))
            except encoding.NotText:
                raise _Unfit(kinds.BINARY) from None

    def _text(self, chosen: Chosen, given: OpenFile) -> _ReadingOne:
        known = encoding.of_head(given.head)
        # What is UTF-8 needs one pass; a second one is the exception, unless it is known.
        scan_share = 0.9 if known is None else _CONVERSION_SCAN_SHARE
        scanned = yield from self._scan(chosen, given, scan_share, as_text=known is None)
        if scanned.utf8:
            kind = _kind(chosen.name, given.head, "utf-8")
            document = Document(
                *(chosen.name, chosen.path, kind, chosen.path),
                *(scanned.chars, given.size, scanned.lines, scanned.sha256),
            )
            return ReadDocument(document, given.size, given.modified_ns)
        stored = self._store.find(scanned.sha256, _TEXT_PARSER)
        if stored is None:
            if known is None:
                sample = encoding.sample_of(given.file, given.size)
                known = encoding.guess(sample)
            for_each = self._convert(given, scanned.sha256, known)
            stored = yield from _from(scan_share, for_each)
        kind = _kind(chosen.name, given.head, stored.facts.encoding)
        return _stored_document(chosen, given, scanned, kind, stored)

    def _scan(
        self, chosen: Chosen, given: OpenFile, share: float, *, as_text: bool
    ) -> Generator[float, None, Scan]:
        """Go through a file once. Raises _Unfit if the same was read already."""
        scanned = yield from _up_to(share, scan(given, self._stop, as_text=as_text), given.size)
        first = self._names.setdefault(scanned.sha256, chosen.name)
        if first != chosen.name:
            raise _Unfit(f"same content as {safe_name(first)}")
        return scanned

    def _convert(
        self, given: OpenFile, sha256: str, known: encoding.Encoding
    ) -> Generator[float, None, StoredText]:
        with self._store.writer(sha256, _TEXT_PARSER) as writer:
            damaged = 0
            for piece in decoded(given, known.codec, known.mark_bytes, self._stop):
                damaged += piece.count("\ufffd")
                writer.write(piece)
                yield given.file.tell() / given.size
            note = f"{damaged:,} characters are damaged and shown as \ufffd" if damaged else ""
            if known.guessed:
                note = "; ".join(filter(None, (f"encoding guessed: {known.codec}", note)))
            return writer.keep(known.codec, note)

    def _pdf(self, chosen: Chosen, given: OpenFile) -> _ReadingOne:
        share = _CONVERSION_SCAN_SHARE
        scanned = yield from self._scan(chosen, given, share, as_text=False)
        stored = self._store.find(scanned.sha256, pdf.PARSER)
        if stored is None:
            try:
                taking_apart = self._take_apart(chosen, given, scanned.sha256)
                stored = yield from _from(share, taking_apart)
            except CannotKeep:
                raise
            except DocumentError as error:
                raise _Unfit(str(error)) from error
        return _stored_document(chosen, given, scanned, Kind.PDF, stored)

    def _take_apart(
        self, chosen: Chosen, given: OpenFile, sha256: str
    ) -> Generator[float, None, StoredText]:
        if not self._pdf_asked:
            self._pdf_refused, self._pdf_asked = pdf.why_not(), True
        if self._pdf_refused is not None:
            raise DocumentError(self._pdf_refused)
        with self._store.writer(sha256, pdf.PARSER) as writer:
            pages = yield from pdf.read_pdf(chosen.path, sha256, given.size, writer, self._stop)
            return writer.keep("utf-8", pages.note, pages.starts)


def _up_to(share: float, done: Generator[int, None, _T], of: int) -> Generator[float, None, _T]:
    """Bytes done as the first `share` of the way."""
    try:
        while True:
            yield next(done) / of * share
    except StopIteration as end:
        result: _T = end.value
        return result
    finally:
        done.close()


def _from(share: float, parts: Generator[float, None, _T]) -> Generator[float, None, _T]:
    """Parts done as what follows the first `share` of the way."""
    try:
        while True:
            yield share + next(parts) * (1 - share)
    except StopIteration as end:
        result: _T = end.value
        return result
    finally:
        parts.close()


def _kind(name: str, head: bytes, codec: str) -> Kind:
    return kinds.kind_of_text(name, head.decode(codec, "ignore")[:_SAMPLE_CHARS])


def _stored_document(
    chosen: Chosen, given: OpenFile, scanned: Scan, kind: Kind, stored: StoredText
) -> ReadDocument:
    facts = stored.facts
    document = Document(
        *(chosen.name, chosen.path, kind, stored.path),
        *(facts.chars, given.size, facts.lines, scanned.sha256),
        encoding=facts.encoding,
        pages=len(facts.pages),
        note=facts.note,
    )
    return ReadDocument(document, facts.bytes, given.modified_ns, facts.pages)


def _reason(error: DocumentError, name: str) -> str:
    """The message without the name, which stands beside it."""
    return str(error).removeprefix(safe_name(name)).strip()
