"""What is known of one document that was read."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a document is, in the word the user sees."""

    TEXT = "text"
    LOG = "log"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    CODE = "code"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """One document, read.

    `name` is the path shown to people, relative to what they chose. `text_path` is a UTF-8 file
    with the text: the user's own file if it is UTF-8 already, else a copy in the document store.
    `chars` counts code points. `pages` is 0 where there are none. `note` says what a reader could
    not do ("3 of 40 pages hold no text: they need OCR").
    """

    name: str
    path: Path
    kind: Kind
    text_path: Path
    chars: int
    bytes: int
    lines: int
    sha256: str
    encoding: str = "utf-8"
    pages: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not read, and why in words."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of `context`: a header line that we add, then the text of a document.

    This is all that crosses into the sandbox: where the text is, never the text. `header` is
    empty where `context` is a single document. Only the first `text_bytes` bytes of the file are
    the text, since a log may have grown after it was read; None means all.
    """

    header: str
    text_path: Path
    name: str
    kind: Kind
    chars: int
    lines: int
    pages: int
    text_bytes: int | None = None
