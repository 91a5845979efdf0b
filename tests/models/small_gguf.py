"""GGUF files of a few hundred bytes, for tests."""

import struct
from collections.abc import Mapping

CHAT = {
    "general.architecture": "qwen2",
    "general.name": "Tiny",
    "general.license": "MIT",
    "general.file_type": 15,
    "qwen2.block_count": 4,
    "qwen2.context_length": 2048,
    "qwen2.embedding_length": 64,
    "qwen2.attention.head_count": 8,
    "qwen2.attention.head_count_kv": 2,
    "tokenizer.ggml.tokens": ["a", "b", "c"],
    "tokenizer.chat_template": "{{ messages }}",
}


def _text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def _value(value: object) -> bytes:
    match value:
        case bool():
            return struct.pack("<I?", 7, value)
        case int():
            return struct.pack("<II", 4, value)
        case float():
            return struct.pack("<If", 6, value)
        case str():
            return struct.pack("<I", 8) + _text(value)
        case [str(), *_]:
            return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(_text, value))
        case list():
            return struct.pack("<IIQ", 9, 4, len(value)) + struct.pack(f"<{len(value)}I", *value)
    raise AssertionError(value)


def small_gguf(values: Mapping[str, object] = CHAT, *, tensors: int = 2) -> bytes:
    """A whole file with those values and F32 tensors of 4 x 8 numbers."""
    head = b"GGUF" + struct.pack("<IQQ", 3, tensors, len(values))
    for key, value in values.items():
        head += _text(key) + _value(value)
    for number in range(tensors):
        head += _text(f"blk.{number}.weight") + struct.pack("<IQQIQ", 2, 4, 8, 0, number * 128)
    head += bytes(-len(head) % 32)
    return head + bytes(128 * tensors)
