"""Long texts, each kept once under its hash.

A program that asks the same of a thousand pieces, or an output that is shown again in the next
prompt, would otherwise be written many times. In the body of an event a long string is replaced
by {"text": hash}; no event has a dictionary of the model's making, so nothing else looks like it.

So is a string with half a surrogate pair in it, as it comes from a document with a broken
encoding: UTF-8 has no place for such halves, and JSON would make one character of two of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils import Database


#: Characters up to which a string stays in the body of its event.
SHORT = 1000

_HALVES = re.compile("[\ud800-\udfff]")


def digest(text: str) -> str:
    """The name of a text: "b2:" and 128 bits in hex, which no two texts share by accident."""
    return "b2:" + hashlib.blake2b(_utf8(text), digest_size=16).hexdigest()


def to_cell(text: str) -> str | bytes:
    """What SQLite keeps for a text: TEXT, or a BLOB where half a surrogate pair is in it."""
    return _utf8(text) if _HALVES.search(text) else text


def from_cell(cell: str | bytes) -> str:
    """The opposite of `to_cell`."""
    return cell if isinstance(cell, str) else cell.decode("utf-8", "surrogatepass")


def to_body(db: Database, fields: dict[str, Any]) -> str:
    """The fields of an event as JSON, after keeping the strings that go elsewhere."""
    return json.dumps(_shortened(db, fields), ensure_ascii=False, separators=(",", ":"))


def from_body(db: Database, body: str) -> dict[str, Any]:
    """The opposite of `to_body`.

    Raises ValueError if this is no body, or a text is gone.
    """
    fields = _restored(db, json.loads(body))
    if not isinstance(fields, dict):
        raise ValueError(f"not the body of an event: {body:.200}")
    return fields


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _shortened(db: Database, value: Any) -> Any:
    match value:
        case str() if len(value) > SHORT or _HALVES.search(value):
            name = digest(value)
            db.execute("insert or ignore into texts values (?, ?)", [name, to_cell(value)])
            return {"text": name}
        case dict():
            return {key: _shortened(db, inner) for key, inner in value.items()}
        case list() | tuple():
            return [_shortened(db, inner) for inner in value]
        case _:
            return value


def _restored(db: Database, value: Any) -> Any:
    match value:
        case {"text": str(name)} if len(value) == 1:
            row = db.execute("select body from texts where hash = ?", [name]).fetchone()
            if row is None:
                raise ValueError(f"the text {name} is gone")
            return from_cell(row[0])
        case dict():
            return {key: _restored(db, inner) for key, inner in value.items()}
        case list():
            return [_restored(db, inner) for inner in value]
        case _:
            return value
