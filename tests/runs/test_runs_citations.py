"""Tests for rlm_desktop.runs.citations."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.citations import cited


def test_a_passage_is_cited_at_the_line_that_it_says() -> None:
    lines = ["- Ada signed the lease", "", "- Grace paid 1,200 euros in March"]
    quotes = ["in March Grace paid the 1,200 euros", "Ada signed the lease on Monday", "weather"]
    assert cited(lines, quotes) == [[1], [], [0, 2]]


def test_what_is_no_line_of_the_answer_is_cited_at_its_end() -> None:
    assert cited(["64", ""], ["an ERROR line", "another one"]) == [[0, 1], []]


def test_an_empty_answer_cites_nothing() -> None:
    assert cited(["", " "], ["a passage"]) == [[], []]
    assert cited([], ["a passage"]) == []


@given(st.lists(st.text(max_size=30), max_size=8), st.lists(st.text(max_size=60), max_size=6))
def test_each_passage_is_cited_once_and_in_order(lines: list[str], quotes: list[str]) -> None:
    places = cited(lines, quotes)
    assert len(places) == len(lines)
    found = sorted(index for place in places for index in place)
    assert found == (list(range(len(quotes))) if any(line.strip() for line in lines) else [])
    assert all(place == sorted(place) for place in places)
