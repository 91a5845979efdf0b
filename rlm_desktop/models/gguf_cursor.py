"""Reading forward through the head of a GGUF file, which may be anything.

Every length is checked before it is believed. Long texts and arrays (the vocabulary) are skipped.
"""

import struct
from typing import BinaryIO

#: The largest heads in use (tokens and merges of 260,000 words) are some 20 MB.
MAX_HEAD_BYTES = 256 * 1024 * 1024
#: Longer arrays (the vocabulary) are skipped; per-layer numbers are kept.
_KEPT_ARRAY = 1024
#: Longer lists of texts are skipped; languages and tags are kept.
_KEPT_TEXTS = 64
#: Longer texts are skipped. Chat templates are under 20,000 bytes.
_KEPT_TEXT_BYTES = 1024 * 1024
#: How much is read at a time.
_PIECE_BYTES = 1024 * 1024

_STRING, _ARRAY = 8, 9
_SCALARS = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: struct.Struct("<I"),
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: struct.Struct("<Q"),
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
_U32, _U64 = _SCALARS[4], _SCALARS[10]

Value = bool | int | float | str | tuple[bool | int | float | str, ...] | None


class Broken(Exception):
    """What is wrong with a head."""


class Cursor:
    """Reads forward through the head of a file, and never past its limit."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._piece = b""
        self._begin = 0  # of the piece, in the file
        self._at = 0  # in the piece

    @property
    def position(self) -> int:
        return self._begin + self._at

    def take(self, count: int) -> bytes:
        if count > MAX_HEAD_BYTES - self.position:
            raise Broken("its head is longer than any model's")
        if count > len(self._piece) - self._at:
            self._begin = self.position
            left = self._piece[self._at :]
            self._piece = left + self._stream.read(max(count - len(left), _PIECE_BYTES))
            self._at = 0
        if count > len(self._piece) - self._at:
            raise Broken("it ends within its head")
        taken = self._piece[self._at : self._at + count]
        self._at += count
        return taken

    def u32(self) -> int:
        return int(_U32.unpack(self.take(4))[0])

    def u64(self) -> int:
        return int(_U64.unpack(self.take(8))[0])

    def text(self) -> str | None:
        length = self.u64()
        raw = self.take(length)
        return raw.decode("utf-8", errors="replace") if length <= _KEPT_TEXT_BYTES else None

    def value(self, key: str, kind: int, array_lengths: dict[str, int]) -> Value:
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            return self._array(key, array_lengths)
        return self._scalar(kind)

    def _scalar(self, kind: int) -> bool | int | float:
        layout = _SCALARS.get(kind)
        if layout is None:
            raise Broken(f"it holds a value of unknown type {kind}")
        value: bool | int | float = layout.unpack(self.take(layout.size))[0]
        return value

    def _array(self, key: str, array_lengths: dict[str, int]) -> Value:
        kind, count = self.u32(), self.u64()
        array_lengths[key] = count
        if kind == _STRING:
            return self._texts(count)
        layout = _SCALARS.get(kind)
        if layout is None:
            raise Broken(f"it holds an array of unknown type {kind}")
        if count <= _KEPT_ARRAY:
            return tuple(self._scalar(kind) for _ in range(count))
        self.take(count * layout.size)
        return None

    def _texts(self, count: int) -> Value:
        if count <= _KEPT_TEXTS:
            texts = [self.text() for _ in range(count)]
            return tuple(text for text in texts if text is not None)
        while count:
            count -= self._skip_texts(count)
            if count:  # one that goes beyond the piece; a lying count ends at the limit
                self.take(self.u64())
                count -= 1
        return None

    def _skip_texts(self, most: int) -> int:
        """Skip the texts that end within the piece; says how many.

        A vocabulary has hundreds of thousands of them: one at a time they took 0.4 s.
        """
        piece, at, end = self._piece, self._at, len(self._piece)
        length = _U64.unpack_from
        skipped = 0
        while skipped < most and at + 8 <= end:
            after = at + 8 + length(piece, at)[0]
            if after > end:
                break
            at = after
            skipped += 1
        self._at = at
        return skipped
