"""The child process that takes PDFs apart: it opens one file, locks itself in, and reads.

PDFium is not safe in the process of the user's window: a file of 974 bytes makes it take all
memory and abort. Here it has a gigabyte, a minute, and nothing it could reach.
"""

import codecs
import ctypes
import hashlib
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from rlm_desktop.ipc import wire
from rlm_desktop.ipc.child_side import take_channel
from rlm_desktop.jail import linux
from rlm_desktop.jail.base import JailError, JailLimits

#: Pieces of a page on the wire.
_PIECE_CHARS = 1_000_000
#: Found here, since nothing can be imported after the lock.
_DECODE = codecs.lookup("utf-16-le").decode


def main() -> None:
    """Read the file that the parent names, and say its pages."""
    incoming, outgoing = take_channel()
    order = wire.receive(incoming)
    if order is None:
        return
    with Path(order["path"]).open("rb") as file:
        # Private and writable, since ctypes takes no read-only memory.
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    # Said while nothing of the file was looked at, so that the parent can rely on it.
    wire.send(outgoing, {"say": "opened", "sha256": hashlib.sha256(mapped).hexdigest()})
    memory = (ctypes.c_char * len(mapped)).from_buffer(mapped)
    try:
        memory_bytes = order["memory_bytes"] + len(mapped)
        linux.lock(JailLimits(memory_bytes, order["cpu_seconds"]))
    except JailError as error:
        wire.send(outgoing, {"say": "unjailed", "reason": str(error)})
        return
    try:
        _read(memory, outgoing)
    except pypdfium2.PdfiumError as error:
        wire.send(outgoing, {"say": "broken", "reason": _reason(error)})
    except MemoryError:
        wire.send(outgoing, {"say": "broken", "reason": "memory"})
    outgoing.flush()


def _reason(error: pypdfium2.PdfiumError) -> str:
    code = getattr(error, "err_code", None)
    return "password" if code == pdfium.FPDF_ERR_PASSWORD else "damaged"


def _read(memory: Any, outgoing: BinaryIO) -> None:
    document = pypdfium2.PdfDocument(memory)
    wire.send(outgoing, {"say": "pages", "number": len(document)})
    for number in range(len(document)):
        damaged = False
        try:
            for piece in _pieces(_text_of(document, number)):
                wire.send(outgoing, {"say": "text", "text": piece})
        except pypdfium2.PdfiumError:
            damaged = True
        wire.send(outgoing, {"say": "page", "number": number + 1, "damaged": damaged})
    wire.send(outgoing, {"say": "end"})


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PIECE_CHARS):
        yield text[start : start + _PIECE_CHARS]


def _text_of(document: Any, number: int) -> str:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            count = text_page.count_chars()
            # Twice: a character beyond 16 bits counts once and takes two.
            room = (ctypes.c_ushort * (2 * count + 2))()
            written = pdfium.FPDFText_GetText(text_page, 0, count, room) if count else 1
            return _DECODE(memoryview(room)[: written - 1].tobytes(), "replace")[0]
        finally:
            text_page.close()
    finally:
        page.close()
