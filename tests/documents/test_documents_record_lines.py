"""Tests for rlm_desktop.documents.record_lines."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.record_lines import RecordLines, record_lines_in

LINES = [
    f"Day: May {day}, 2031 || Guest: {day * 7} || Note: The soup: cold." for day in range(1, 20)
]


def test_lines_with_the_same_keys_are_records() -> None:
    form = record_lines_in(["Notes of the guests", "", *LINES])
    assert form == RecordLines(" || ", ("Day", "Guest", "Note"))
    line = LINES[2]
    spans = form.fields(line)
    assert spans is not None
    assert {key: line[a:b] for key, (a, b) in spans.items()} == {
        "Day": "May 3, 2031",
        "Guest": "21",
        "Note": "The soup: cold.",
    }


def test_the_last_field_may_hold_the_delimiter() -> None:
    form = record_lines_in(LINES)
    assert form is not None
    line = "Day: May 3, 2031 || Guest: 21 || Note: hot || cold"
    spans = form.fields(line)
    assert spans is not None
    assert line[slice(*spans["Note"])] == "hot || cold"
    assert form.fields("Day: May 3, 2031 || Note: hot || Guest: 3") is None
    assert form.fields("Total: 14") is None


def test_other_texts_are_no_records() -> None:
    assert record_lines_in([f"COOK: Hello, number {n}." for n in range(30)]) is None
    assert record_lines_in([f"{n},Kiel,Aurora" for n in range(30)]) is None
    assert record_lines_in(LINES[:3]) is None
    half = [line for pair in zip(LINES, ["plain text"] * 19, strict=True) for line in pair]
    assert record_lines_in(half) is None


@given(st.lists(st.text(max_size=80), max_size=30), st.text(max_size=80))
def test_whatever_a_form_is_made_of_its_spans_are_in_the_line(lines: list[str], line: str) -> None:
    form = record_lines_in(lines)
    if form is None:
        return
    for one in [*lines, line]:
        spans = form.fields(one)
        assert spans is None or all(0 <= a <= b <= len(one) for a, b in spans.values())
