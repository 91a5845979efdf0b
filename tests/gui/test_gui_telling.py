"""Tests for rlm_desktop.gui.telling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.gui.telling import told_of


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ('hits = grep("Failed password")\nfinal(len(hits))',
         "searched for “Failed password”, counted and gave the answer"),
        ('hits = [x for x in lines if "WARN" in x and "store-2" in x]\nprint(len(hits))',
         "went through all lines for “WARN”, “store-2” and counted"),
        ("final(sum(1 for row in rows if row['City'] == 'Lund'))",
         "went through all rows for “City”, “Lund”, counted and gave the answer"),
        ("found = ask_all('Which gate?', chunks(4000))\nprint(Counter(found).most_common(3))",
         "asked the model “Which gate?”, counted and took the most frequent"),
        ("labels = classify(lines, ['good', 'bad'], 'Is it?')",
         "had the model label passages as “good”, “bad”"),
        ("names = values_of('user name', grep('login'))",
         "searched for “login” and took “user name” from each of them"),
        ("final(look_up('Who is Ada?'))", "looked up “Who is Ada?” and gave the answer"),
        ("def count_again():\n    return 1\ncount_again()", "counted once more, to check"),
        ("x = 1\ny = 2", "ran a program of 2 lines"),
        ("print(", "ran a program of 1 line"),
        ("for x in lines:\n    if 'a' in x:\n        n += 1", "went through all lines for “a”"),
        ("total = sum(number(x) for x in found)", "added up"),
    ],
)  # fmt: skip
def test_a_program_is_told_in_a_sentence(code: str, told: str) -> None:
    assert told_of(code) == told


def test_long_texts_and_many_words_are_cut() -> None:
    told = told_of(f"find('a', 'b', 'c', 'd', 'e')\nask('{'why ' * 100}', 'x')")
    assert told.startswith("searched for “a”, “b”, “c”, “d” …")
    assert len(told) < 200


@given(st.text(max_size=200))
def test_whatever_a_model_wrote_is_told(code: str) -> None:
    assert told_of(code)


@given(st.lists(st.sampled_from(["grep(", "'a'", ")", "for x in lines", "[", "]", "\n", "final", "x", "if ", " in "]), max_size=14))  # fmt: skip  # noqa: E501
def test_pieces_of_programs_are_told(pieces: list[str]) -> None:
    assert told_of("".join(pieces))
