"""Tests for rlm_desktop.runs.second_look and questions."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.questions import about_labels, asked_for, may_be_absent, without_way_out
from rlm_desktop.runs.second_look import program_for

QUESTION = "Where does the porter of the Grand Hotel keep the key? Reply with the answer only."


def test_the_program_asks_the_question_without_the_form_of_its_answer() -> None:
    program = program_for(QUESTION, "NOT FOUND", asked_model=False)
    assert program == "final(look_up('Where does the porter of the Grand Hotel keep the key?'))"


def test_it_is_for_a_not_found_before_the_model_has_read() -> None:
    assert program_for(QUESTION, "NOT FOUND", asked_model=False)
    assert program_for(QUESTION, "NOT FOUND", asked_model=True) is None
    assert program_for(QUESTION, "in the drawer", asked_model=False) is None
    assert program_for("What is it?", "NOT FOUND", asked_model=False) is None


@given(st.text())
def test_any_question_gives_a_program_that_compiles_or_none(question: str) -> None:
    program = program_for(question, "NOT FOUND", asked_model=False)
    assert program is None or ast.parse(program)


def test_a_way_out_is_taken_from_a_question() -> None:
    question = "Who has the key? Answer in a word. If the text does not say it, reply: NOT FOUND."
    assert without_way_out(question) == "Who has the key? Answer in a word."
    assert may_be_absent(question)
    assert asked_for(question) == "Who has the key?"
    assert not may_be_absent("Who has the key?")
    assert without_way_out("Where was the key not found?") == "Where was the key not found?"


def test_a_question_that_is_all_form_stays() -> None:
    assert asked_for("Answer the last letter.") == "Answer the last letter."


def test_what_a_question_says_of_its_labels_is_taken_from_it() -> None:
    question = (
        "Each line is a dish. Every dish is either Soup (anything with a spoon) or fish. "
        "The labels are not written. How many are fish?"
    )
    told = "Each line is a dish. Every dish is either Soup (anything with a spoon) or fish."
    assert about_labels(question, ["soup", "fish"]) == told
    assert about_labels(question, ["soup", "bread"]) == ""
    assert about_labels("How many are fish?", ["fish"]) == ""
