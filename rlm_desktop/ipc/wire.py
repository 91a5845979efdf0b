"""Messages between our processes: a length in four bytes, then UTF-8 JSON.

JSON and nothing else. What arrives may come from a process that runs code we do not trust, so
it is never unpickled and never evaluated; whoever receives checks every field.
"""

import json
import struct
from typing import IO, Any

MAX_MESSAGE_BYTES = 64 * 1024 * 1024

_LENGTH = struct.Struct(">I")


def send(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Write one message and flush it.

    Raises ValueError if it is longer than MAX_MESSAGE_BYTES; nothing is written then.
    """
    # Escapes keep lone surrogates, which a program can make and UTF-8 cannot hold, on the wire.
    body = json.dumps(message).encode("ascii")
    if len(body) > MAX_MESSAGE_BYTES:
        raise ValueError(f"a message of {len(body):,} bytes is over {MAX_MESSAGE_BYTES:,}")
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message, or return None at the end of the stream.

    Raises ValueError if what arrives is too long, cut off, too deep, or no JSON object.
    """
    head = stream.read(_LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise ValueError("a message was cut off")
    (length,) = _LENGTH.unpack(head)
    if length > MAX_MESSAGE_BYTES:
        raise ValueError(f"a message of {length:,} bytes is over {MAX_MESSAGE_BYTES:,}")
    body = stream.read(length)
    if len(body) < length:
        raise ValueError("a message was cut off")
    try:
        untrusted = json.loads(body)
    except RecursionError:
        raise ValueError("a message is nested too deep") from None
    if not isinstance(untrusted, dict):
        raise ValueError("a message is not an object")
    return untrusted
