"""PDFium: the text of the pages of a PDF. Only ever called in the jailed child (see `child`)."""

import codecs
import ctypes
import mmap
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

#: Pieces of a page on the wire.
_PIECE_CHARS = 1_000_000
#: Found here, since nothing can be imported after the lock.
_DECODE = codecs.lookup("utf-16-le").decode


def messages(mapped: mmap.mmap) -> Iterator[dict[str, Any]]:
    """What `pdf` wants to hear of a PDF in memory, ending with "end" or "broken"."""
    memory = (ctypes.c_char * len(mapped)).from_buffer(mapped)
    try:
        document = pypdfium2.PdfDocument(memory)
        yield {"say": "pages", "number": len(document)}
        for number in range(len(document)):
            yield from _page(document, number)
        yield {"say": "end"}
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        reason = "password" if code == pdfium.FPDF_ERR_PASSWORD else "damaged"
        yield {"say": "broken", "reason": reason}
    except MemoryError:
        yield {"say": "broken", "reason": "memory"}


def _page(document: Any, number: int) -> Iterator[dict[str, Any]]:
    text, damaged = "", False
    try:
        text = _text_of(document, number)
    except pypdfium2.PdfiumError:
        damaged = True
    for start in range(0, len(text), _PIECE_CHARS):
        yield {"say": "text", "text": text[start : start + _PIECE_CHARS]}
    yield {"say": "page", "number": number + 1, "damaged": damaged}


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
