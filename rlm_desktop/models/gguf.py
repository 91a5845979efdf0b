"""Reading what a GGUF file says about itself, without loading the model.

The file may be anything the user points at, so every length is checked before it is believed:
what comes out is a GgufHead or a ModelError, and never more than MAX_HEAD_BYTES are read.

Sources: the description of the format in ggml's docs/gguf.md, and what gguf_init_from_file of
llama.cpp refuses: what would make it give up is named here, in words for the user.
"""

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rlm_desktop.errors import ModelError
from rlm_desktop.models.gguf_types import BLOCKS, FILE_TYPES
from rlm_desktop.models.lookalikes import what_it_is

#: The largest heads in use (tokens and merges of 260,000 words) are some 20 MB.
MAX_HEAD_BYTES = 256 * 1024 * 1024
_MAX_ENTRIES = 65_536
_MAX_TENSORS = 65_536
#: Longer arrays (the vocabulary) are skipped; per-layer numbers are kept.
_KEPT_ARRAY = 1024
#: Longer lists of texts are skipped; languages and tags are kept.
_KEPT_TEXTS = 64
#: Longer texts are skipped. Chat templates are under 20,000 bytes.
_KEPT_TEXT_BYTES = 1024 * 1024
#: GGML_MAX_NAME, which counts the zero at the end.
_NAME_BYTES = 63
#: A petabyte. More is a damaged number.
_MAX_TENSOR_BYTES = 1 << 50
#: Enough of a file that is no GGUF to tell what it is.
_BEGINNING_BYTES = 512

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


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where some weights are after the head, in bytes, and how many numbers of which type.

    `kind` is a ggml_type; `rows` is the number of rows of all its matrices.
    """

    name: str
    offset: int
    size: int
    parameters: int
    kind: int
    rows: int


@dataclass(frozen=True, slots=True)
class GgufHead:
    """The head of a GGUF file: its values, with None for those that were skipped.

    `array_lengths` has the number of items of every array, kept or skipped. `tensor_bytes` are
    the weights, `parameter_count` says how many numbers that is; `expected_size` is what the
    whole file must have at least.
    """

    values: Mapping[str, Value]
    array_lengths: Mapping[str, int]
    tensor_count: int
    tensor_bytes: int
    parameter_count: int
    expected_size: int
    tensors: tuple[Tensor, ...] = ()

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

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a short list; empty if there is none."""
        value = self.values.get(key)
        items = value if isinstance(value, tuple) else ()
        return tuple(item for item in items if isinstance(item, str))

    @property
    def file_type(self) -> str:
        number = self.number("general.file_type")
        return "unknown" if number is None else FILE_TYPES.get(number, "unknown")


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
            return self._texts(count)
        layout = _SCALARS.get(kind)
        if layout is None:
            raise _Broken(f"it holds an array of unknown type {kind}")
        if count <= _KEPT_ARRAY:
            return tuple(self._scalar(kind) for _ in range(count))
        self.take(count * layout.size)
        return None

    def _texts(self, count: int) -> Value:
        if count <= _KEPT_TEXTS:
            texts = [self.text() for _ in range(count)]
            return tuple(text for text in texts if text is not None)
        # Each text has at least its length before it: a lying count ends at the limit.
        for _ in range(count):
            self.take(self.u64())
        return None


def read_head(path: Path) -> GgufHead:
    """Read the head of a GGUF file. Raises ModelError; the message names the file."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_BEGINNING_BYTES)
            stream.seek(0)
            if not beginning.startswith(b"GGUF"):
                raise _Broken(what_it_is(beginning))
            return _read(_Cursor(stream))
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read: {error.strerror}") from error
    except _Broken as broken:
        raise ModelError(
            f"{path} is no usable GGUF model: {broken}. Fetch it again, or choose another file"
        ) from broken


def _read(cursor: _Cursor) -> GgufHead:
    cursor.take(4)
    version = cursor.u32()
    if version and version % (1 << 16) == 0:
        raise _Broken("it was made for machines with another order of bytes (big-endian)")
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
    alignment = _alignment(values)
    tensors = [_tensor(cursor) for _ in range(tensor_count)]
    end = _end(tensors, alignment)
    return GgufHead(
        values,
        array_lengths,
        tensor_count,
        sum(tensor.size for tensor in tensors),
        sum(tensor.parameters for tensor in tensors),
        _padded(cursor.position, alignment) + end,
        tuple(tensors),
    )


def _alignment(values: Mapping[str, Value]) -> int:
    alignment = values.get("general.alignment", 32)
    if type(alignment) is not int or alignment not in range(1, 65_537):
        raise _Broken("its alignment makes no sense")
    if alignment & (alignment - 1):
        raise _Broken("its alignment is no power of two")
    return alignment


def _padded(position: int, alignment: int) -> int:
    return -(-position // alignment) * alignment


def _tensor(cursor: _Cursor) -> Tensor:
    name = cursor.text()
    if name is None or len(name.encode()) > _NAME_BYTES:
        raise _Broken("the name of a tensor is too long")
    dimensions = cursor.u32()
    if dimensions > 4:
        raise _Broken(f"the tensor {name!r} has {dimensions} dimensions")
    shape = [cursor.u64() for _ in range(dimensions)]
    kind, offset = cursor.u32(), cursor.u64()
    block = BLOCKS.get(kind)
    if block is None:
        raise _Broken(f"the tensor {name!r} is of unknown type {kind}")
    values, size = block
    row = shape[0] if shape else 1
    if row % values:
        raise _Broken(f"the tensor {name!r} does not fill its blocks")
    rows = math.prod(shape[1:])
    if rows * (row // values) * size > _MAX_TENSOR_BYTES:
        raise _Broken(f"the tensor {name!r} is larger than any model")
    return Tensor(name, offset, rows * (row // values) * size, rows * row, kind, rows)


def _end(tensors: Sequence[Tensor], alignment: int) -> int:
    """How many bytes there are after the head; each tensor must follow the one before."""
    expected, end = 0, 0
    names: set[str] = set()
    for tensor in tensors:
        if tensor.name in names:
            raise _Broken(f"the tensor {tensor.name!r} is there twice")
        if tensor.offset != expected:
            raise _Broken(f"the tensor {tensor.name!r} is not where it should be in the file")
        names.add(tensor.name)
        end = tensor.offset + tensor.size
        expected = _padded(end, alignment)
    return end
