"""Files and strings, joined into one sequence of UTF-8 bytes that is counted in code points.

Loaded next to untrusted code: standard library only. Large files are mapped, never copied. The
index holds the number of code points before each 64 KiB block: 8 bytes a block, 0.012 % of the
text. A file that is all ASCII needs none. The index of a file is built when it is first needed,
in 0.3 to 0.6 seconds a gigabyte.
"""

import mmap
import os
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

BLOCK_BYTES = 64 * 1024
#: A mapped file keeps a descriptor open, of which a process has 256 (macOS) or 1,024 (Linux).
MAPPED_FILES = 200
#: Smaller files are read: that is as fast, and they take no descriptor.
MAPPED_FROM_BYTES = 64 * 1024

_CONTINUATION = bytes(range(0x80, 0xC0))


class Source(NamedTuple):
    """A header, and the file whose text follows it.

    `chars` and `size` (bytes) say what the file held when it was read; None if not known.
    """

    header: str
    path: str
    chars: int | None = None
    size: int | None = None


def count_code_points(piece: bytes) -> int:
    """How many code points begin in a piece of UTF-8; it may start or end inside of one."""
    return len(piece) if piece.isascii() else len(piece.translate(None, _CONTINUATION))


class Segment:
    """One stretch of the sequence: a mapped file, or bytes in memory."""

    __slots__ = ("_before", "_block", "_chars", "size", "source")

    def __init__(self, source: bytes | mmap.mmap, chars: int | None, block: int) -> None:
        self.source = source
        self.size = len(source)
        self._block = block
        self._before: array[int] | None = None
        self._chars = chars

    @property
    def chars(self) -> int:
        if self._chars is None:
            self._index()
        assert self._chars is not None
        return self._chars

    def _index(self) -> "array[int]":
        """The number of code points before each block."""
        if self._before is None:
            counts = (
                count_code_points(self.source[at : at + self._block])
                for at in range(0, self.size, self._block)
            )
            self._before = array("Q", accumulate(counts, initial=0))
            self._chars = self._before[-1]
        return self._before

    def byte_of(self, position: int) -> int:
        """The offset of the code point number `position`, which may be one past the last."""
        if position >= self.chars:
            return self.size
        if self._chars == self.size:
            return position
        before = self._index()
        number = bisect_right(before, position) - 1
        start = number * self._block
        # Three bytes more, since the last code point of the block may end in the next.
        block = self.source[start : start + self._block + 3]
        lead = len(block) - len(block.lstrip(_CONTINUATION)) if start else 0
        whole = block[lead:].decode(errors="ignore")
        return start + lead + len(whole[: position - before[number]].encode())

    def position_of(self, offset: int) -> int:
        """The number of code points that begin before a byte."""
        if self.chars == self.size:
            return offset
        number, rest = divmod(offset, self._block)
        start = number * self._block
        return self._index()[number] + count_code_points(self.source[start : start + rest])

    def shrunk(self) -> bool:
        """Whether the file became shorter than its map: reading it would end the process."""
        return isinstance(self.source, mmap.mmap) and self.source.size() < self.size


class JoinedBytes:
    """All segments as one sequence.

    `spans` are the code points, start and end, of the text of each part, without its header.
    """

    def __init__(
        self,
        parts: Sequence[Source],
        block: int = BLOCK_BYTES,
        mapped_from: int = MAPPED_FROM_BYTES,
    ) -> None:
        self.segments: list[Segment] = []
        self.spans: list[tuple[int, int]] = []
        self._block = block
        self._loose: list[tuple[bytes, int]] = []
        sizes = [_size_of(part) for part in parts]
        floor = max(mapped_from, 1, *sorted(sizes, reverse=True)[MAPPED_FILES - 1 : MAPPED_FILES])
        mapped_left, position = MAPPED_FILES, 0
        try:
            for part, size in zip(parts, sizes, strict=True):
                position += self._add(part.header.encode())
                start = position
                ended: bool
                if size >= floor and mapped_left:
                    mapped_left -= 1
                    segment = Segment(_mapped(part, size), part.chars, block)
                    self._glue()
                    self.segments.append(segment)
                    position += segment.chars
                    ended = segment.source[-1:] == b"\n"
                else:
                    read = _read(part, size)
                    position += self._add(read)
                    ended = read.endswith(b"\n")
                self.spans.append((start, position))
                if len(parts) > 1 and not ended:
                    position += self._add(b"\n")
            self._glue()
        except BaseException:
            self.close()
            raise
        self._bytes_before = list(accumulate((s.size for s in self.segments), initial=0))
        self._chars_before = list(accumulate((s.chars for s in self.segments), initial=0))

    @property
    def size(self) -> int:
        return self._bytes_before[-1]

    @property
    def chars(self) -> int:
        return self._chars_before[-1]

    def _add(self, piece: bytes) -> int:
        chars = count_code_points(piece)
        self._loose.append((piece, chars))
        return chars

    def _glue(self) -> None:
        """Make one segment of the bytes that came since the last file was mapped."""
        glued = b"".join(piece for piece, _ in self._loose)
        if glued:
            self.segments.append(Segment(glued, sum(n for _, n in self._loose), self._block))
        self._loose = []

    def close(self) -> None:
        for segment in self.segments:
            if isinstance(segment.source, mmap.mmap):
                segment.source.close()

    def shrunk(self) -> bool:
        return any(segment.shrunk() for segment in self.segments)

    def byte_of(self, position: int) -> int:
        """The offset of a code point, which may be one past the last."""
        if position >= self.chars:
            return self.size
        number = bisect_right(self._chars_before, position) - 1
        inside = self.segments[number].byte_of(position - self._chars_before[number])
        return self._bytes_before[number] + inside

    def position_of(self, offset: int) -> int:
        """The number of code points that begin before a byte."""
        if offset >= self.size:
            return self.chars
        number = bisect_right(self._bytes_before, offset) - 1
        inside = self.segments[number].position_of(offset - self._bytes_before[number])
        return self._chars_before[number] + inside

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` to `end`."""
        if start >= end:
            return b""
        pieces = []
        number = bisect_right(self._bytes_before, start) - 1
        while number < len(self.segments) and (base := self._bytes_before[number]) < end:
            pieces.append(self.segments[number].source[max(start - base, 0) : end - base])
            number += 1
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def find(self, wanted: bytes, start: int, end: int) -> int:
        """The first place of `wanted` between two offsets, or -1."""
        if not wanted or start + len(wanted) > end:
            return -1 if wanted else start
        first = bisect_right(self._bytes_before, start) - 1
        for number in range(first, len(self.segments)):
            base, after = self._bytes_before[number], self._bytes_before[number + 1]
            if base >= end:
                return -1
            inside = self.segments[number].source.find(
                wanted, max(start - base, 0), min(end, after) - base
            )
            if inside >= 0:
                return base + inside
            # It may begin in this segment and end in a later one.
            seam = max(start, after - len(wanted) + 1)
            inside = self.read(seam, min(end, after + len(wanted) - 1)).find(wanted)
            if inside >= 0:
                return seam + inside
        return -1

    def rfind(self, wanted: bytes, start: int, end: int) -> int:
        """The last place of `wanted` between two offsets, or -1."""
        if start + len(wanted) > end:
            return -1
        for number in range(len(self.segments) - 1, -1, -1):
            base, after = self._bytes_before[number], self._bytes_before[number + 1]
            if base >= end or after <= start:
                continue
            seam = max(start, after - len(wanted) + 1)
            inside = self.read(seam, min(end, after + len(wanted) - 1)).rfind(wanted)
            if inside >= 0:
                return seam + inside
            inside = self.segments[number].source.rfind(
                wanted, max(start - base, 0), min(end, after) - base
            )
            if inside >= 0:
                return base + inside
        return -1


def _size_of(part: Source) -> int:
    """How many bytes of the file belong to the text: it may have grown since it was read."""
    present = os.stat(part.path).st_size  # noqa: PTH116 -- pathlib is not loaded in the jail
    if part.size is None:
        return present
    if present < part.size:
        raise ValueError(f"{part.path} became shorter since it was read")
    return part.size


def _mapped(part: Source, size: int) -> mmap.mmap:
    with open(part.path, "rb") as file:  # noqa: PTH123
        return mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)


def _read(part: Source, size: int) -> bytes:
    with open(part.path, "rb") as file:  # noqa: PTH123
        return file.read(size)
