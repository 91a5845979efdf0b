"""Tests for rlm_desktop.runs.events, event_json and run."""

import json
from dataclasses import fields
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.event_json import from_dict, to_dict
from rlm_desktop.runs.events import (
    CallEnded,
    CallKind,
    CallStarted,
    Event,
    Limits,
    Outcome,
    RunStarted,
    depth_of,
    parent_of,
)
from rlm_desktop.runs.run import Run

EVENTS = st.one_of(*(st.from_type(kind) for kind in get_args(Event)))


@given(EVENTS)
def test_an_event_survives_json(event: Event) -> None:
    data: dict[str, Any] = json.loads(json.dumps(to_dict(event)))
    back = from_dict(data)
    assert type(back) is type(event)
    for field in fields(event):
        value = getattr(event, field.name)
        # Floats that are not numbers are not equal to themselves.
        assert getattr(back, field.name) == value or value != value, field.name


@pytest.mark.parametrize("data", [{}, {"event": "Exploded"}, {"event": "CallEnded", "x": 1}])
def test_what_is_no_event_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not an event"):
        from_dict(data)


def test_every_started_has_its_ended() -> None:
    names = {kind.__name__ for kind in get_args(Event)}
    for name in names:
        if name.endswith("Started"):
            assert name.replace("Started", "Ended") in names
        if name.endswith("Grew"):
            assert {name.replace("Grew", "Started"), "OutputGrew"} & names


def test_every_field_of_an_event_has_a_type_we_can_keep() -> None:
    for kind in get_args(Event):
        assert get_type_hints(kind), kind


def test_a_path_tells_parent_and_depth() -> None:
    assert (parent_of("1"), parent_of("1.12"), parent_of("1.12.3")) == (None, "1", "1.12")
    assert (depth_of("1"), depth_of("1.12.3")) == (0, 2)


def test_runs_that_were_kept_before_labels_had_margins_can_be_read() -> None:
    old = {"event": "CallEnded", "path": "1.2", "outcome": "answered", "answer": "good"}
    assert from_dict(old) == CallEnded("1.2", Outcome.ANSWERED, "good", margin=None)
    limits = to_dict(RunStarted("q", (), "m", Limits()))["limits"]
    started = {"event": "RunStarted", "question": "q", "sources": [], "model": "m"}
    assert from_dict({**started, "limits": limits}) == RunStarted("q", (), "m", Limits())


@pytest.mark.parametrize(("margin", "close"), [(None, False), (0.05, True), (0.9, False)])
def test_a_call_tells_whether_its_label_was_close(margin: float | None, close: bool) -> None:
    run = Run.of(
        [
            CallStarted("1", CallKind.ROOT, "q"),
            CallStarted("1.2", CallKind.CLASSIFY, "good?", "text"),
            CallEnded("1.2", Outcome.ANSWERED, "good", margin),
        ]
    )
    assert run.call("1.2").close is close
