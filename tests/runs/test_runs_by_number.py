"""Tests for rlm_desktop.runs.by_number."""

import pytest

from rlm_desktop.runs.by_number import by_example


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("How many different user names were tried?", "user names"),
        ("Which keeper was told most?", "keeper"),
        ("What order number (of the shop) is in most lines?", "order number"),
        ("How many distinct crane IDs occur?", "crane IDs"),
    ],
)
def test_values_are_named_as_the_question_does(question: str, what: str) -> None:
    program = 'names = set(line.split()[3] for line in lines if "open" in line)'
    assert by_example(question, [program]) == (
        f"names = set(values_of({what!r}, [line for line in lines if 'open' in line]))"
    )


def test_the_last_two_programs_are_run_again_with_it() -> None:
    programs = [
        "print(lines[0])",
        "counts = Counter(line.split(' ')[-2].strip(':') for line in lines)",
        "final(len({line.split()[0][:8] for line in lines}), counts)",
    ]
    assert by_example("Which service is named most?", programs) == (
        "counts = Counter(values_of('service', [line for line in lines]))\n"
        "final(len(set(values_of('service', [line for line in lines]))), counts)"
    )


def test_the_word_for_the_value_is_no_condition() -> None:
    program = "n = {a.split()[1] for a in lines if 'crane' in a if 'open' in a}"
    assert by_example("How many distinct crane IDs occur?", [program]) == (
        "n = set(values_of('crane IDs', [a for a in lines if 'open' in a]))"
    )


@pytest.mark.parametrize(
    "program",
    [
        "final(len(lines))",
        "n = [line for line in lines if line.split()[2] == 'WARN']",
        "n = [line.split() for line in lines]",
        "n = [(line.split()[1], line) for line in lines]",
        "n = [other.split()[1] for line in lines]",
        "n = values_of('user', lines)\nm = [line.split()[1] for line in lines]",
    ],
)
def test_other_programs_are_left_alone(program: str) -> None:
    assert by_example("How many different users are there?", [program]) is None


def test_a_question_for_no_value_is_left_alone() -> None:
    assert by_example("How many lines are there?", ["n = [a.split()[1] for a in lines]"]) is None
