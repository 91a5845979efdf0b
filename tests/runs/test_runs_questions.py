"""Tests for rlm_desktop.runs.questions."""

import pytest

from rlm_desktop.runs.questions import in_form, names_in, without_description


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


def test_where_only_a_name_is_wanted_the_one_that_is_marked_is_taken() -> None:
    asked = "Which function lifts the gate? Reply with the function name only."
    assert in_form(asked, "The function `lift_gate` lifts it.") == "lift_gate"
    assert in_form(asked, "Either `lift` or `raise_gate`.") == "Either `lift` or `raise_gate`."
    assert in_form("Which function lifts the gate?", "`lift_gate` does.") == "`lift_gate` does."


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


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("When does the boat to Skagen leave? Reply with the Time only.", ["Skagen"]),
        ("Where is Dorthe's hat? Is it with Birte?", ["Dorthe", "Birte"]),
        ("Who logged in as miller42?", ["miller42"]),
        ("Which class is PumpStalled?", ["PumpStalled"]),
        ("What is in 'The Blue Jar' there?", ["Blue", "Jar"]),
        ("how many are there in 2031?", []),
    ],
)
def test_the_names_that_a_question_asks_about(question: str, names: list[str]) -> None:
    assert names_in(question) == names
