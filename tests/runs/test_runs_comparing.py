"""Tests for rlm_desktop.runs.comparing, and for two recipes in a run."""

from pathlib import Path

import pytest
from test_runs_loop import COUNT, ERRORS, ended, happening, kept

from rlm_desktop.runs import events
from rlm_desktop.runs.comparing import the_better
from rlm_desktop.runs.confidence import Grounds
from rlm_desktop.runs.conversation import Answer
from rlm_desktop.runs.events import Confidence, Outcome, Status
from rlm_desktop.sandbox.base import AskKind


def computed(text: str) -> Answer:
    return Answer(text, Outcome.ANSWERED, Status.COMPUTED, Grounds(recipe_margin=0.1))


def read(text: str, founded: float) -> Answer:
    grounds = Grounds({AskKind.LOOK_UP}, [founded])
    return Answer(text, Outcome.ANSWERED, Status.READ, grounds)


NOTHING = Answer("NOT FOUND", Outcome.NOT_FOUND, Status.NOT_FOUND)


def test_the_surer_answer_is_taken_and_is_disputed() -> None:
    best = the_better([(computed("3"), 1.0), (read("twelve", 2.0), 0.2)])
    assert (best.text, best.grounds.disputed) == ("twelve", True)
    best = the_better([(computed("3"), 1.0), (read("twelve", 0.1), 0.2)])
    assert (best.text, best.grounds.disputed) == ("3", True)


def test_the_same_answer_by_another_way_agrees() -> None:
    best = the_better([(computed("The Mill."), 1.0), (read("the  mill", 0.1), 0.2)])
    assert (best.text, best.grounds.agreed, best.grounds.disputed) == ("The Mill.", True, False)


@pytest.mark.parametrize("first", [True, False])
def test_what_was_found_counts_more_than_nothing(*, first: bool) -> None:
    answers = [(NOTHING, 1.0), (read("the mill", 0.1), 0.2)]
    best = the_better(answers if first else answers[::-1])
    assert (best.text, best.grounds.disputed) == ("the mill", False)


def test_one_answer_is_the_answer() -> None:
    assert the_better([(NOTHING, 0.0)]) is NOTHING


@pytest.mark.parametrize(
    ("second", "confidence"),
    [(f"{COUNT}\nfinal(len(hits))", "sure"), (f"{COUNT}\nfinal(len(hits) + 1)", "check it")],
)
def test_where_two_recipes_fit_both_are_tried(tmp_path: Path, second: str, confidence: str) -> None:
    replies = [" count?", f"{COUNT}\nfinal(len(hits))", second]
    happened = kept(happening(replies, folder=tmp_path))
    tried = [event.recipe for event in happened if isinstance(event, events.RecipeChosen)]
    assert len(set(tried)) == 2
    assert ended(happened).answer == str(ERRORS)
    assert ended(happened).confidence == Confidence(confidence)
