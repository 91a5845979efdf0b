"""Tests for rlm_desktop.runs.recipes and routing."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop import places
from rlm_desktop.errors import UsageError
from rlm_desktop.runs.recipes import load_recipes, parse_recipe, with_own_recipes
from rlm_desktop.runs.routing import chosen, fitting, route_prompt

GOOD = """\
# shout
Shapes: text, log
Use for: shouting

## Asked like this
- text: How loud?

## Document
One file.

## Question
How loud is it?

## Program
```python
print(1)
```

## Output
1

## Program
```python
final(1)
```
"""


def test_the_recipes_of_the_program_are_right() -> None:
    recipes = load_recipes(places.resources() / "recipes")
    assert len(recipes) >= 8
    for recipe in recipes:
        assert "final(" in recipe.turns[-1].text, recipe.name
    for shape in ("text", "log", "table", "files", "mail", "talk", "code"):
        assert len(fitting(recipes, shape)) >= 2, shape


def test_a_recipe_is_read() -> None:
    recipe = parse_recipe(GOOD)
    assert (recipe.name, recipe.use_for) == ("shout", "shouting")
    assert recipe.asked == (("text", "How loud?"),)
    assert not recipe.guesses
    assert [turn.role for turn in recipe.turns] == ["assistant", "user", "assistant"]
    assert recipe.turns[0].text == "print(1)"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# shout", "shout", "begin with '# name'"),
        ("Shapes: text, log", "Shapes: poem", "'Shapes:' knows"),
        ("Use for: shouting", "", "'Use for: ...' is missing"),
        ("- text: How loud?", "How loud?", "wants lines like"),
        ("## Question", "## Ask", "'## Question' is missing"),
        ("print(1)", "print(", "does not compile"),
        ("## Output\n1\n", "", "alternate"),
    ],
)
def test_a_wrong_recipe_says_what_is_wrong(old: str, new: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        parse_recipe(GOOD.replace(old, new))


def test_the_file_of_a_wrong_recipe_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("# bad\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bad\.md is not right"):
        load_recipes(places.resources() / "recipes", tmp_path)


def test_a_wrong_recipe_of_the_user_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("no recipe")
    good = places.resources() / "recipes" / "count.md"
    (tmp_path / "own.md").write_text(good.read_text("utf-8").replace("# count", "# own"), "utf-8")
    ours = load_recipes(places.resources() / "recipes")
    recipes, faults = with_own_recipes(ours, tmp_path)
    assert [recipe.name for recipe in recipes] == [*(recipe.name for recipe in ours), "own"]
    (fault,) = faults
    assert "mine.md is not right" in fault
    assert fault.endswith("; it is not used")


def test_a_recipe_of_the_user_replaces_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(GOOD.replace("# shout", "# count"), encoding="utf-8")
    recipes = load_recipes(places.resources() / "recipes", tmp_path)
    (count,) = [recipe for recipe in recipes if recipe.name == "count"]
    assert count.use_for == "shouting"


@given(st.text())
def test_any_text_is_a_recipe_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_recipe(text).turns


def test_routing_offers_every_fitting_recipe_and_ends_open() -> None:
    recipes = fitting(load_recipes(places.resources() / "recipes"), "log")
    prompt = route_prompt("How many\nlines?", "log", recipes)
    assert all(f"Method: {recipe.name}\n" in prompt.prefill for recipe in recipes)
    assert prompt.prefill.endswith("Question: How many lines?\nMethod:")
    assert chosen(" Count.", recipes) is not None
    assert chosen("something else", recipes) is None


def test_a_recipe_may_say_that_it_guesses() -> None:
    assert parse_recipe(GOOD.replace("Use for:", "Guesses: yes\nUse for:")).guesses
