"""Cuts a GGUF file into several, as gguf-split of llama.cpp writes them, and leaves values out.

A reader of its own rather than the one under test: it copies the values as they stand.
"""

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_STRING, _ARRAY, _U16, _I32 = 8, 9, 2, 5
_ALIGNMENT = 32


@dataclass
class _Info:
    name_and_shape: bytes
    offset: int
    size: int = 0


def _u32(stream: BinaryIO) -> int:
    return int(struct.unpack("<I", stream.read(4))[0])


def _u64(stream: BinaryIO) -> int:
    return int(struct.unpack("<Q", stream.read(8))[0])


def _skip(stream: BinaryIO, kind: int) -> None:
    if kind == _STRING:
        stream.seek(_u64(stream), io.SEEK_CUR)
    elif kind == _ARRAY:
        item, count = _u32(stream), _u64(stream)
        if item == _STRING:
            for _ in range(count):
                _skip(stream, _STRING)
        else:
            stream.seek(count * _SIZES[item], io.SEEK_CUR)
    else:
        stream.seek(_SIZES[kind], io.SEEK_CUR)


def _info(stream: BinaryIO) -> _Info:
    begin = stream.tell()
    _skip(stream, _STRING)
    dimensions = _u32(stream)
    stream.seek(8 * dimensions + 4, io.SEEK_CUR)
    end = stream.tell()
    offset = _u64(stream)
    stream.seek(begin)
    raw = stream.read(end - begin)
    stream.seek(8, io.SEEK_CUR)
    return _Info(raw, offset)


def _key(name: str, kind: int, value: bytes) -> bytes:
    return struct.pack("<Q", len(name)) + name.encode() + struct.pack("<I", kind) + value


def split_gguf(source: Path, folder: Path, stem: str, count: int) -> list[Path]:
    """Write the model in `source` as `count` files into `folder`; return them in order."""
    with source.open("rb") as stream:
        assert stream.read(4) == b"GGUF"
        version, tensors, entries = _u32(stream), _u64(stream), _u64(stream)
        begin = stream.tell()
        for _ in range(entries):
            _skip(stream, _STRING)
            _skip(stream, _u32(stream))
        end = stream.tell()
        stream.seek(begin)
        values = stream.read(end - begin)
        infos = [_info(stream) for _ in range(tensors)]
        data = -(-stream.tell() // _ALIGNMENT) * _ALIGNMENT
        ends = [info.offset for info in infos[1:]] + [source.stat().st_size - data]
        for info, after in zip(infos, ends, strict=True):
            info.size = after - info.offset
        each = -(-tensors // count)
        files = []
        for number in range(count):
            part = infos[number * each : (number + 1) * each]
            file = folder / f"{stem}-{number + 1:05}-of-{count:05}.gguf"
            with file.open("wb") as out:
                head = values if number == 0 else b""
                head += _key("split.no", _U16, struct.pack("<H", number))
                head += _key("split.count", _U16, struct.pack("<H", count))
                head += _key("split.tensors.count", _I32, struct.pack("<i", tensors))
                keys = (entries if number == 0 else 0) + 3
                out.write(b"GGUF" + struct.pack("<IQQ", version, len(part), keys) + head)
                first = part[0].offset if part else 0
                for info in part:
                    out.write(info.name_and_shape + struct.pack("<Q", info.offset - first))
                out.write(bytes(-out.tell() % _ALIGNMENT))
                if part:
                    stream.seek(data + first)
                    _copy(stream, out, sum(info.size for info in part))
            files.append(file)
    return files


def without_value(source: Path, target: Path, key: str) -> None:
    """Copy a model, but for one of the values in its head."""
    with source.open("rb") as stream, target.open("wb") as out:
        stream.seek(4)
        version, tensors, entries = _u32(stream), _u64(stream), _u64(stream)
        values = []
        for _ in range(entries):
            begin = stream.tell()
            _skip(stream, _STRING)
            _skip(stream, _u32(stream))
            end = stream.tell()
            stream.seek(begin)
            values.append(stream.read(end - begin))
        name = struct.pack("<Q", len(key)) + key.encode()
        kept = [value for value in values if not value.startswith(name)]
        assert len(kept) == entries - 1
        begin = stream.tell()
        for _ in range(tensors):
            _info(stream)
        end = stream.tell()
        stream.seek(begin)
        infos = stream.read(end - begin)
        out.write(b"GGUF" + struct.pack("<IQQ", version, tensors, len(kept)) + b"".join(kept))
        out.write(infos)
        out.write(bytes(-out.tell() % _ALIGNMENT))
        data = -(-end // _ALIGNMENT) * _ALIGNMENT
        stream.seek(data)
        _copy(stream, out, source.stat().st_size - data)


def _copy(stream: BinaryIO, out: BinaryIO, count: int) -> None:
    while count:
        piece = stream.read(min(count, 1 << 22))
        assert piece
        out.write(piece)
        count -= len(piece)
