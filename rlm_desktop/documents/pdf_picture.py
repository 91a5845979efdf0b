"""PDFium: a picture of a page of a PDF. Only ever called in the jailed child (see `child`)."""

import base64
import ctypes
import mmap
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_LARGEST = 4_000


def messages(
    mapped: mmap.mmap, page_number: int, width: int, quotes: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """What `pdf_page` wants to hear of a page: its picture, `width` pixels wide.

    With it the places of the quotes, each where it stands first, as left, top, right and bottom in
    pixels. Pixels are grey levels, of one byte each, row by row from the top, compressed.
    """
    memory = (ctypes.c_char * len(mapped)).from_buffer(mapped)
    try:
        page = pypdfium2.PdfDocument(memory)[page_number - 1]
        scale = width / page.get_width()
        height = min(_LARGEST, max(1, round(page.get_height() * scale)))
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        rows = memoryview(bitmap.buffer).cast("B")
        pixels = b"".join(
            bytes(rows[row * bitmap.stride : row * bitmap.stride + width]) for row in range(height)
        )
        marks = [[round(value) for value in mark] for mark in _marks(page, quotes, scale, height)]
        picture = {"say": "picture", "width": width, "height": height, "marks": marks}
        yield {**picture, "packed": base64.b64encode(zlib.compress(pixels)).decode("ascii")}
    except pypdfium2.PdfiumError:
        yield {"say": "broken", "reason": "damaged"}
    except MemoryError:
        yield {"say": "broken", "reason": "memory"}


def _marks(
    page: Any, quotes: Sequence[str], scale: float, height: int
) -> Iterator[tuple[float, float, float, float]]:
    text = page.get_textpage()
    for quote in quotes:
        found = text.search(quote).get_next()
        if found is None:
            continue
        for number in range(text.count_rects(*found)):
            left, bottom, right, top = text.get_rect(number)
            yield left * scale, height - top * scale, right * scale, height - bottom * scale
