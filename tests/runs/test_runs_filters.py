"""Tests for rlm_desktop.runs.filters."""

import contextlib
import io
from typing import Any

import pytest

from rlm_desktop.runs.filters import program_for

TURNS = [
    {"speaker": "ANN", "part": "== ACT ONE ==", "text": "Where is the boat?"},
    {"speaker": "BEN", "part": "== ACT ONE ==", "text": "Gone."},
    {"speaker": "ANN", "part": "== ACT TWO ==", "text": "Gone?"},
]


def told(code: str, **names: Any) -> list[str]:
    program = program_for(code)
    assert program is not None
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(program, names)
    return output.getvalue().splitlines()


def test_each_condition_is_tried_alone_and_shown_what_it_compares() -> None:
    code = "hits = [t for t in turns if t['speaker'] == 'ANN' and 'Act 2' in t['part']]"
    assert told(code, turns=TURNS) == [
        "3 in all: turns",
        "2 meet t['speaker'] == 'ANN'",
        "0 meet 'Act 2' in t['part']",
        "   there: ['== ACT ONE ==', '== ACT TWO ==']",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "n = sum(1 for line in lines if 'x' in line if len(line) > 2)",
        "n = {line for line in lines if 'x' in line and len(line) > 2}",
        "n = 0\nfor line in lines:\n    if 'x' in line and len(line) > 2:\n        n += 1",
        "[b for b in lines]\nn = [line for line in lines if 'x' in line and len(line) > 2]",
    ],
)
def test_the_last_filter_is_tried_in_whatever_form(code: str) -> None:
    assert told(code, lines=["ax", "bxx", "c"]) == [
        "3 in all: lines",
        "2 meet 'x' in line",
        "1 meet len(line) > 2",
    ]


def test_a_condition_that_needs_the_one_before_it_is_said_to() -> None:
    code = "[p for p in parts if len(p) > 1 and p[1] == 'x']"
    assert told(code, parts=[["a"], ["a", "x"]])[-1] == "cannot be tried alone: p[1] == 'x'"


@pytest.mark.parametrize(
    "code",
    [
        "final(0)",
        "n = [line for line in lines]",
        "n = [line for line in lines if classify([line], ['a', 'b']) == ['a']]",
        "n = [v for v in values_of('user', lines) if v != 'root']",
        "n = [v for v in llm_query_batched(lines) if 'yes' in v]",
        "n = [",
    ],
)
def test_what_has_no_filter_or_would_ask_a_model_is_not_tried(code: str) -> None:
    assert program_for(code) is None
