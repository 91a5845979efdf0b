"""The frames between us and the engine process."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine import frames
from rlm_desktop.engine.base import (
    Done,
    Finish,
    LabelScore,
    Message,
    Prompt,
    Sampling,
    Scored,
    Usage,
    Wrote,
)

PROMPT = Prompt(
    (Message("system", "s"), Message("user", "u")),
    prefill="p",
    stops=("a", "b"),
    grammar="root ::= [a-z]",
    max_tokens=7,
    sampling=Sampling(0.5, 0.9, 11, 0.05, 1.1),
    conversation="1.2",
)
SCORED = Scored(3, (LabelScore("yes", -0.5, 1), LabelScore("no", -2.25, 2)), Usage(9, 0, 3, 0.5))
REQUESTS = [
    frames.Load(1, "/a/model.gguf", 2, 4096, -1),
    frames.Generate(2, (PROMPT, Prompt(prefill="plain"))),
    frames.Generate(6, (Prompt(prefill="x", schema="{}"),)),
    frames.Score(7, (PROMPT,), ("yes", "no")),
    frames.Count(3, "text \ud800"),
    frames.Describe(4),
    frames.Cancel(5),
]
ANSWERS = [
    frames.Loading(1, 0.5),
    frames.Loaded(1, 4096, 128, 64),
    frames.Began(2, 1),
    frames.Piece(7, SCORED),
    frames.Paced(2, ((128, 1.25), (3, 0.125))),
    frames.Piece(2, Wrote(0, "some text")),
    frames.Piece(2, Done(1, Usage(10, 5, 3, 0.25), Finish.LENGTH)),
    frames.Counted(3, 0),
    frames.Described(4, (frames.Device("CPU", "a processor", False, 8, 4),)),
    frames.Ended(2),
    frames.Failed(2, frames.Failure.TOO_LONG, "too long", 10, 5),
]


def over_the_wire(frame: frames.Request | frames.Answer) -> dict[str, Any]:
    message = json.loads(json.dumps(frames.to_wire(frame)))
    assert isinstance(message, dict)
    return message


@pytest.mark.parametrize("frame", REQUESTS)
def test_a_request_arrives_as_it_was_sent(frame: frames.Request) -> None:
    assert frames.request_from(over_the_wire(frame)) == frame


@pytest.mark.parametrize("frame", ANSWERS)
def test_an_answer_arrives_as_it_was_sent(frame: frames.Answer) -> None:
    assert frames.answer_from(over_the_wire(frame)) == frame


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(st.sampled_from([*REQUESTS, *ANSWERS]), st.data())
def test_a_field_of_another_kind_is_refused_and_nothing_worse(
    frame: frames.Request | frames.Answer, data: st.DataObject
) -> None:
    message = over_the_wire(frame)
    message[data.draw(st.sampled_from(sorted(message)))] = data.draw(JSON)
    for read in (frames.request_from, frames.answer_from):
        try:
            kind = type(read(message))
        except ValueError:
            continue
        assert kind.__name__ == message["frame"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"frame": "Loading", "request": 1, "fraction": float("nan")},
        {"frame": "Loaded", "request": 1, "window": 0, "step": 1, "sequences": 1},
        {"frame": "Paced", "request": 1, "steps": [[0, 1.0]]},
        {"frame": "Piece", "request": 1, "message": {"kind": "Scored", "index": 0, "scores": []}},
        {"frame": "Counted", "request": 1, "tokens": -1},
        {"frame": "Piece", "request": 1, "message": {"kind": "Wrote", "index": 0}},
        {"frame": "Described", "request": 1, "devices": [{}]},
        {**frames.to_wire(ANSWERS[-1]), "failure": "unheard of"},
    ],
)
def test_refuses_an_answer_that_makes_no_sense(message: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"answer|message|device|Failure|step"):
        frames.answer_from(message)
