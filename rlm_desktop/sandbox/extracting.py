"""What a model was to fill in about a piece of text: the fields of a JSON object.

Loaded next to untrusted code: the standard library only. The parent uses it too, for what a
model replies is no more to be believed there.
"""

import json
from collections.abc import Sequence

MOST_FIELDS = 20
_FIELD_CHARS = 60
_REPLY_CHARS = 20_000
_VALUE_CHARS = 2_000


def fault_of(fields: Sequence[str]) -> str | None:
    """What is wrong with the names of fields, or None."""
    if not fields or len(fields) > MOST_FIELDS:
        return f"from 1 to {MOST_FIELDS} fields are wanted, not {len(fields)}"
    for number, field in enumerate(fields):
        if not field.strip() or len(field) > _FIELD_CHARS:
            return f"field number {number + 1} should have from 1 to {_FIELD_CHARS} characters"
        if field in fields[:number]:
            return f"the field {field!r} is there twice"
    return None


def filled_in(reply: str, fields: Sequence[str]) -> dict[str, str | None] | None:
    """What a reply says for each field, None where it says nothing.

    None as a whole if the reply is no JSON object, as one is not that was cut off.
    """
    if len(reply) > _REPLY_CHARS:
        return None
    try:
        said = json.loads(reply)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    return {field: _value(said.get(field)) for field in fields}


def _value(said: object) -> str | None:
    match said:
        case str():
            return said.strip()[:_VALUE_CHARS] or None
        case bool() | int() | float():
            return json.dumps(said)[:_VALUE_CHARS]
        case [*items]:
            values = [value for item in items if (value := _value(item)) is not None]
            return ", ".join(values)[:_VALUE_CHARS] or None
        case _:
            return None
