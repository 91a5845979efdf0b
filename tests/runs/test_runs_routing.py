"""Tests for rlm_desktop.runs.routing."""

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop import places
from rlm_desktop.engine.base import LabelScore, Usage
from rlm_desktop.runs import routing
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.runs.replies import Reply

RECIPES = load_recipes(places.resources() / "recipes")


def test_the_examples_nearest_to_the_question_stand_last() -> None:
    fitting = routing.fitting(RECIPES, "records")
    question = "Which guest has the most notes with the label 'drink'?"
    shown = routing.route_prompt(question, "records", fitting).prefill
    last = shown.rpartition(f"\nText: records\nQuestion: {question}")[0].rstrip()
    assert last.endswith("Question: Which guest has the most notes with the label 'food'?\n"
                         "Method: label-who")  # fmt: skip
    assert shown.endswith("Method:")


def test_what_questions_of_one_shape_share_comes_first() -> None:
    fitting = routing.fitting(RECIPES, "log")
    one = routing.route_prompt("How many doors are open?", "log", fitting).prefill
    other = routing.route_prompt("Why did the pump stop?", "log", fitting).prefill
    shared = next(n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    assert shared > len(one) // 2


def test_recipes_are_ranked_by_their_likelihood() -> None:
    fitting = routing.fitting(RECIPES, "table")
    names = routing.names_of(fitting)
    scores = tuple(LabelScore(name, -float(n), 2) for n, name in enumerate(reversed(names)))
    ranked = routing.ranked(Reply(scores[0].label, Usage(), 0.5, scores), fitting)
    assert [f" {recipe.name}\n" for recipe in ranked] == names[::-1]
    written = routing.ranked(Reply(names[-1], Usage()), fitting)
    assert f" {written[0].name}\n" == names[-1]
    assert len(written) == len(fitting)


@given(st.text(max_size=300))
def test_any_question_can_be_routed(question: str) -> None:
    fitting = routing.fitting(RECIPES, "text")
    prompt = routing.route_prompt(question, "text", fitting)
    assert prompt.prefill.endswith("Method:")
