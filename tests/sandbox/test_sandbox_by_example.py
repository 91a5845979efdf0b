"""Tests for rlm_desktop.sandbox.by_example."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.sandbox.by_example import first_of, learned, samples_of

LINES = [
    "08:00:01 harbour WARN door open for 40 s, told to keeper anna from 10.0.0.7 (crane_17)",
    "08:00:09 market WARN no power, told to new keeper karl from 10.0.12.9 (crane_4)",
    "08:01:00 mill INFO all well, told to keeper lise-2 from 10.1.0.3 (crane_203)",
]


@pytest.mark.parametrize(
    "values",
    [
        ["08:00:01", "08:00:09", "08:01:00"],
        ["harbour", "market", "mill"],
        ["WARN", "WARN", "INFO"],
        ["anna", "karl", "lise-2"],
        ["10.0.0.7", "10.0.12.9", "10.1.0.3"],
        ["crane_17", "crane_4", "crane_203"],
        ["17", "4", "203"],
    ],
)
def test_two_lines_show_where_the_value_of_the_third_stands(values: list[str]) -> None:
    rule = learned(list(zip(LINES[:2], values, strict=False)), LINES)
    assert rule is not None
    assert [match[1] for line in LINES if (match := rule.search(line))] == values


def test_an_empty_value_is_not_taken_for_the_next_word() -> None:
    lines = ["no user anna from east", "no user  from west", *["no user bo from east"] * 12]
    rule = learned([(lines[0], "anna"), (lines[2], "bo")], lines)
    assert rule is not None
    assert rule.search(lines[1]) is None


def test_the_date_of_a_longer_time_is_taken() -> None:
    lines = [f"2031-04-{n:02}-08.15.{n} pump on" for n in range(10, 30)]
    rule = learned([(lines[0], "2031-04-10"), (lines[5], "2031-04-15")], lines)
    assert rule is not None
    assert [found[1] for line in lines[1:3] for found in rule.finditer(line)] == [
        "2031-04-11",
        "2031-04-12",
    ]


def test_of_several_values_of_a_line_the_first_is_the_example() -> None:
    assert first_of("crane_17 crane_-4, crane_203") == "crane_17"
    assert first_of("anna lund") == "anna lund"
    assert first_of("3 May") == "3 May"


def test_examples_without_a_rule_give_none() -> None:
    assert learned([(LINES[0], "harbour"), (LINES[1], "karl"), (LINES[2], "203")], LINES) is None


def test_samples_are_of_many_lengths() -> None:
    lines = ["a b c"] * 50 + ["a b c d e"] + ["", "  "] + ["a b c"] * 40
    assert {len(line.split()) for line in samples_of(lines)} == {3, 5}
    assert samples_of([]) == []


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40)))
def test_any_lines_have_samples_of_their_own(lines: list[str]) -> None:
    assert set(samples_of(lines)) <= set(lines)


@given(st.text(max_size=60), st.data())
def test_a_rule_finds_the_value_in_its_line_again(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    value = line[start : data.draw(st.integers(start, len(line)))]
    rule = learned([(line, value)], [line])
    assert rule is None or (isinstance(rule, re.Pattern) and rule.search(line)[1] == value)  # type: ignore[index]
