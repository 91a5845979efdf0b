"""Tests for rlm_desktop.runs.questions."""

import pytest

from rlm_desktop.runs.questions import in_form, without_description


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


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("The file is a log of a mill. What broke first?", "What broke first?"),
        ("Each line is one note. This text holds 9 parts. Who wrote it?", "Who wrote it?"),
        ("A guest named Berg complains. About what?", "A guest named Berg complains. About what?"),
        ("The file is a log of a mill", "The file is a log of a mill"),
        ("Who wrote it? Reply with the name only.", "Who wrote it? Reply with the name only."),
    ],
)
def test_sentences_that_say_how_the_text_is_made_are_left_out(question: str, wanted: str) -> None:
    assert without_description(question) == wanted
