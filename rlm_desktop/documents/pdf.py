"""The text of a PDF, page by page, as the jailed child tells it (see `child`)."""

import re
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

from rlm_desktop.documents.store import TextWriter
from rlm_desktop.errors import DocumentError
from rlm_desktop.ipc.child_process import ChildProcess
from rlm_desktop.jail import probe

#: Goes up when the same file would give another text.
PARSER = "pdf-1"
#: Between pages of a text, and nowhere else in it.
PAGE_END = "\f"

_CPU_SECONDS = 60
#: Besides the file itself. PDFium works from half of it.
_MEMORY_BYTES = 1024**3
_MAX_PAGES = 5_000_000
_MAX_CHARS = 2_000_000_000
_MAX_PAGE_CHARS = 50_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
#: What PDFium writes for a hyphen at the end of a line: within a word it goes.
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W\d_A-Z])\ufffe(?=[^\W\d_A-Z])")


class _ChildDied(DocumentError):
    """The process that took the PDF apart ended unasked."""


@dataclass(slots=True)
class PdfPages:
    """What was read: where pages start in the text, and what could not be done."""

    expected: int = 0
    starts: list[int] = field(default_factory=list)
    empty: int = 0
    damaged: int = 0
    cut_short: str = ""

    @property
    def note(self) -> str:
        """What the user must know of the text, in words; empty if all is well."""
        total = len(self.starts)
        notes = []
        if self.cut_short:
            notes.append(f"only the first {total} of {self.expected} pages: {self.cut_short}")
        if self.damaged:
            notes.append(f"{self.damaged} of {total} {_pages(total)} damaged and left out")
        if self.empty:
            verb = (
                "holds no text: it needs OCR" if self.empty == 1 else "hold no text: they need OCR"
            )
            notes.append(f"{self.empty} of {total} pages {verb}")
        return "; ".join(notes)


def _pages(number: int) -> str:
    return "page" if number == 1 else "pages"


def why_not() -> str | None:
    """Why no PDF is taken apart on this machine, or None."""
    reason = probe.why_not()
    return None if reason is None else f"PDFs are read in a sandbox only, and {reason}"


def read_pdf(
    path: Path, sha256: str, size: int, writer: TextWriter, stop: threading.Event
) -> Generator[float, None, PdfPages]:
    """Write the text of a PDF; yields how much of it is done, from 0 to 1.

    Raises DocumentError with a reason that follows the name of the file, and Stopped. What was
    read before a file turned out to be damaged is kept and noted.
    """
    pages = PdfPages()
    cpu_seconds = _CPU_SECONDS + size // 1_000_000
    child = ChildProcess("reader", died=_ChildDied)
    try:
        order = {"path": str(path.absolute()), "cpu_seconds": cpu_seconds}
        child.send({**order, "memory_bytes": _MEMORY_BYTES})
        yield from _hear(child, sha256, cpu_seconds, pages, writer, stop)
    except _ChildDied as death:
        if "SIGKILL" in str(death):
            reason = f"it takes over {cpu_seconds} seconds to take apart"
        else:
            megabytes = _MEMORY_BYTES // 1024**2
            reason = f"it is damaged, or needs over {megabytes:,} MB of memory to take apart"
        if not pages.starts:
            raise DocumentError(reason) from death
        pages.cut_short = reason
    finally:
        child.kill()
    if pages.empty + pages.damaged == len(pages.starts):
        raise DocumentError("its pages hold no text: it needs OCR, which is not possible yet")
    return pages


def _hear(
    child: ChildProcess,
    sha256: str,
    cpu_seconds: int,
    pages: PdfPages,
    writer: TextWriter,
    stop: threading.Event,
) -> Generator[float, None, None]:
    """Take what the child says, none of it trusted, until its end."""
    untrusted_page: list[str] = []
    waiting = 2.0 * cpu_seconds + 30
    while True:
        try:
            untrusted = child.receive(stop, time.monotonic() + waiting)
        except TimeoutError:
            raise _ChildDied("SIGKILL") from None
        match untrusted:
            case {"say": "opened", "sha256": str(opened)}:
                if opened != sha256:
                    raise DocumentError("it changed while it was read: try again, or read a copy")
            case {"say": "pages", "number": int(number)} if 0 < number <= _MAX_PAGES:
                pages.expected = number
            case {"say": "text", "text": str(piece)} if pages.expected:
                untrusted_page.append(piece)
                if sum(map(len, untrusted_page)) > _MAX_PAGE_CHARS:
                    raise DocumentError(f"page {len(pages.starts) + 1} holds too much text")
            case {"say": "page", "number": int(number), "damaged": bool(damaged)} if (
                len(pages.starts) + 1 == number <= pages.expected
            ):
                _add_page(tidy("".join(untrusted_page)), pages, writer, damaged=damaged)
                untrusted_page = []
                yield number / pages.expected
            case {"say": "end"} if pages.expected == len(pages.starts) > 0:
                return
            case {"say": "broken", "reason": "password"}:
                raise DocumentError("it has a password: save a copy without one")
            case {"say": "broken", "reason": "memory"}:
                raise _ChildDied("memory")
            case {"say": "broken"}:
                raise DocumentError("it is damaged, or no PDF")
            case {"say": "unjailed", "reason": str(reason)}:
                raise DocumentError(f"PDFs are read in a sandbox only, which fails: {reason}")
            case _:
                raise _ChildDied("it broke the protocol")


def _add_page(text: str, pages: PdfPages, writer: TextWriter, *, damaged: bool) -> None:
    if pages.starts:
        writer.write(PAGE_END)
    pages.starts.append(writer.chars)
    if damaged:
        pages.damaged += 1
    elif not text.strip():
        pages.empty += 1
    elif writer.chars + len(text) > _MAX_CHARS:
        raise DocumentError(f"it holds over {_MAX_CHARS:,} characters")
    else:
        writer.write(text if text.endswith("\n") else text + "\n")


def tidy(text: str) -> str:
    """The text of a page without PDFium's own marks and without control characters."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return _HYPHEN_IN_WORD.sub("", text).replace("\ufffe", "-")
