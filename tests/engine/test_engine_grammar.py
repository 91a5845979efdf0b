"""Grammars: what they say is exactly the labels."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.engine.grammar import literal, one_of

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
_CHARACTER = re.compile(r'\\x([0-9A-Fa-f]{2})|\\([nrt"\\])|([^"\\\x00-\x1f\x7f])', re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


def read(source: str) -> tuple[str, str]:
    """Read a literal as llama.cpp does: its text, and what follows it."""
    assert source[0] == '"'
    text = ""
    position = 1
    while source[position] != '"':
        match = _CHARACTER.match(source, position)
        assert match, f"not part of a literal: {source[position:]!r}"
        code, escaped, plain = match.groups()
        text += chr(int(code, 16)) if code else _ESCAPED[escaped] if escaped else plain
        position = match.end()
    return text, source[position + 1 :]


@given(TEXTS)
def test_a_literal_reads_back_as_its_text(text: str) -> None:
    assert read(literal(text)) == (text, "")


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_one_of_says_each_label_once(labels: list[str]) -> None:
    rest = one_of(labels).removeprefix("root ::= ")
    read_labels = []
    while rest:
        label, rest = read(rest)
        read_labels.append(label)
        assert rest == "\n" or rest.startswith(" | ")
        rest = rest.removeprefix(" | ").removeprefix("\n")
    assert read_labels == list(dict.fromkeys(labels))


@pytest.mark.parametrize("labels", [[], [""], ["fine", ""], ["a\0b"], ["\ud800"]])
def test_refuses_what_a_grammar_cannot_say(labels: list[str]) -> None:
    with pytest.raises(ValueError, match=r"label|literal|NUL|UTF-8"):
        one_of(labels)
