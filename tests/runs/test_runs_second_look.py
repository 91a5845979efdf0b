"""Tests for rlm_desktop.runs.second_look."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.second_look import program_for, program_to_read, telling_words

QUESTION = "Where does the porter of the Grand Hotel keep the key? Reply with the answer only."


def test_names_come_first_and_common_words_not_at_all() -> None:
    words = telling_words("Where does the porter of the Grand Hotel keep what he was given?")
    assert words == ["Grand", "Hotel", "porter", "keep", "given"]


def test_the_program_asks_the_question_without_the_form_of_its_answer() -> None:
    program = program_to_read(QUESTION)
    assert program is not None
    assert "ask_all('Where does the porter of the Grand Hotel keep the key?', pieces)" in program
    assert ast.parse(program)
    assert "Reply" not in program


def test_it_is_for_a_not_found_before_the_model_has_read() -> None:
    assert program_for(QUESTION, "NOT FOUND", asked_model=False)
    assert program_for(QUESTION, "NOT FOUND", asked_model=True) is None
    assert program_for(QUESTION, "in the drawer", asked_model=False) is None


@given(st.text())
def test_any_question_gives_a_program_that_compiles_or_none(question: str) -> None:
    program = program_to_read(question)
    assert program is None or ast.parse(program)
