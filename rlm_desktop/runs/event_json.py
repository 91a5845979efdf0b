"""Events as plain data for JSON, and back.

The fields of a released event are never renamed or removed; a new one has a default, so that an
old run can still be read.
"""

from dataclasses import asdict
from typing import Any, get_args

from rlm_desktop.engine.base import Finish, Usage
from rlm_desktop.runs import events
from rlm_desktop.runs.events import (
    CallKind,
    Confidence,
    Event,
    Evidence,
    Limits,
    Outcome,
    Source,
    Status,
)

_KINDS: dict[str, type] = {kind.__name__: kind for kind in get_args(Event)}

_READ: dict[str, Any] = {
    "sources": lambda rows: tuple(Source(**row) for row in rows),
    "limits": lambda row: Limits(**row),
    "usage": lambda row: Usage(**row),
    "finish": Finish,
    "kind": CallKind,
    "outcome": Outcome,
    "status": lambda name: None if name is None else Status(name),
    "confidence": lambda word: None if word is None else Confidence(word),
    "evidence": lambda rows: tuple(Evidence(**row) for row in rows),
    "spans": lambda rows: tuple((start, end) for start, end in rows),
}


def to_dict(event: Event) -> dict[str, Any]:
    """The event as plain data; "event" names its class."""
    return {"event": type(event).__name__, **asdict(event)}


def from_dict(data: dict[str, Any]) -> Event:
    """The opposite of `to_dict`, also after a trip through JSON.

    Raises ValueError if this is no event we know.
    """
    fields = dict(data)
    try:
        kind = _KINDS[fields.pop("event")]
        read = {
            name: _READ[name](value) if name in _READ else value for name, value in fields.items()
        }
        event: events.Event = kind(**read)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an event: {data!r:.200}") from error
    return event
