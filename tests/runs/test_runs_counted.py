"""Tests for rlm_desktop.runs.counted."""

import contextlib
import io
from typing import Any

import pytest

from rlm_desktop.runs.counted import counts_again, program_for

LINES = [
    "ERROR store-1 door open",
    "ERROR store-2 door shut",
    "error store-2 door open",
    "INFO store-2 all well",
    "INFO store-1 all well",
]


def told(question: str, code: str, answer: str, **names: Any) -> tuple[list[str], list[object]]:
    """What the program prints, and what it gives as the answer."""
    program = program_for(question, [code], answer)
    assert program is not None
    assert counts_again(program)
    answers: list[object] = []
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(program, {"final": answers.append, "lines": LINES, **names})
    return output.getvalue().splitlines(), answers


@pytest.mark.parametrize(
    "code",
    [
        "final(len([x for x in lines if 'ERROR' in x and 'store-2' in x]))",
        "final(sum(1 for x in lines if 'ERROR' in x if 'store-2' in x))",
        "n = 0\nfor x in lines:\n    if 'ERROR' in x and 'store-2' in x:\n        n += 1\nfinal(n)",
    ],
)
def test_what_was_counted_is_shown_with_what_nearly_was(code: str) -> None:
    output, answers = told("How many ERROR lines of store-2?", code, "1")
    assert output == [
        "1 counted, such as:",
        "+ ERROR store-2 door shut",
        "Nearly, but not counted:",
        "- ERROR store-1 door open",
        "- error store-2 door open",
        "- INFO store-2 all well",
    ]
    assert answers == [1]


def test_a_word_that_the_question_does_not_spell_is_taken_in_any_letters() -> None:
    code = "final(len([x for x in lines if 'ERROR' in x]))"
    output, answers = told("How many errors are there?", code, "2")
    assert output[-3:] == [
        "Nearly, but not counted:",
        "- error store-2 door open",
        "1 more in other letters",
    ]
    assert answers == [3]


@pytest.mark.parametrize(
    ("test", "strict", "loose"),
    [
        ("x.startswith('Error')", 1, 4),
        ("x == 'Info Store-1 all well'", 1, 2),
        ("'ERR' not in x", 3, 3),
    ],
)
def test_comparisons_are_loosened_where_that_lets_more_through(
    test: str, strict: int, loose: int
) -> None:
    code = f"final(len([x for x in lines if {test} or 'INFO store-2' in x]))"
    _, answers = told("How many?", code, str(strict))
    assert answers == [loose]


def test_a_condition_that_needs_the_one_before_it_does_no_harm() -> None:
    code = "final(len([p for p in parts if len(p) > 1 and p[1] == 'X']))"
    output, answers = told("How many?", code, "1", parts=[["a"], ["a", "X"], ["a", "x"]])
    assert output[:2] == ["1 counted, such as:", "+ ['a', 'X']"]
    assert answers == [2]


def test_another_number_than_the_answer_shows_nothing() -> None:
    assert told("How many?", "n = len({x for x in lines if 'store' in x})", "2") == ([], [])


@pytest.mark.parametrize("answer", ["0", "store-1", "1.5", ""])
def test_what_is_no_count_is_not_counted_again(answer: str) -> None:
    assert program_for("How many?", ["n = [x for x in lines if 'a' in x]"], answer) is None


@pytest.mark.parametrize(
    "code", ["final(3)", "n = [x for x in lines if ask('Is it?', x)]", "n = ["]
)
def test_what_has_no_filter_or_would_ask_a_model_is_not_counted_again(code: str) -> None:
    assert program_for("How many?", [code], "3") is None
