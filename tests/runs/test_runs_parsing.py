"""Tests for rlm_desktop.runs.parsing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.runs.parsing import program_in, unfenced

CODE = "hits = grep('a')\nprint(len(hits))"


@pytest.mark.parametrize(
    "reply",
    [
        CODE,
        f"{CODE}\n",
        f"```python\n{CODE}\n```",
        f"```py\n{CODE}\n```\nThis counts the lines.",
        f"I will count the lines.\n```repl\n{CODE}\n```",
        f"```\n{CODE}\n```",
        f"```python\n{CODE}",  # the closing fence was cut off
        f"{CODE}\n```\nOutput:\n42\n",  # went on after the prefilled fence was closed
        f"<think>Let me think.</think>\n```python\n{CODE}\n```",
        f"{CODE}<|im_end|>",
    ],
)
def test_the_program_is_found(reply: str) -> None:
    assert program_in(reply).code == CODE
    assert program_in(reply).error is None


def test_a_block_in_another_language_is_not_a_program() -> None:
    assert program_in("```json\n{}\n```\n```python\nprint(1)\n```").code == "print(1)"


@pytest.mark.parametrize(
    ("reply", "told"),
    [("print(", "SyntaxError"), ("", "no program"), ("The answer is 5.", "SyntaxError")],
)
def test_what_is_no_program_says_why(reply: str, told: str) -> None:
    assert told in (program_in(reply).error or "")


def test_spacing_and_comments_do_not_make_another_program() -> None:
    assert program_in("x=1 # one").fingerprint == program_in("x = 1").fingerprint
    assert program_in("x = 1").fingerprint != program_in("x = 2").fingerprint


@given(st.text())
def test_any_reply_is_a_program_or_says_why(reply: str) -> None:
    program = program_in(reply)
    assert program.error or compile(program.code, "<program>", "exec", dont_inherit=True)
    assert program.fingerprint is not None


def test_a_fence_around_words_is_taken_off() -> None:
    assert unfenced("```python\nNOT FOUND\n```") == "NOT FOUND"
    assert unfenced(" 42 ") == "42"
