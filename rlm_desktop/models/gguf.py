"""Reading what a GGUF file says about itself, without loading the model.

The file may be anything the user points at, so every length is checked before it is believed:
what comes out is a GgufHead or a ModelError.

Sources: the description of the format in ggml's docs/gguf.md, and what gguf_init_from_file of
llama.cpp refuses: what would make it give up is named here, in words for the user.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rlm_desktop.errors import ModelError
from rlm_desktop.models.gguf_cursor import Broken, Cursor, Value
from rlm_desktop.models.gguf_types import BLOCKS, FILE_TYPES
from rlm_desktop.models.lookalikes import what_it_is

_MAX_ENTRIES = 65_536
_MAX_TENSORS = 65_536
#: GGML_MAX_NAME, which counts the zero at the end.
_NAME_BYTES = 63
#: A petabyte. More is a damaged number.
_MAX_TENSOR_BYTES = 1 << 50
#: Enough of a file that is no GGUF to tell what it is.
_BEGINNING_BYTES = 512


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


def read_head(path: Path) -> GgufHead:
    """Read the head of a GGUF file. Raises ModelError; the message names the file."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_BEGINNING_BYTES)
            stream.seek(0)
            if not beginning.startswith(b"GGUF"):
                raise Broken(what_it_is(beginning))
            return _read(Cursor(stream))
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read: {error.strerror}") from error
    except Broken as broken:
        raise ModelError(
            f"{path} is no usable GGUF model: {broken}. Fetch it again, or choose another file"
        ) from broken


def _read(cursor: Cursor) -> GgufHead:
    cursor.take(4)
    version = cursor.u32()
    if version and version % (1 << 16) == 0:
        raise Broken("it was made for machines with another order of bytes (big-endian)")
    if version not in (2, 3):
        raise Broken(f"it is of GGUF version {version}, and 2 and 3 are known")
    tensor_count, entry_count = cursor.u64(), cursor.u64()
    if tensor_count > _MAX_TENSORS or entry_count > _MAX_ENTRIES:
        raise Broken("its head claims more entries than any model has")
    values: dict[str, Value] = {}
    array_lengths: dict[str, int] = {}
    for _ in range(entry_count):
        key = cursor.text()
        if key is None or key in values:
            raise Broken("a key is there twice or too long")
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
        raise Broken("its alignment makes no sense")
    if alignment & (alignment - 1):
        raise Broken("its alignment is no power of two")
    return alignment


def _padded(position: int, alignment: int) -> int:
    return -(-position // alignment) * alignment


def _tensor(cursor: Cursor) -> Tensor:
    name = cursor.text()
    if name is None or len(name.encode()) > _NAME_BYTES:
        raise Broken("the name of a tensor is too long")
    dimensions = cursor.u32()
    if dimensions > 4:
        raise Broken(f"the tensor {name!r} has {dimensions} dimensions")
    shape = [cursor.u64() for _ in range(dimensions)]
    kind, offset = cursor.u32(), cursor.u64()
    block = BLOCKS.get(kind)
    if block is None:
        raise Broken(f"the tensor {name!r} is of unknown type {kind}")
    values, size = block
    row = shape[0] if shape else 1
    if row % values:
        raise Broken(f"the tensor {name!r} does not fill its blocks")
    rows = math.prod(shape[1:])
    if rows * (row // values) * size > _MAX_TENSOR_BYTES:
        raise Broken(f"the tensor {name!r} is larger than any model")
    return Tensor(name, offset, rows * (row // values) * size, rows * row, kind, rows)


def _end(tensors: Sequence[Tensor], alignment: int) -> int:
    """How many bytes there are after the head; each tensor must follow the one before."""
    expected, end = 0, 0
    names: set[str] = set()
    for tensor in tensors:
        if tensor.name in names:
            raise Broken(f"the tensor {tensor.name!r} is there twice")
        if tensor.offset != expected:
            raise Broken(f"the tensor {tensor.name!r} is not where it should be in the file")
        names.add(tensor.name)
        end = tensor.offset + tensor.size
        expected = _padded(end, alignment)
    return end
