"""A run as JSON, for other programs: all events, to the letter."""

import json
import re
from collections.abc import Iterable
from typing import Any

from rlm_desktop.exporting.answer_json import summary
from rlm_desktop.runs.event_json import to_dict
from rlm_desktop.runs.events import Event
from rlm_desktop.runs.run import Run

_HALVES = re.compile("[\ud800-\udfff]")


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON that people can read in any language and UTF-8 can hold.

    Half a surrogate pair, which UTF-8 has no place for, is written as JSON's escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _HALVES.sub(lambda half: f"\\u{ord(half.group()):04x}", text)


def to_json(number: int, run: Run, events: Iterable[Event]) -> str:
    """One object: what `answer_json.summary` says, the model, the documents, and all events."""
    started = run.started
    whole = {
        "format": "rlm-desktop run",
        "version": 1,
        **summary(run, number),
        "model": started.model if started else None,
        "sub_model": started.sub_model or None if started else None,
        "documents": to_dict(started)["sources"] if started else [],
        "events": [to_dict(event) for event in events],
    }
    return json_text(whole, indent=2) + "\n"


def to_jsonl(events: Iterable[Event]) -> str:
    """One event a line."""
    return "".join(json_text(to_dict(event)) + "\n" for event in events)
