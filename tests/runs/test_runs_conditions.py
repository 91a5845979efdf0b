"""Tests for rlm_desktop.runs.conditions."""

import pytest

from rlm_desktop.runs.conditions import condition_left_out

TEXT = {
    "S2E01": "[START OF EPISODE S2E01]",
    "store-3": "08:00 WARN store-3 door open",
    "ANNA": "ANNA: Hello.",
}


def left_out(question: str, *programs: str) -> dict[str, str]:
    return dict(condition_left_out(question, programs, TEXT.get))


def test_a_condition_that_no_program_used_is_named_with_its_line() -> None:
    told = left_out("How many warnings has store-3?", "hits = grep('WARN')")
    assert "WARN store-3 door open" in told["store-3"]
    assert "in one program" in told["store-3"]
    assert left_out("How many warnings has store-3?", "hits = grep('STORE-3')") == {}


def test_for_a_heading_the_mended_program_is_shown() -> None:
    code = "hits = [line for line in lines if line.startswith('ANNA:')]"
    told = left_out("How many turns has ANNA in S2E01?", code, "final(len(hits))")
    assert list(told) == ["S2E01"]
    assert "[line for line in part('S2E01') if line.startswith('ANNA:')]" in told["S2E01"]


@pytest.mark.parametrize(
    "question",
    [
        "Reply with the answer only. If it is not there, reply exactly: NOT FOUND.",
        "How many are there? Reply with the number only.",
        "Who wrote to 'Zebulon'?",  # does not stand in the text
    ],
)
def test_what_is_no_condition_is_not_asked_for(question: str) -> None:
    assert left_out(question, "hits = lines") == {}


def test_what_is_given_as_an_example_is_no_condition() -> None:
    asked = "How many lines have the level WARN (a level is a word such as INFO or store-3)?"
    assert list(left_out(asked, "hits = grep('WARN')")) == []
    asked = "How many warnings are there? Reply in the form 'store-3: 17'."
    assert list(left_out(asked, "hits = grep('WARN')")) == []
    asked = "Without words such as INFO, how many e.g. in May; and how many of store-3?"
    assert list(left_out(asked, "hits = grep('WARN')")) == ["store-3"]
