"""A page of a PDF as a picture, as the jailed child draws it (see `child`)."""

import base64
import binascii
import threading
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

from rlm_desktop.errors import DocumentError
from rlm_desktop.ipc.child_process import ChildProcess

_CPU_SECONDS = 20
_MEMORY_BYTES = 1024**3
_LARGEST = 4_000
_MOST_MARKS = 1_000
#: A quote is looked for line by line, since a line break is written in many ways.
_MOST_QUOTES = 20
_LEAST_CHARS = 4


#: A place on a page: left, top, right, bottom, in pixels.
Mark = tuple[int, int, int, int]


class _ChildDied(DocumentError):
    """The process that draws ended unasked."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: `pixels` are grey levels of one byte each, row by row, and the marked places."""

    width: int
    height: int
    pixels: bytes
    marks: tuple[Mark, ...]


def draw_page(
    path: Path, sha256: str, page: int, width: int, quote: str, stop: threading.Event
) -> PagePicture:
    """Draw a page, numbered from 1, so many pixels wide, with the places of a quote.

    Raises DocumentError with a reason that follows the name of the file, and Stopped.
    """
    child = ChildProcess("reader", died=_ChildDied)
    try:
        child.send(
            {
                "path": str(path.absolute()),
                "cpu_seconds": _CPU_SECONDS,
                "memory_bytes": _MEMORY_BYTES,
                "page": page,
                "width": min(width, _LARGEST),
                "quotes": quotes_of(quote),
            }
        )
        return _hear(child, sha256, stop)
    except _ChildDied as death:
        raise DocumentError(f"page {page} cannot be drawn: {death}") from death
    finally:
        child.kill()


def quotes_of(quote: str) -> list[str]:
    """The lines of a quote that are long enough to be found."""
    lines = [line.strip() for line in quote.splitlines()]
    return [line for line in lines if len(line) >= _LEAST_CHARS][:_MOST_QUOTES]


def _hear(child: ChildProcess, sha256: str, stop: threading.Event) -> PagePicture:
    """Take what the child says, none of it trusted."""
    while True:
        try:
            untrusted = child.receive(stop, time.monotonic() + 2 * _CPU_SECONDS)
        except TimeoutError:
            raise _ChildDied("it takes too long") from None
        match untrusted:
            case {"say": "opened", "sha256": str(opened)}:
                if opened != sha256:
                    raise DocumentError("it changed since it was read: read it again")
            case {
                "say": "picture",
                "width": int(width),
                "height": int(height),
                "marks": list(untrusted_marks),
                "packed": str(packed),
            } if 0 < width <= _LARGEST and 0 < height <= _LARGEST:
                marks = tuple(_mark(each, width, height) for each in untrusted_marks[:_MOST_MARKS])
                return PagePicture(width, height, _pixels(packed, width * height), marks)
            case {"say": "broken"}:
                raise _ChildDied("it is damaged, or too large")
            case {"say": "unjailed", "reason": str(reason)}:
                raise DocumentError(f"pages are drawn in a sandbox only, which fails: {reason}")
            case _:
                raise _ChildDied("it broke the protocol")


def _pixels(untrusted: str, number: int) -> bytes:
    try:
        packed = base64.b64decode(untrusted, validate=True)
        pixels = zlib.decompressobj().decompress(packed, number + 1)
    except (binascii.Error, zlib.error) as error:
        raise _ChildDied("it broke the protocol") from error
    if len(pixels) != number:
        raise _ChildDied("it broke the protocol")
    return pixels


def _mark(untrusted: object, width: int, height: int) -> Mark:
    match untrusted:
        case [int(left), int(top), int(right), int(bottom)]:
            return (
                max(0, min(left, width)),
                max(0, min(top, height)),
                max(0, min(right, width)),
                max(0, min(bottom, height)),
            )
        case _:
            raise _ChildDied("it broke the protocol")
