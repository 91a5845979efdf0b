"""Tests for rlm_desktop.runs.attribution."""

from pathlib import Path

import pytest
from test_runs_loop import ended, happening, kept

from rlm_desktop.runs.attribution import said_by_another

TALK = """\
Birte: Hello Ansgar, how was the fair?
Ansgar: Busy. My old net is in the barn behind the mill now, it has holes.
Birte: Poor net! I keep my two goats in the stable at night.
Ansgar: Do the goats like it there?
Birte: They do. And your barn, is it dry?
Ansgar: It is, mostly. I sold the cart to the smith.
Birte: Good for the smith.
Ansgar: I love the old net most because it is light and strong.
Birte: Oh, you must really love the old net, it is so light!
"""


@pytest.mark.parametrize(
    ("question", "answer", "speaker"),
    [
        ("Where does Ansgar keep his two goats at night?", "In the stable", "Birte"),
        ("Where does Birte keep her two goats at night?", "In the stable", None),
        ("To whom did Birte sell the cart?", "To the smith", "Ansgar"),
        ("To whom did Ansgar sell the cart?", "To the smith", None),
        ("Where are the goats of Ansgar and Birte at night?", "In the stable", None),
        ("Where are the goats at night?", "In the stable", None),
        ("Is the barn of Ansgar dry?", "Yes", None),
        ("What does Birte love most about her old net?", "It is light and strong", "Ansgar"),
    ],
)
def test_who_says_it_of_himself(question: str, answer: str, speaker: str | None) -> None:
    assert said_by_another(question, answer, [TALK]) == speaker


def test_what_is_no_talk_is_said_by_nobody() -> None:
    letter = "Dear Ada,\nAnsgar keeps the goats in the stable.\nYours: Birte\n"
    assert said_by_another("Where does Ada keep the goats?", "In the stable", [letter]) is None
    assert said_by_another("Where?", "", []) is None


@pytest.mark.parametrize(
    ("person", "answer"), [("Ansgar", "NOT FOUND"), ("Birte", "In the stable")]
)
def test_what_another_says_of_himself_is_not_found(
    tmp_path: Path, person: str, answer: str
) -> None:
    question = (
        f"Where does {person} keep the two goats at night? "
        "If the text does not say it, reply: NOT FOUND."
    )
    replies = ["Yes", "In the stable", "Right"]
    happened = kept(happening(replies, folder=tmp_path, question=question, text=TALK))
    assert ended(happened).answer == answer
