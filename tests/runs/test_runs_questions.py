"""Tests for rlm_desktop.runs.questions."""

import pytest

from rlm_desktop.runs.questions import in_form


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("The pump waits 10 seconds.", "10"),
        ("$ 1,204.50 (crowns)", "1,204.50"),
        ("It fell by -3.", "-3"),
        ("17", "17"),
        ("Between 10 and 20.", "Between 10 and 20."),
        ("crane_17", "crane_17"),
        ("None is told.", "None is told."),
    ],
)
def test_where_only_a_number_is_wanted_the_sentence_round_it_goes(answer: str, wanted: str) -> None:
    assert in_form("How many seconds does it wait? Reply with the number only.", answer) == wanted
    assert in_form("How many? Give just the number.", answer) == wanted
    assert in_form("How many seconds does it wait?", answer) == answer
