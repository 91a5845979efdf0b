"""Reading what a GGUF file says about itself, without loading the model.

The file may be anything the user points at, so every length is checked before it is believed:
what comes out is a GgufHead or a ModelError, and never more than MAX_HEAD_BYTES are read.

Source: the description of the format in ggml's docs/gguf.md, and the sizes of types in
gguf-py/gguf/constants.py of llama.cpp.
"""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rlm_desktop.errors import ModelError

#: The largest heads in use (tokens and merges of 260,000 words) are some 20 MB.
MAX_HEAD_BYTES = 256 * 1024 * 1024
_MAX_ENTRIES = 65_536
_MAX_TENSORS = 65_536
#: Longer arrays (the vocabulary) are skipped; per-layer numbers are kept.
_KEPT_ARRAY = 1024
#: Longer texts are skipped. Chat templates are under 20,000 bytes.
_KEPT_TEXT_BYTES = 1024 * 1024

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

#: Type of a tensor: (values in a block, bytes of a block).
_BLOCKS = {
    0: (1, 4),
    1: (1, 2),
    2: (32, 18),
    3: (32, 20),
    6: (32, 22),
    7: (32, 24),
    8: (32, 34),
    9: (32, 36),
    10: (256, 84),
    11: (256, 110),
    12: (256, 144),
    13: (256, 176),
    14: (256, 210),
    15: (256, 292),
    16: (256, 66),
    17: (256, 74),
    18: (256, 98),
    19: (256, 50),
    20: (32, 18),
    21: (256, 110),
    22: (256, 82),
    23: (256, 136),
    24: (1, 1),
    25: (1, 2),
    26: (1, 4),
    27: (1, 8),
    28: (1, 8),
    29: (256, 56),
    30: (1, 2),
    34: (256, 54),
    35: (256, 66),
    39: (32, 17),
    40: (64, 36),
    41: (128, 18),
    42: (64, 18),
}

#: `general.file_type`, as people name it.
_FILE_TYPES = {
    **dict(enumerate(["F32", "F16", "Q4_0", "Q4_1"])),
    **dict(enumerate(["Q8_0", "Q5_0", "Q5_1", "Q2_K", "Q3_K_S", "Q3_K_M", "Q3_K_L"], 7)),
    **dict(enumerate(["Q4_K_S", "Q4_K_M", "Q5_K_S", "Q5_K_M", "Q6_K"], 14)),
    **dict(enumerate(["IQ2_XXS", "IQ2_XS", "Q2_K_S", "IQ3_XS", "IQ3_XXS", "IQ1_S"], 19)),
    **dict(enumerate(["IQ4_NL", "IQ3_S", "IQ3_M", "IQ2_S", "IQ2_M", "IQ4_XS", "IQ1_M"], 25)),
    **dict(enumerate(["BF16"], 32)),
    **dict(enumerate(["TQ1_0", "TQ2_0", "MXFP4", "NVFP4", "Q1_0", "Q2_0"], 36)),
}

Value = bool | int | float | str | tuple[bool | int | float, ...] | None


@dataclass(frozen=True, slots=True)
class GgufHead:
    """The head of a GGUF file: its values, with None for those that were skipped.

    `array_lengths` has the number of items of every array, kept or skipped. `tensor_bytes` are
    the weights; `expected_size` is what the whole file must have at least.
    """

    values: Mapping[str, Value]
    array_lengths: Mapping[str, int]
    tensor_count: int
    tensor_bytes: int
    expected_size: int

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> int | None:
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def numbers(self, key: str) -> tuple[int, ...]:
        """The numbers of an array, or the one number there is; empty if there is none."""
        value = self.values.get(key)
        items = value if isinstance(value, tuple) else (value,)
        return tuple(i for i in items if isinstance(i, int) and not isinstance(i, bool))

    @property
    def file_type(self) -> str:
        return _FILE_TYPES.get(self.number("general.file_type") or 0, "unknown")


class _Broken(Exception):
    """What is wrong with a head."""


class _Cursor:
    """Reads forward through the head of a file, and never past its limit."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.position = 0

    def take(self, count: int) -> bytes:
        if count > MAX_HEAD_BYTES - self.position:
            raise _Broken("its head is longer than any model's")
        piece = self._stream.read(count)
        if len(piece) < count:
            raise _Broken("it ends within its head")
        self.position += count
        return piece

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
            raise _Broken(f"it holds a value of unknown type {kind}")
        value: bool | int | float = layout.unpack(self.take(layout.size))[0]
        return value

    def _array(self, key: str, array_lengths: dict[str, int]) -> Value:
        kind, count = self.u32(), self.u64()
        array_lengths[key] = count
        if kind == _STRING:
            # Each string has at least its length before it: a lying count ends at the limit.
            for _ in range(count):
                self.take(self.u64())
            return None
        layout = _SCALARS.get(kind)
        if layout is None:
            raise _Broken(f"it holds an array of unknown type {kind}")
        if count <= _KEPT_ARRAY:
            return tuple(self._scalar(kind) for _ in range(count))
        self.take(count * layout.size)
        return None


def read_head(path: Path) -> GgufHead:
    """Read the head of a GGUF file. Raises ModelError; the message names the file."""
    try:
        with path.open("rb") as stream:
            return _read(_Cursor(stream))
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read: {error.strerror}") from error
    except _Broken as broken:
        raise ModelError(
            f"{path} is no usable GGUF model: {broken}. Fetch it again, or choose another file"
        ) from broken


def _read(cursor: _Cursor) -> GgufHead:
    if cursor.take(4) != b"GGUF":
        raise _Broken("it does not begin like a GGUF file")
    version = cursor.u32()
    if version not in (2, 3):
        raise _Broken(f"it is of GGUF version {version}, and 2 and 3 are known")
    tensor_count, entry_count = cursor.u64(), cursor.u64()
    if tensor_count > _MAX_TENSORS or entry_count > _MAX_ENTRIES:
        raise _Broken("its head claims more entries than any model has")
    values: dict[str, Value] = {}
    array_lengths: dict[str, int] = {}
    for _ in range(entry_count):
        key = cursor.text()
        if key is None or key in values:
            raise _Broken("a key is there twice or too long")
        values[key] = cursor.value(key, cursor.u32(), array_lengths)
    alignment = values.get("general.alignment", 32)
    if not isinstance(alignment, int) or alignment not in range(1, 65_537):
        raise _Broken("its alignment makes no sense")
    end, total = 0, 0
    for _ in range(tensor_count):
        offset, size = _tensor(cursor)
        end = max(end, offset + size)
        total += size
    start = -(-cursor.position // alignment) * alignment
    return GgufHead(values, array_lengths, tensor_count, total, start + end)


def _tensor(cursor: _Cursor) -> tuple[int, int]:
    """Where the next tensor begins after the head, and its bytes."""
    cursor.text()
    dimensions = cursor.u32()
    if dimensions > 4:
        raise _Broken(f"a tensor has {dimensions} dimensions")
    shape = [cursor.u64() for _ in range(dimensions)]
    kind, offset = cursor.u32(), cursor.u64()
    block = _BLOCKS.get(kind)
    if block is None:
        raise _Broken(f"a tensor is of unknown type {kind}")
    values, size = block
    row = shape[0] if shape else 1
    if row % values:
        raise _Broken("a tensor does not fill its blocks")
    return offset, math.prod(shape[1:]) * (row // values) * size
