"""Tests for rlm_desktop.runs.by_number."""

import pytest

from rlm_desktop.runs.by_number import mended


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("How many different user names were tried?", "user names"),
        ("Which keeper was told most?", "keeper"),
        ("What order number (of the shop) is in most lines?", "order number"),
        ("How many distinct crane IDs occur?", "crane IDs"),
    ],
)
def test_the_program_is_shown_with_values_of_in_its_place(question: str, what: str) -> None:
    program = 'names = set(line.split()[3] for line in lines if "open" in line)\nprint(len(names))'
    advice = mended(question, [program])
    assert advice is not None
    assert "found = [line for line in lines if 'open' in line]" in advice
    assert f"values = values_of({what!r}, found)" in advice


@pytest.mark.parametrize(
    "program",
    [
        "final(len(lines))",
        "n = [line for line in lines if line.split()[2] == 'WARN']",
        "n = [line.split() for line in lines]",
        "n = values_of('user', lines)\nm = [line.split()[1] for line in lines]",
    ],
)
def test_other_programs_are_left_alone(program: str) -> None:
    assert mended("How many different users are there?", [program]) is None


def test_a_question_for_no_value_is_left_alone() -> None:
    assert mended("How many lines are there?", ["n = [line.split()[1] for line in lines]"]) is None
